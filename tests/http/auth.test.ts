import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { type Answer, call, pathOf } from '../support/http.ts';
import { secretsIn } from '../support/secrets-in.ts';
import { adminToken, must, newActor } from './authorisation/actors.ts';

const signIn = (username: string, password: string): Promise<Answer> =>
  call('POST', '/auth/login', { body: { username, password } });
const refresh = (refresh_token: string): Promise<Answer> => call('POST', '/auth/refresh', { body: { refresh_token } });
const sessionsOf = (token: string): Promise<Answer> => call('GET', '/auth/sessions', { token });
const opens = async (token: string): Promise<boolean> => (await sessionsOf(token)).status === 200;

describe('signing in', () => {
  test.each([
    ['victor', '1234', 'student'],
    ['kilian', 'abcd', 'student'],
    ['baptiste', 'pass', 'student'],
    ['prof', 'prof', 'teacher'],
    ['admin', 'admin', 'admin'],
  ])(
    'works for the demo account %s at both addresses, as the source documents show',
    async (username, password, role) => {
      for (const path of ['/auth/login', '/api/login']) {
        const { status, body, headers } = await call('POST', path, { body: { username, password } });
        expect(status).toBe(200);
        expect(body).toEqual({
          access_token: expect.any(String),
          token_type: 'Bearer',
          expires_in: 900,
          refresh_token: expect.any(String),
          username,
          role,
        });
        expect(headers.get('cache-control')).toBe('no-store');
      }
    },
  );

  test('gives a token that verifies with the published keys, for our audience only', async () => {
    const { body } = await signIn('victor', '1234');
    const keys = createLocalJWKSet((await call('GET', '/.well-known/jwks.json')).body);
    const options = { issuer: 'campus', audience: 'campus-api', algorithms: ['ES256'] };
    const { payload, protectedHeader } = await jwtVerify(body.access_token, keys, options);
    expect(payload.sub).toBe('victor');
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
    expect(protectedHeader.kid).toBeTruthy();
    const verified = await call('POST', '/auth/verify', { body: { token: body.access_token } });
    expect(verified.body).toMatchObject({ username: 'victor', valid: true, role: 'student' });
  });

  test('fails alike for a wrong password and an unknown name, and is stopped after five failures', async () => {
    const { username, password } = await newActor('student');
    const unknown = `nobody-${randomUUID()}`;
    const told = ({ status, body: { request_id: _, ...body } }: Answer) => ({ status, body });
    for (let i = 0; i < 5; i += 1) {
      const [wrong, nobody] = [await signIn(username, 'wrong'), await signIn(unknown, 'wrong')];
      expect(wrong.status).toBe(401);
      expect(told(wrong)).toEqual(told(nobody));
    }
    for (const name of [username, unknown]) {
      const { status, headers, body } = await signIn(name, password);
      expect([status, body.code]).toEqual([429, 'too_many_attempts']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await call('POST', '/users/verify', { body: { username, password } })).status).toBe(429);
    await must(call('PUT', `/users/${username}`, { token: await adminToken(), body: { unlock: true } }));
    expect((await signIn(username, password)).status).toBe(200);
    expect((await signIn('victor', '1234')).status).toBe(200);
  });

  test.each([
    [{}, 400],
    [{ username: 'victor' }, 400],
    [{ username: 'victor', password: '1234', role: 'admin' }, 400],
    [{ username: { $ne: null }, password: '1234' }, 400],
    [{ username: 'VICTOR', password: '1234' }, 200],
    [{ username: `x${randomUUID()}`, password: 'x'.repeat(1000) }, 401],
  ])('with %j is %i', async (body, status) => {
    expect((await call('POST', '/auth/login', { body })).status).toBe(status);
  });
});

