import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { clock, epochSeconds } from '../../platform/base/clock.ts';
import { keyPart } from '../../platform/base/key-part.ts';
import { commit } from '../../platform/events/commit.ts';
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
import { admin, call } from '../../tests/support/call.ts';
import { change, find } from './account-store.ts';
import { GRACE_MS } from './refresh-session.ts';
import { draftSession } from './session.ts';
import { insert } from './session-store.ts';
import { table } from './table.ts';
import { signAccessToken } from './tokens.ts';

const MINUTE = 60_000;

beforeAll(async () => {
  await openAccounts();
});

const now = clock.now;
const later = (milliseconds: number): void => {
  clock.now = () => now() + milliseconds;
};
afterEach(() => {
  clock.now = now;
});

describe('a refresh token', () => {
  test('gives a new pair and dies', async () => {
    const first = await signIn(await newAccount());
    const { status, body } = await refresh(first.refresh_token);
    expect([status, body.token_type, body.expires_in]).toEqual([200, 'Bearer', 900]);
    expect(body.refresh_token).not.toBe(first.refresh_token);
    expect(await opens(body.access_token)).toBe(true);
    expect((await refresh(body.refresh_token)).status).toBe(200);
  });

  test('that comes again ends the session, for the thief and for the owner', async () => {
    const stolen = await signIn(await newAccount());
    const { body: fresh } = await refresh(stolen.refresh_token);
    later(GRACE_MS + 1000);
    const again = await refresh(stolen.refresh_token);
    expect([again.status, again.body.code]).toEqual([401, 'invalid_refresh_token']);
    expect(await opens(fresh.access_token)).toBe(false);
    expect(await opens(stolen.access_token)).toBe(false);
    expect((await refresh(fresh.refresh_token)).status).toBe(401);
  });

  test('from further back than the last exchange ends the session too, even in an overlapping call', async () => {
    const first = await signIn(await newAccount());
    const arrival = clock.now();
    const { body: second } = await refresh(first.refresh_token);
    const { body: third } = await refresh(second.refresh_token);
    expect((await refresh(first.refresh_token, arrival)).status).toBe(401);
    expect(await opens(third.access_token)).toBe(false);
  });

  test('used by ten calls at once gives one pair, and the session lives on', async () => {
    const { refresh_token } = await signIn(await newAccount());
    const arrival = clock.now();
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(refresh_token, arrival)));
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(await opens(winners[0]?.body.access_token)).toBe(true);
    expect((await refresh(winners[0]?.body.refresh_token)).status).toBe(200);
  });

  test.each([
    ['that came before the other’s exchange, but was served after it', -GRACE_MS],
    ['that came while the answer to the other was on its way', GRACE_MS - 100],
  ])('in a call %s, ends nothing', async (_, after) => {
    const { refresh_token } = await signIn(await newAccount());
    const arrival = clock.now();
    const { body } = await refresh(refresh_token, arrival);
    const late = await refresh(refresh_token, arrival + after);
    expect([late.status, late.body.code]).toEqual([409, 'refresh_in_progress']);
    expect(await opens(body.access_token)).toBe(true);
  });

  test('that was invented ends nobody’s session', async () => {
    const username = await newAccount();
    const { access_token, refresh_token } = await signIn(username);
    const parts = Buffer.from(refresh_token, 'base64url').toString().split('\0');
    const forge = (...forged: string[]) => Buffer.from(forged.join('\0')).toString('base64url');
    const [name = '', id = '', family = ''] = parts;
    for (const token of [forge(name, id, 'x', 'y'), forge(name, id), forge(name, randomUUID(), family, 'x'), 'x', 'é'])
      expect((await refresh(token)).body.code).toBe('invalid_refresh_token');
    expect(await opens(access_token)).toBe(true);
    expect((await refresh(refresh_token)).status).toBe(200);
  });
});

