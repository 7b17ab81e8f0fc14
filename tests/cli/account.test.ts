import { chmodSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { freePort } from '../../project/ports.ts';
import { json, newAccount, type Person, signedIn, somebody } from './command-line.ts';

const fileOf = ({ folder }: Person): string => join(folder, 'credentials.json');

interface Kept {
  expires_at: number;
  access_token: string;
}

const kept = (person: Person): Record<string, Kept> => JSON.parse(readFileSync(fileOf(person), 'utf8'));

/** Makes what is kept look as if its access token had ended. */
function age(person: Person): void {
  const all = Object.entries(kept(person)).map(([key, one]) => [key, { ...one, expires_at: 0 }]);
  writeFileSync(fileOf(person), JSON.stringify(Object.fromEntries(all)));
}

test('who signed in is known, and after signing out nobody is, not even with a copy of the file', async () => {
  const { username, password } = await newAccount();
  const person = await signedIn(username, password);
  expect(await json(person, ['whoami'])).toMatchObject({ username, role: 'student', profile: 'default' });
  const before = readFileSync(fileOf(person), 'utf8');
  expect((await person(['logout'])).code).toBe(0);
  expect(await person(['whoami'])).toMatchObject({
    code: 4,
    stdout: '',
    stderr: expect.stringContaining('campus login'),
  });
  writeFileSync(fileOf(person), before);
  expect((await person(['sessions', 'list'])).code).toBe(4);
});

test('a wrong password says so, and keeps nothing', async () => {
  const { username } = await newAccount();
  const person = somebody();
  const { code, stderr } = await person(['login', username, '--password-stdin'], { input: 'no such password' });
  expect([code, stderr]).toEqual([4, expect.not.stringContaining('no such password')]);
  expect((await person(['whoami'])).code).toBe(4);
});

test('a password is no option and no argument', async () => {
  expect(await somebody()(['login', 'victor', '--password', '1234'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no option --password'),
  });
  expect(await somebody()(['login', 'victor', '1234'])).toMatchObject({ code: 2 });
});

test('the session is kept in a file that nobody else may read, and one that others may read is refused', async () => {
  const { username, password } = await newAccount();
  const person = await signedIn(username, password);
  expect(statSync(fileOf(person)).mode & 0o777).toBe(0o600);
  chmodSync(fileOf(person), 0o640);
  expect(await person(['sessions', 'list'])).toMatchObject({ code: 4, stderr: expect.stringContaining('chmod 600') });
});

test('five processes that find the token ended at once refresh it once, and the session lives', async () => {
  const { username, password } = await newAccount();
  const person = await signedIn(username, password);
  age(person);
  const all = await Promise.all(Array.from({ length: 5 }, () => person(['sessions', 'list', '--json'])));
  expect(all.map(({ code, stderr }) => [code, stderr])).toEqual(Array(5).fill([0, '']));
  age(person);
  expect((await person(['sessions', 'list'])).code).toBe(0);
});

test('a lock that a dead process left does not hold the next one for ever', async () => {
  const { username, password } = await newAccount();
  const person = await signedIn(username, password);
  age(person);
  writeFileSync(`${fileOf(person)}.lock`, '');
  utimesSync(`${fileOf(person)}.lock`, new Date(0), new Date(0));
  expect((await person(['sessions', 'list'])).code).toBe(0);
});

test('a token goes to the address that gave it, and to no other', async () => {
  const { username, password } = await newAccount();
  const person = await signedIn(username, password);
  const elsewhere = `http://127.0.0.1:${await freePort()}`;
  expect((await person(['sessions', 'list'], { env: { CAMPUS_URL: elsewhere } })).code).toBe(4);
});

test('a session that was ended elsewhere is told as such', async () => {
  const { username, password } = await newAccount();
  const [here, there] = [await signedIn(username, password), await signedIn(username, password)];
  expect(await json<unknown[]>(here, ['sessions', 'list'])).toHaveLength(2);
  expect((await here(['sessions', 'end', '--others'])).code).toBe(0);
  expect((await there(['sessions', 'list'])).code).toBe(4);
  expect(await json<unknown[]>(here, ['sessions', 'list'])).toHaveLength(1);
});

test('several schools have a profile each, and sessions of their own', async () => {
  const { username, password } = await newAccount();
  const person = somebody();
  const env = { CAMPUS_URL: undefined };
  const url = process.env.CAMPUS_URL ?? '';
  expect((await person(['profiles', 'add', 'lycee', url], { env })).code).toBe(0);
  expect((await person(['profiles', 'add', 'other', 'https://other.example/api/'], { env })).code).toBe(0);
  expect((await person(['login', username, '--password-stdin'], { env, input: password })).code).toBe(0);
  expect((await person(['whoami', '--profile', 'lycee'], { env })).code).toBe(0);
  expect((await person(['whoami'], { env: { ...env, CAMPUS_PROFILE: 'other' } })).code).toBe(4);
  expect((await person(['whoami', '--profile', 'nowhere'], { env })).code).toBe(2);
  expect((await person(['profiles', 'use', 'other'], { env })).code).toBe(0);
  const { stdout } = await person(['profiles', 'list'], { env });
  expect(stdout).toBe(`lycee\t${url}\tfalse\nother\thttps://other.example/api\ttrue\n`);
});

test('a password that is not encrypted on its way is warned of', async () => {
  const input = 'secret password';
  const { stderr } = await somebody()(['login', 'awa', '--password-stdin'], {
    input,
    env: { CAMPUS_URL: 'http://school.invalid' },
  });
  expect(stderr).toContain('is not encrypted');
});

test('a password is changed by who knows the old one', async () => {
  const { username, password } = await newAccount();
  const person = await signedIn(username, password);
  const next = 'another horse battery';
  expect((await person(['users', 'password', '--password-stdin'], { input: `wrong one\n${next}\n` })).code).not.toBe(0);
  expect((await person(['users', 'password', '--password-stdin'], { input: `${password}\n${next}\n` })).code).toBe(0);
  await signedIn(username, next);
});
