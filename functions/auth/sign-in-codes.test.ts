import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { keyPart } from '../../platform/base/key-part.ts';
import {
  accounts,
  bearerOf,
  newAccount,
  openAccounts,
  opens,
  password,
  refresh,
  sessions,
  signIn,
  type Tokens,
} from '../../tests/support/accounts.ts';
import { call, type Identity, type Received } from '../../tests/support/call.ts';
import type { Account } from './account.ts';
import { type RefreshToken, readToken } from './refresh-token.ts';
import { draftSession, rotated } from './session.ts';
import { find } from './session-store.ts';
import { table } from './table.ts';

beforeAll(async () => {
  await openAccounts();
});

const now = clock.now;
const later = (seconds: number): void => {
  clock.now = () => now() + seconds * 1000;
};
afterEach(() => {
  clock.now = now;
});

/** What a program keeps to itself, and what it shows of it. */
function newProgram() {
  const code_verifier = randomBytes(32).toString('base64url');
  const code_challenge = createHash('sha256').update(code_verifier).digest('base64url');
  return { code_verifier, code_challenge, redirect_uri: 'http://127.0.0.1:49152/callback' };
}

type Program = ReturnType<typeof newProgram>;

const ask = async (session: Tokens, { code_challenge, redirect_uri }: Omit<Program, 'code_verifier'>, more = {}) =>
  call(sessions, 'POST /auth/codes', {
    as: await bearerOf(session),
    body: { refresh_token: session.refresh_token, code_challenge, redirect_uri, ...more },
  });

const exchange = (code: string, { code_verifier, redirect_uri }: Omit<Program, 'code_challenge'>, more = {}) =>
  call(sessions, 'POST /auth/token', {
    body: { grant_type: 'authorization_code', code, code_verifier, redirect_uri, ...more },
  });

/** Somebody in the browser who has just said yes to a program. */
async function agreed() {
  const [username, program] = [await newAccount(), newProgram()];
  const browser = await signIn(username);
  const { status, body } = await ask(browser, program);
  expect([status, body]).toEqual([200, { code: expect.stringMatching(/^[\w-]{44}$/), expires_in: 60 }]);
  return { username, browser, program, code: body.code as string };
}

const stored = ({ username, session_id }: Identity) => find(keyPart(username), keyPart(session_id ?? ''));

const refused = ({ status, body }: Received) => [status, body.code];
const INVALID = [401, 'invalid_code'];

