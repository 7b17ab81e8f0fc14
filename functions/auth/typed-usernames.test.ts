import { beforeAll, expect, test } from '@jest/globals';
import { accounts, attempt, newAccount, newSource, openAccounts, password } from '../../tests/support/accounts.ts';
import { admin, call } from '../../tests/support/call.ts';

beforeAll(async () => {
  await openAccounts();
});

/** What keyboards, pages and chats put around a name that somebody completes or copies. */
const AROUND = [
  ['', ' '],
  [' ', ''],
  ['', '\u00a0'],
  ['\u202f', '\u3000'],
  ['', '\t'],
  ['', '\r\n'],
  ['\ufeff', '\u200b'],
  ['\u202a', '\u202c'],
  ['\u2068', '\u2069'],
  ['\u200e', '\u200f'],
] as const;

test.each(AROUND)(
  '%j and %j around a username do not count, to sign in, to verify, to read and to sign up',
  async (before, after) => {
    const username = await newAccount();
    const typed = `${before}${username}${after}`;
    expect((await attempt(typed, password)).body).toMatchObject({ username });
    const verified = await call(accounts, 'POST /users/verify', {
      body: { username: typed, password },
      sourceIp: newSource(),
    });
    expect(verified.body).toEqual({ valid: true });
    const profile = await call(accounts, `GET /users/${encodeURIComponent(typed)}`, { as: admin });
    expect(profile.body).toMatchObject({ username });
    const body = { username: `${before}new${username}${after}`, password };
    const made = await call(accounts, 'POST /users', { body, sourceIp: newSource() });
    expect([made.status, made.body.username]).toEqual([201, `new${username}`]);
    const again = await call(accounts, 'POST /users', {
      body: { username: `new${username}`, password },
      sourceIp: newSource(),
    });
    expect(again.body.code).toBe('username_taken');
  },
);

test('a space around a username makes no new name to guess at', async () => {
  const username = await newAccount();
  const statuses: number[] = [];
  for (const [before, after] of AROUND.slice(0, 6))
    statuses.push((await attempt(`${before}${username}${after}`, 'wrong')).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
});

test('a space within a username is no such name, and one around a password counts', async () => {
  const username = await newAccount();
  expect((await attempt(username.replace('-', ' '), password)).status).toBe(401);
  expect((await attempt(username, `${password} `)).status).toBe(401);
});