describe('a session without use', () => {
  test('can still be refreshed an hour after the last use of its last access token', async () => {
    const { access_token, refresh_token } = await signIn(await newAccount());
    later(15 * MINUTE - 2000);
    expect(await opens(access_token)).toBe(true);
    later(75 * MINUTE - 2000);
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  test('is over a quarter of an hour later', async () => {
    const { refresh_token } = await signIn(await newAccount());
    later(75 * MINUTE + 1000);
    expect((await refresh(refresh_token)).status).toBe(401);
  });

  test('begins to count anew with each refresh, but ends after thirty days all the same', async () => {
    const { refresh_token } = await signIn(await newAccount());
    let token = refresh_token;
    for (let minutes = 70; minutes < 30 * 24 * 60; minutes += 70) {
      later(minutes * MINUTE);
      const { status, body } = await refresh(token);
      expect(status).toBe(200);
      token = body.refresh_token;
    }
    later(30 * 24 * 60 * MINUTE + 1000);
    expect((await refresh(token)).status).toBe(401);
  });
});

describe('signing out', () => {
  test('stops the access token and the refresh token at once, and no other session', async () => {
    const username = await newAccount();
    const [one, other] = [await signIn(username), await signIn(username)];
    const as = await bearerOf(one);
    expect((await call(sessions, 'POST /auth/logout', { as })).status).toBe(204);
    expect(await opens(one.access_token)).toBe(false);
    expect((await refresh(one.refresh_token)).status).toBe(401);
    expect(await opens(other.access_token)).toBe(true);
    expect((await call(sessions, 'POST /auth/logout', { as })).status).toBe(204);
  });

  test('is forgotten once the last access token has expired', async () => {
    const username = await newAccount();
    await call(sessions, 'POST /auth/logout', { as: await bearerOf(await signIn(username)) });
    later(17 * MINUTE);
    await call(sessions, 'POST /auth/logout', { as: await bearerOf(await signIn(username)) });
    expect(Object.keys((await find(keyPart(username)))?.ended_sessions ?? {})).toHaveLength(1);
  });
});

describe('signing out of an account that signed out very often', () => {
  /** Gives an account ended sessions: so many whose last access token has expired, and so many that still count. */
  async function endedBefore(username: string, expired: number, living: number): Promise<void> {
    const account = await find(keyPart(username));
    if (!account) throw new Error('no account');
    const many = (length: number, until: number) => Array.from({ length }, () => [randomUUID(), until]);
    const ended = Object.fromEntries([...many(expired, epochSeconds() - 60), ...many(living, epochSeconds() + 600)]);
    await commit(table, () => ({ writes: change(account, { ended_sessions: ended }) }));
  }
  const kept = async (username: string) => Object.values((await find(keyPart(username)))?.ended_sessions ?? {});
  const signOut = async (tokens: Tokens) => call(sessions, 'POST /auth/logout', { as: await bearerOf(tokens) });

  test('works, and forgets a hundred of the expired ones each time', async () => {
    const username = await newAccount();
    const [one, other] = [await signIn(username), await signIn(username)];
    await endedBefore(username, 1000, 400);
    expect((await signOut(one)).status).toBe(204);
    expect(await opens(one.access_token)).toBe(false);
    expect(await kept(username)).toHaveLength(1301);
    expect((await signOut(other)).status).toBe(204);
    expect(await kept(username)).toHaveLength(1202);
    expect((await kept(username)).filter((until) => until >= epochSeconds())).toHaveLength(402);
  });

  test('still ends the session of a refresh token that comes again', async () => {
    const username = await newAccount();
    const stolen = await signIn(username);
    const { body: fresh } = await refresh(stolen.refresh_token);
    await endedBefore(username, 1000, 400);
    later(GRACE_MS + 1000);
    expect((await refresh(stolen.refresh_token)).status).toBe(401);
    expect(await opens(fresh.access_token)).toBe(false);
  });

  test('ends all of its sessions where a thousand ended within the life of an access token', async () => {
    const username = await newAccount();
    const [one, other] = [await signIn(username), await signIn(username)];
    await endedBefore(username, 1000, 1000);
    expect((await signOut(one)).status).toBe(204);
    expect([await opens(one.access_token), await opens(other.access_token)]).toEqual([false, false]);
    expect(await kept(username)).toEqual([]);
  });
});

describe('what ends every session of an account', () => {
  const ends: [what: string, body: object][] = [
    ['disabling it', { disabled: true }],
    ['another role', { role: 'teacher' }],
    ['a new password', { password: 'another long password' }],
  ];

  test.each(ends)('%s', async (_, body) => {
    const username = await newAccount();
    const open = [await signIn(username), await signIn(username)];
    expect((await call(accounts, `PUT /users/${username}`, { as: admin, body })).status).toBe(200);
    for (const { access_token, refresh_token } of open) {
      expect(await opens(access_token)).toBe(false);
      expect((await refresh(refresh_token)).status).toBe(401);
    }
    expect((await call(sessions, 'GET /auth/sessions', { as: { username, role: 'student' } })).body).toEqual([]);
  });

  test('deleting it, and a namesake does not revive them', async () => {
    const username = await newAccount();
    const { access_token, refresh_token } = await signIn(username);
    expect((await call(accounts, `DELETE /users/${username}`, { as: admin })).status).toBe(204);
    expect(await opens(access_token)).toBe(false);
    expect((await refresh(refresh_token)).status).toBe(401);
    const namesake = await call(accounts, 'POST /users', { body: { username, password } });
    expect([namesake.status, namesake.body.code]).toEqual([409, 'username_taken']);
  });

  test('a change of the profile alone ends none', async () => {
    const username = await newAccount();
    const { access_token } = await signIn(username);
    await call(accounts, `PUT /users/${username}`, { as: admin, body: { first_name: 'Awa', role: 'student' } });
    expect(await opens(access_token)).toBe(true);
  });

  test('a sign-in that was under way when the account was disabled opens nothing', async () => {
    const username = await newAccount();
    const before = await find(keyPart(username));
    if (!before) throw new Error('no account');
    await call(accounts, `PUT /users/${username}`, { as: admin, body: { disabled: true } });
    const device = { sourceIp: '192.0.2.1', userAgent: undefined };
    const { session, refreshToken } = draftSession(before, device);
    await commit(table, () => ({ writes: insert(session) }));
    const { generation, id: sessionId } = session;
    expect(await opens(await signAccessToken({ username: keyPart(username), sessionId, generation }))).toBe(false);
    expect((await refresh(refreshToken)).status).toBe(401);
    await call(accounts, `PUT /users/${username}`, { as: admin, body: { disabled: false } });
    expect((await refresh(refreshToken)).status).toBe(401);
  });
});

describe('the list of sessions', () => {
  test('shows the owner each open session and which one asks, and no secret', async () => {
    const username = await newAccount();
    const [older, newer] = [await signIn(username), await signIn(username)];
    const as = await bearerOf(older);
    const { body } = await call(sessions, 'GET /auth/sessions', { as });
    expect(body.map(({ current }: { current: boolean }) => current)).toEqual([false, true]);
    expect(Object.keys(body[0]).sort()).toEqual(
      ['created_at', 'current', 'expires_at', 'id', 'last_used_at', 'source_ip'].sort(),
    );
    const { session_id } = await bearerOf(newer);
    expect((await call(sessions, `DELETE /auth/sessions/${session_id}`, { as })).status).toBe(204);
    expect(await opens(newer.access_token)).toBe(false);
    expect(await opens(older.access_token)).toBe(true);
    expect((await call(sessions, 'GET /auth/sessions', { as })).body).toHaveLength(1);
  });

  test('comes in pages', async () => {
    const username = await newAccount();
    const as = await bearerOf(await signIn(username));
    await signIn(username);
    const first = await call(sessions, 'GET /auth/sessions?limit=1', { as });
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.Link ?? '')?.[1];
    const second = await call(sessions, `GET ${next}`, { as });
    expect([...first.body, ...second.body].map(({ id }) => id)).toHaveLength(2);
  });

  test('under If-None-Match: * no session ends', async () => {
    const as = await bearerOf(await signIn(await newAccount()));
    const headers = { 'If-None-Match': '*' };
    const refused = await call(sessions, `DELETE /auth/sessions/${as.session_id}`, { as, headers });
    expect([refused.status, refused.body.code]).toEqual([412, 'already_there']);
    expect((await call(sessions, 'GET /auth/sessions', { as })).body).toHaveLength(1);
  });

  test('somebody else’s session, a missing one and one that ended answer the same 404', async () => {
    const stranger = await bearerOf(await signIn(await newAccount()));
    const mine = await bearerOf(await signIn(await newAccount()));
    const ended = await bearerOf(await signIn(mine.username));
    await call(sessions, 'POST /auth/logout', { as: ended });
    for (const id of [stranger.session_id, randomUUID(), ended.session_id]) {
      const { status, body } = await call(sessions, `DELETE /auth/sessions/${id}`, { as: mine });
      expect([status, body.code]).toEqual([404, 'session_not_found']);
    }
  });
});
