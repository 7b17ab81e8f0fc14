import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { until } from '../../project/until.ts';
import { hiddenFields, overHttp, SAME_ORIGIN, Visitor } from '../support/visitor.ts';
import { json, newAccount, type Person, somebody } from './command-line.ts';
import { KEY, onScreen, sit } from './screen.ts';

/** A browser that only notes which address it is to open. */
function browser(): { readonly BROWSER: string; address(): Promise<URL> } {
  const folder = mkdtempSync(join(tmpdir(), 'campus-browser-'));
  const [BROWSER, seen] = [join(folder, 'browser'), join(folder, 'seen')];
  writeFileSync(BROWSER, `#!/bin/sh\nprintf %s "$1" > '${seen}.part' && mv '${seen}.part' '${seen}'\n`);
  chmodSync(BROWSER, 0o755);
  const read = (): string => {
    try {
      return readFileSync(seen, 'utf8');
    } catch {
      return '';
    }
  };
  return {
    BROWSER,
    async address() {
      await until(() => read() !== '');
      return new URL(read());
    },
  };
}

/** Begins to sign in through the browser, and gives what that was sent to open. */
async function begun(person: Person) {
  const { BROWSER, address } = browser();
  const ended = person(['login', '--web', '--json'], { env: { BROWSER } });
  return { ended, address: await address() };
}

const pathOf = ({ pathname, search }: URL): string => pathname + search;

/** Somebody in a browser of their own, signed in at the portal. */
async function visitorOf({ username, password }: { username: string; password: string }): Promise<Visitor> {
  const visitor = new Visitor(overHttp, { forms: SAME_ORIGIN });
  await visitor.signIn(username, password);
  return visitor;
}

/** What the page sends the browser on to. */
async function answered(visitor: Visitor, address: URL, answer: string): Promise<URL> {
  const shown = await visitor.get(pathOf(address));
  const fields = { ...hiddenFields(shown.text, '/portal/authorize'), answer };
  const { headers } = await visitor.post('/portal/authorize', fields);
  return new URL(headers.refresh?.replace(/^0; url=/, '') ?? '');
}

test('login --web signs in as whoever says yes at the portal, in a session of its own that lives on', async () => {
  const [account, person] = [await newAccount(), somebody()];
  const visitor = await visitorOf(account);
  const { ended, address } = await begun(person);
  const shown = await visitor.get(pathOf(address));
  const back = await answered(visitor, address, 'yes');
  expect((await fetch(back)).status).toBe(200);
  const { code, stdout, stderr } = await ended;
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { username: account.username, role: 'student' }]);
  const number = /number (\d{3} \d{3})/.exec(stderr)?.[1] ?? 'none';
  expect(shown.text).toContain(number);
  expect(stderr + stdout).not.toContain(back.searchParams.get('code'));
  expect(await json<unknown[]>(person, ['sessions', 'list'])).toHaveLength(2);
  await visitor.submit(await visitor.get('/logout'), '/logout');
  expect((await person(['whoami'])).code).toBe(0);
  // Whoever finds the address afterwards finds nobody there.
  await expect(fetch(back)).rejects.toThrow();
});

test('what another page brings, or another name for this machine, is passed over, and the sign-in goes on', async () => {
  const [account, person] = [await newAccount(), somebody()];
  const visitor = await visitorOf(account);
  const { ended, address } = await begun(person);
  const redirect = new URL(address.searchParams.get('redirect_uri') ?? '');
  const back = await answered(visitor, address, 'yes');
  const forged = new URL(back);
  forged.searchParams.set('state', 'of-somebody-else');
  const without = new URL(`${redirect}?code=abc`);
  expect((await fetch(forged)).status).toBe(404);
  expect((await fetch(without)).status).toBe(404);
  expect((await fetch(new URL('/', redirect))).status).toBe(404);
  expect((await fetch(back, { method: 'POST' })).status).toBe(404);
  expect((await fetch(String(back).replace('127.0.0.1', 'localhost'))).status).toBe(404);
  expect((await fetch(back)).status).toBe(200);
  expect((await ended).code).toBe(0);
});

test('a code that was given to somebody else signs nobody in as them', async () => {
  const [mallory, person] = [await newAccount(), somebody()];
  const theirs = await begun(somebody());
  const stolen = await answered(await visitorOf(mallory), theirs.address, 'yes');
  const { ended, address } = await begun(person);
  const back = new URL(address.searchParams.get('redirect_uri') ?? '');
  back.searchParams.set('state', address.searchParams.get('state') ?? '');
  back.searchParams.set('code', stolen.searchParams.get('code') ?? '');
  await fetch(back);
  expect((await ended).code).toBe(4);
  expect((await person(['whoami'])).code).toBe(4);
  await fetch(stolen);
  expect((await theirs.ended).code).toBe(0);
});

test('a no ends it, and keeps nothing', async () => {
  const person = somebody();
  const { ended, address } = await begun(person);
  await fetch(await answered(await visitorOf(await newAccount()), address, 'no'));
  expect(await ended).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining('refused in the browser') });
  expect((await person(['whoami'])).code).toBe(4);
});

test('where no browser is, the address is printed; a password beside it makes no sense', async () => {
  const person = somebody();
  expect((await person(['login', '--web', 'awa'])).code).toBe(2);
  const env = { BROWSER: '/nowhere/browser' };
  const seat = sit(person, ['login', '--web'], env);
  await seat.press('Open this address', KEY.interrupt);
  expect(await seat.ended()).toBe(130);
  expect(seat.text().replaceAll(/\s/g, '')).toMatch(/\/portal\/authorize\?response_type=code&client_id=campus-cli&/);
});

test('open opens the portal, and prints its address where it cannot', async () => {
  const { BROWSER, address } = browser();
  const person = somebody();
  expect(await onScreen(person, ['open'], { BROWSER })).toContain('is open in the browser');
  expect(String(await address())).toBe(`${process.env.CAMPUS_URL}/`);
  expect((await person(['open'])).stdout).toBe(`${process.env.CAMPUS_URL}/\n`);
  expect(await onScreen(person, ['open'], { BROWSER: '/nowhere/browser' })).toContain(`${process.env.CAMPUS_URL}/`);
});