describe('a code', () => {
  test('opens a session of its own, and the one in which it was given goes on', async () => {
    const { username, browser, program, code } = await agreed();
    const { status, body } = await exchange(code, program);
    expect([status, body]).toMatchObject([200, { token_type: 'Bearer', username, role: 'student' }]);
    expect([await opens(body.access_token), await opens(browser.access_token)]).toEqual([true, true]);
    expect((await refresh(body.refresh_token)).status).toBe(200);
    expect((await refresh(browser.refresh_token)).status).toBe(200);
    const listed = await call(sessions, 'GET /auth/sessions', { as: await bearerOf(browser) });
    expect(listed.body).toHaveLength(2);
  });

  test('is worth nothing without the secret for which it was given', async () => {
    const { program, code } = await agreed();
    for (const code_verifier of [newProgram().code_verifier, program.code_challenge])
      expect(refused(await exchange(code, { ...program, code_verifier }))).toEqual(INVALID);
    // Somebody else's guess costs the program nothing.
    expect((await exchange(code, program)).status).toBe(200);
  });

  test('is worth nothing under another address, nor to another program that was given one of its own', async () => {
    const [one, other] = [await agreed(), await agreed()];
    const elsewhere = { ...one.program, redirect_uri: 'http://127.0.0.1:49153/callback' };
    expect(refused(await exchange(one.code, elsewhere))).toEqual(INVALID);
    // A code that is put into somebody else's answer signs nobody in as a stranger.
    expect(refused(await exchange(other.code, one.program))).toEqual(INVALID);
  });

  test('is good once: who comes again with the secret ends the session that it opened', async () => {
    const { browser, program, code } = await agreed();
    const { body } = await exchange(code, program);
    expect(refused(await exchange(code, { ...program, code_verifier: newProgram().code_verifier }))).toEqual(INVALID);
    expect(await opens(body.access_token)).toBe(true);
    expect(refused(await exchange(code, program))).toEqual(INVALID);
    expect([await opens(body.access_token), await opens(browser.access_token)]).toEqual([false, true]);
    expect((await refresh(body.refresh_token)).status).toBe(401);
  });

  test('of ten exchanges at once opens one session', async () => {
    const { browser, program, code } = await agreed();
    const answers = await Promise.all(Array.from({ length: 10 }, () => exchange(code, program)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    const listed = await call(sessions, 'GET /auth/sessions', { as: await bearerOf(browser) });
    expect(listed.body.length).toBeLessThanOrEqual(2);
    expect(answers.filter(({ status }) => status !== 200).map(refused)).toContainEqual(INVALID);
  });

  test('is over after a minute', async () => {
    const { program, code } = await agreed();
    later(60);
    expect(refused(await exchange(code, program))).toEqual(INVALID);
  });

  test.each([
    [
      'the session in which it was given has ended',
      async (browser: Tokens) => call(sessions, 'POST /auth/logout', { as: await bearerOf(browser) }),
    ],
    [
      'the password was changed',
      async (browser: Tokens, username: string) =>
        call(accounts, `PUT /users/${username}`, {
          as: await bearerOf(browser),
          body: { password: 'another horse battery', old_password: password },
        }),
    ],
  ])('opens nothing once %s', async (_, happen) => {
    const { username, browser, program, code } = await agreed();
    expect((await happen(browser, username)).status).toBeLessThan(300);
    expect(refused(await exchange(code, program))).toEqual(INVALID);
  });

  test('is not in the table: what is stored of it opens nothing', async () => {
    const { program, code } = await agreed();
    const id = createHash('sha256').update(code).digest('base64url');
    const stored = await table.get({ pk: `CODE#${id}`, sk: 'CODE' } as never);
    expect(JSON.stringify(stored)).not.toContain(code);
    expect(JSON.stringify(stored)).not.toContain(program.code_verifier);
    expect(refused(await exchange(id, program))).toEqual(INVALID);
  });

  test('makes no session longer: its 30 days count from when the password was given, however long the chain', async () => {
    const { browser, program, code } = await agreed();
    const { body } = await exchange(code, program);
    const chained = newProgram();
    const second = await ask({ ...browser, ...body }, chained);
    const last = await bearerOf((await exchange(second.body.code, chained)).body);
    const first = await bearerOf(browser);
    const [given, opened] = await Promise.all([stored(first), stored(last)]);
    expect(opened?.session.signed_in_at).toBe(given?.session.created_at);
    const day = 24 * 3600 * 1000;
    const account = { ...opened?.account, username: keyPart('x') } as Account;
    const almost = new Date(clock.now() - 30 * day + 600_000).toISOString();
    const young = draftSession(account, { sourceIp: '', userAgent: '' }, almost);
    const soon = Math.ceil(clock.now() / 1000) + 600;
    expect(young.session.ttl).toBeLessThanOrEqual(soon);
    expect(rotated(young.session, readToken(young.refreshToken) as RefreshToken).session.ttl).toBeLessThanOrEqual(soon);
  });
});

describe('no code is given', () => {
  test.each([
    'http://localhost:49152/callback',
    'http://127.0.0.1:49152/callback/',
    'http://127.0.0.1:49152/',
    'http://127.0.0.1/callback',
    'http://127.0.0.1:0/callback',
    'http://127.0.0.1:65536/callback',
    'http://127.0.0.2:49152/callback',
    'http://127.1:49152/callback',
    'http://2130706433:49152/callback',
    'http://127.0.0.1.evil.example:49152/callback',
    'http://127.0.0.1:49152@evil.example/callback',
    'http://evil.example#@127.0.0.1:49152/callback',
    'http://[::2]:49152/callback',
    'http://[::ffff:203.0.113.9]:49152/callback',
    'https://127.0.0.1:49152/callback',
    'javascript:alert(1)//127.0.0.1:49152/callback',
    'http://127.0.0.1:49152/callback\n',
    'http://127.0.0.1:49152/callback?next=https://evil.example',
  ])('for the address %j', async (redirect_uri) => {
    const browser = await signIn(await sharedAccount());
    expect(refused(await ask(browser, { ...newProgram(), redirect_uri }))).toEqual([400, 'invalid_input']);
  });

  test('without a challenge of S256', async () => {
    const browser = await signIn(await sharedAccount());
    for (const code_challenge of ['', 'plain', 'x'.repeat(44), undefined])
      expect((await ask(browser, newProgram(), { code_challenge })).status).toBe(400);
  });

  test('for an access token alone, nor for another session than the one that asks', async () => {
    const username = await sharedAccount();
    const [browser, other, stranger] = [
      await signIn(username),
      await signIn(username),
      await signIn(await newAccount()),
    ];
    const with_ = (refresh_token: unknown) => ask(browser, newProgram(), { refresh_token });
    expect((await with_(undefined)).status).toBe(400);
    expect(refused(await with_(browser.access_token))).toEqual([401, 'invalid_refresh_token']);
    expect(refused(await with_(other.refresh_token))).toEqual([401, 'invalid_refresh_token']);
    expect(refused(await with_(stranger.refresh_token))).toEqual([401, 'invalid_refresh_token']);
    expect((await refresh(other.refresh_token)).status).toBe(200);
  });

  test('for a refresh token that was used: that one was copied, and its session ends', async () => {
    const browser = await signIn(await newAccount());
    const { body: fresh } = await refresh(browser.refresh_token);
    later(5);
    expect(refused(await ask({ ...fresh, refresh_token: browser.refresh_token }, newProgram()))).toEqual([
      401,
      'invalid_refresh_token',
    ]);
    expect(await opens(fresh.access_token)).toBe(false);
  });
});

let shared: string | undefined;

async function sharedAccount(): Promise<string> {
  shared ??= await newAccount();
  return shared;
}