describe('a session', () => {
  test('ends with signing out: the access token is refused on the very next call', async () => {
    const { token } = await newActor('student');
    expect(await opens(token)).toBe(true);
    expect((await call('POST', '/auth/logout', { token })).status).toBe(204);
    expect((await sessionsOf(token)).status).toBe(401);
    const { status, headers } = await call('POST', '/auth/verify', { body: { token } });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  test('ends when it is ended from another device', async () => {
    const { username, password, token } = await newActor('student');
    const { body: other } = await signIn(username, password);
    const { body: list } = await sessionsOf(token);
    const { id } = list.find(({ current }: { current: boolean }) => !current);
    expect((await call('DELETE', `/auth/sessions/${id}`, { token })).status).toBe(204);
    expect(await opens(other.access_token)).toBe(false);
    expect((await refresh(other.refresh_token)).status).toBe(401);
    expect(await opens(token)).toBe(true);
  });

  test('is refreshed once with each token; an old one ends it for the thief and for the owner', async () => {
    const { username, password } = await newActor('student');
    const { body: first } = await signIn(username, password);
    const { status, body: second } = await refresh(first.refresh_token);
    expect(status).toBe(200);
    const { body: third } = await refresh(second.refresh_token);
    expect(await opens(third.access_token)).toBe(true);
    expect((await refresh(first.refresh_token)).status).toBe(401);
    expect(await opens(third.access_token)).toBe(false);
    expect((await refresh(third.refresh_token)).status).toBe(401);
  });

  test('survives two refreshes at once: one gets the pair, the other gets nothing and harms nothing', async () => {
    const { username, password } = await newActor('student');
    for (let i = 0; i < 5; i += 1) {
      const { refresh_token } = (await signIn(username, password)).body;
      const answers = await Promise.all([refresh(refresh_token), refresh(refresh_token)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const { body } = answers.find(({ status }) => status === 200) as Answer;
      expect(await opens(body.access_token)).toBe(true);
      expect((await refresh(body.refresh_token)).status).toBe(200);
    }
  });

  test.each([
    ['another role', { role: 'teacher' }],
    ['being disabled', { disabled: true }],
    ['a new password', { password: 'set by an admin' }],
  ])('ends at once with %s', async (_, body) => {
    const { username, token } = await newActor('student');
    await must(call('PUT', `/users/${username}`, { token: await adminToken(), body }));
    expect(await opens(token)).toBe(false);
  });

  test('ends at once when its account is deleted', async () => {
    const { username, password, token } = await newActor('student');
    expect((await call('DELETE', `/users/${username}`, { token })).status).toBe(400);
    expect((await call('DELETE', `/users/${username}`, { token, body: { password } })).status).toBe(204);
    expect(await opens(token)).toBe(false);
    expect((await signIn(username, password)).status).toBe(401);
    expect((await call('POST', '/users', { body: { username, password } })).status).toBe(409);
  });
});

describe('an account', () => {
  test('is signed up, read and changed by its owner, who needs the old password for a new one', async () => {
    const username = `owner-${randomUUID()}`;
    const made = await call('POST', '/users', { body: { username, password: 'the first one' } });
    expect([made.status, pathOf(made.headers.get('location') ?? '')]).toEqual([201, `/users/${username}`]);
    const token = (await signIn(username, 'the first one')).body.access_token;
    const change = (body: object, headers = {}) => call('PUT', `/users/${username}`, { token, body, headers });
    const { headers, body } = await change({ first_name: 'Awa' });
    expect([headers.get('etag'), body.first_name]).toEqual(['"2"', 'Awa']);
    expect((await change({ first_name: 'x' }, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await change({ role: 'admin' })).status).toBe(403);
    expect((await change({ password: 'the second one' })).status).toBe(400);
    expect((await change({ password: 'the second one', old_password: 'the first one' })).status).toBe(200);
    expect(await opens(token)).toBe(false);
    expect((await signIn(username, 'the second one')).status).toBe(200);
  });

  test('cannot be signed up with a role', async () => {
    const body = { username: `x-${randomUUID()}`, password: 'long enough', role: 'admin' };
    expect((await call('POST', '/users', { body })).body.errors[0].code).toBe('unknown_field');
  });

  test('is found by an admin in the list', async () => {
    const { username } = await newActor('teacher');
    const { body } = await call('GET', `/users?q=${username.slice(0, 20)}`, { token: await adminToken() });
    expect(body.map((one: { username: string }) => one.username)).toContain(username);
  });
});

test('the emulator’s header cannot replace the identity', async () => {
  const { username, token } = await newActor('student');
  const headers = { 'sls-offline-authorizer-override': JSON.stringify({ username: 'admin', role: 'admin' }) };
  const body = { role: 'admin' };
  expect((await call('PUT', `/users/${username}`, { token, body, headers })).status).toBe(400);
  expect((await call('GET', '/users', { token, headers })).status).toBe(400);
  expect((await call('GET', '/users', { headers })).status).toBeGreaterThanOrEqual(400);
});

test('the log of this run holds no token, password, hash or key', () => {
  const file = process.env.CAMPUS_LOG_FILE;
  const log = file ? readFileSync(file, 'utf8') : '';
  expect(secretsIn(log)).toEqual([]);
  // A stack that is deployed elsewhere keeps its log elsewhere.
  if (file) expect(log).toContain('"action":"session.opened"');
  expect(secretsIn('"password":"x" Bearer abcdefgh.x $argon2id$')).toHaveLength(3);
});
