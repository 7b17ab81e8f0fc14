import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { newAccount, type Person, somebody } from './command-line.ts';
import { KEY, sit } from './screen.ts';

/**
 * A desktop's `secret-tool`: what it is given by its input lies in a file for each name. What it is called with is noted,
 * since any user of the machine may read that. As there, whoever looks meanwhile finds what was or what is.
 */
const TOOL = `#!/bin/sh
here=$(dirname "$0")
echo "$@" >> "$here/calls"
[ -e "$here/broken" ] && exit 1
for last; do :; done
item="$here/secret-$(printf %s "$last" | tr -c 'A-Za-z0-9' _)"
case "$1" in
  store) cat > "$here/new-$$" && mv "$here/new-$$" "$item" ;;
  lookup) cat "$item" ;;
  clear) rm "$item" ;;
esac
`;

function keychain() {
  const folder = mkdtempSync(join(tmpdir(), 'campus-keychain-'));
  writeFileSync(join(folder, 'secret-tool'), TOOL);
  chmodSync(join(folder, 'secret-tool'), 0o755);
  return {
    env: { PATH: `${folder}:${process.env.PATH}`, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' },
    calls: () => readFileSync(join(folder, 'calls'), 'utf8'),
    secrets: () => readdirSync(folder).filter((name) => name.startsWith('secret-') && name !== 'secret-tool'),
    breakDown: () => writeFileSync(join(folder, 'broken'), ''),
  };
}

const fileOf = ({ folder }: Person): string => readFileSync(join(folder, 'credentials.json'), 'utf8');

async function signedIn(env: NodeJS.ProcessEnv): Promise<Person> {
  const [{ username, password }, person] = [await newAccount(), somebody()];
  const { code, stderr } = await person(['login', username, '--password-stdin'], { input: password, env });
  expect([code, stderr]).toEqual([0, '']);
  return person;
}

test('tokens are kept in the keychain where there is one: in no file and no argument, and signing out takes them away', async () => {
  const { env, calls, secrets } = keychain();
  const person = await signedIn(env);
  expect(fileOf(person)).not.toMatch(/token|eyJ/);
  expect(secrets()).toHaveLength(1);
  expect((await person(['sessions', 'list'], { env })).code).toBe(0);
  expect(calls()).not.toMatch(/eyJ|[\w-]{100}/);
  expect((await person(['logout'], { env })).code).toBe(0);
  expect([secrets(), (await person(['whoami'], { env })).code]).toEqual([[], 4]);
});

test('five processes that find the token ended at once refresh it once, and the session lives', async () => {
  const { env } = keychain();
  const person = await signedIn(env);
  const file = join(person.folder, 'credentials.json');
  const aged = () => writeFileSync(file, fileOf(person).replace(/"expires_at": \d+/, '"expires_at": 0'));
  aged();
  const all = await Promise.all(Array.from({ length: 5 }, () => person(['sessions', 'list', '--json'], { env })));
  expect(all.map(({ code, stderr }) => [code, stderr])).toEqual(Array(5).fill([0, '']));
  aged();
  expect((await person(['sessions', 'list'], { env })).code).toBe(0);
});

test('where the keychain does not work, or is not wanted, a file of mode 600 takes its place', async () => {
  const { env, breakDown, secrets } = keychain();
  breakDown();
  expect(fileOf(await signedIn(env))).toContain('refresh_token');
  expect(fileOf(await signedIn({ ...keychain().env, CAMPUS_KEYCHAIN: 'off' }))).toContain('refresh_token');
  expect(secrets()).toEqual([]);
});

test('a session whose keychain is gone is none, and can be begun anew', async () => {
  const { env } = keychain();
  const person = await signedIn(env);
  expect((await person(['sessions', 'list'], { env: { DBUS_SESSION_BUS_ADDRESS: undefined } })).code).toBe(4);
});

test('it is told once where the session is kept', async () => {
  const { env } = keychain();
  const [{ username, password }, person] = [await newAccount(), somebody()];
  const seat = sit(person, ['login', username], env);
  await seat.press('Password', `${password}${KEY.enter}`);
  expect(await seat.ended()).toBe(0);
  expect(seat.text()).toContain('kept in the keychain');
  expect(existsSync(join(person.folder, 'credentials.json'))).toBe(true);
});
