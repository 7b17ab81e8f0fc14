import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { keyPart } from '../../platform/base/key-part.ts';
import { accounts, attempt, newAccount, openAccounts, password } from '../../tests/support/accounts.ts';
import { admin, call, type Identity, type Received, teacher } from '../../tests/support/call.ts';
import { find } from './account-store.ts';
import { loadDemo } from './demo.ts';

beforeAll(async () => {
  await openAccounts();
});

const newName = (): string => `someone-${randomUUID().slice(0, 13)}`;
const self = (username: string) => ({ username, role: 'student' }) as const;
const signUp = (body: object, headers = {}) =>
  call(accounts, 'POST /users', { body, headers: { 'content-type': 'application/json', ...headers } });
const change = (username: string, body: object, as: Parameters<typeof self>[0] | typeof admin, tag?: string) =>
  call(accounts, `PUT /users/${username}`, {
    as: typeof as === 'string' ? self(as) : as,
    body,
    headers: { 'content-type': 'application/json', ...(tag && { 'If-Match': tag }) },
  });
const leave = (username: string, as: Identity, sent: object = { password }) =>
  call(accounts, `DELETE /users/${username}`, { as, body: sent });
const codes = ({ body }: Received): string[] => body.errors.map(({ code }: { code: string }) => code);

describe('signing up', () => {
  test('makes a student who can sign in, and answers no hash', async () => {
    const username = newName();
    const { status, body, headers } = await signUp({ username, password, first_name: 'Awa', phone: '77 123 45 67' });
    expect([status, headers.Location]).toEqual([201, `/users/${username}`]);
    expect(body).toEqual({
      username,
      role: 'student',
      first_name: 'Awa',
      phone: '+221771234567',
      disabled: false,
      created_at: expect.any(String),
    });
    expect((await attempt(username, password)).status).toBe(200);
  });

  test.each(['role', 'disabled', 'version', 'password_hash', 'generation', 'created_at'])(
    'refuses %s: nobody makes themself anything',
    async (field) => {
      const username = newName();
      const answer = await signUp({ username, password, [field]: 'admin' });
      expect([answer.status, codes(answer)]).toEqual([400, ['unknown_field']]);
      expect(await find(keyPart(username))).toBeUndefined();
    },
  );

  test('gives a name once, however it is spelt, also to many at once', async () => {
    const username = `élodie${randomUUID().slice(0, 8)}`;
    const spellings = [
      username,
      username.toUpperCase(),
      username.normalize('NFD'),
      username.replace('lodie', 'ｌodie'),
    ];
    const answers = await Promise.all(spellings.map((one) => signUp({ username: one, password })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect((await attempt(username.toUpperCase().normalize('NFD'), password)).status).toBe(200);
  });

  test.each(['a', '-a', '-ab', 'a b c', 'a/b', 'аdmin', 'vіctor', 'a\u0000bc', 'x'.repeat(65), 'abc\u202e', '../etc'])(
    'refuses the name %j',
    async (username) => {
      expect((await signUp({ username, password })).status).toBe(400);
    },
  );

  test('takes a name of two letters, of which there are many', async () => {
    expect((await signUp({ username: 'li', password })).status).toBe(201);
    expect((await attempt('Li', password)).status).toBe(200);
  });

  test.each([
    ['seven characters', '1234567'],
    ['129 characters', 'x'.repeat(129)],
    ['1,000 characters', 'x'.repeat(1000)],
    ['seven characters that are fourteen code points', 'é'.normalize('NFD').repeat(7)],
    ['a NUL', 'long enough\u0000'],
    ['a number', 12345678],
  ])('refuses a password of %s', async (_, weak) => {
    expect((await signUp({ username: newName(), password: weak })).status).toBe(400);
  });

  test.each([
    ['128 characters', 'x'.repeat(128)],
    ['spaces and emoji', '   🔑 🔑 🔑   '],
  ])('takes a password of %s as it is', async (_, strong) => {
    const username = newName();
    expect((await signUp({ username, password: strong })).status).toBe(201);
    expect((await attempt(username, strong)).status).toBe(200);
    expect((await attempt(username, strong.trim().slice(0, -1))).status).toBe(401);
  });

  test('takes a password in either Unicode form for the same', async () => {
    const username = newName();
    await signUp({ username, password: 'mot de passé'.normalize('NFD') });
    expect((await attempt(username, 'mot de passé'.normalize('NFC'))).status).toBe(200);
  });

  test('repeated with one Idempotency-Key makes one account; the key keeps no password', async () => {
    const body = { username: newName(), password };
    const key = { 'Idempotency-Key': randomUUID() };
    const answers = [await signUp(body, key), await signUp(body, key)];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect((await signUp({ ...body, password: 'another password' }, key)).status).toBe(422);
  });
});

describe('a password that somebody types to sign in', () => {
  test.each([
    ['a NUL', 'a\u0000b'],
    ['1,000 characters', 'x'.repeat(1000)],
    ['lone surrogates', '\ud800'],
  ])('with %s is wrong, not an error', async (_, typed) => {
    expect((await attempt(await newAccount(), typed)).status).toBe(401);
    expect((await attempt('no\u0000body', typed)).status).toBe(401);
  });

  test('of a disabled account is refused like a wrong one', async () => {
    const username = await newAccount();
    await change(username, { disabled: true }, admin);
    const { status, body } = await attempt(username, password);
    expect([status, body.code]).toEqual([401, 'invalid_credentials']);
  });
});

describe('a profile', () => {
  test('is whole for the owner and admins, without contact data for teachers, and hidden from strangers', async () => {
    const username = newName();
    await signUp({ username, password, email: 'Awa@Example.sn', first_name: 'Awa' });
    const read = (as: typeof admin | ReturnType<typeof self>) => call(accounts, `GET /users/${username}`, { as });
    for (const as of [admin, self(username)]) expect((await read(as)).body.email).toBe('awa@example.sn');
    const seen = await read(teacher);
    expect([seen.status, seen.body.email, seen.body.first_name]).toEqual([200, undefined, 'Awa']);
    expect((await read(self('stranger'))).status).toBe(404);
    expect(JSON.stringify((await read(admin)).body)).not.toMatch(/argon2|hash|generation|version/);
  });

  test('changes by what is sent: the rest stays, null erases', async () => {
    const username = newName();
    await signUp({ username, password, first_name: 'Awa', email: 'a@example.sn' });
    const { body, headers } = await change(
      username,
      { last_name: 'Diop', email: null, old_password: password },
      username,
    );
    expect(body).toMatchObject({ first_name: 'Awa', last_name: 'Diop' });
    expect(body.email).toBeUndefined();
    expect(headers.ETag).toBe('"2"');
    expect((await call(accounts, `GET /users/${username}`, { as: admin })).body).toEqual(body);
  });

  test('with a stale tag is refused, without one the last writer wins, and many at once all get through', async () => {
    const username = await newAccount();
    expect((await change(username, { first_name: 'A' }, username, '"1"')).status).toBe(200);
    expect((await change(username, { first_name: 'B' }, username, '"1"')).body.code).toBe('stale_version');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => change(username, { first_name: `N${i}`, last_name: `N${i}` }, username)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const account = await find(keyPart(username));
    expect([account?.first_name, account?.version]).toEqual([account?.last_name, 10]);
    const tagged = await call(accounts, `DELETE /users/${username}`, {
      as: admin,
      headers: { 'If-Match': '"1"' },
    });
    expect(tagged.status).toBe(412);
  });

  test.each([
    ...['version', 'password_hash', 'generation', 'ended_sessions', 'pk'].map((field) => [field, 'unknown_field']),
    ...['username', 'created_at'].map((field) => [field, 'read_only']),
  ])('has no field %s to change: %s', async (field = '', code) => {
    const username = await newAccount();
    expect(codes(await change(username, { [field]: 'x' }, admin))).toEqual([code]);
  });
});

describe('one’s own password', () => {
  const fresh = 'a quite different one';

  test('asks for the old one, also of an admin', async () => {
    const username = await newAccount('admin');
    const as = { username, role: 'admin' } as const;
    expect(codes(await change(username, { password: fresh }, as))).toEqual(['required']);
    expect(codes(await change(username, { password: fresh, old_password: 'wrong' }, as))).toEqual(['wrong_password']);
    expect((await attempt(username, password)).status).toBe(200);
    expect((await change(username, { password: fresh, old_password: password }, as)).status).toBe(200);
    expect((await attempt(username, password)).status).toBe(401);
    expect((await attempt(username, fresh)).status).toBe(200);
  });

  test('can be set by an admin for somebody who forgot it', async () => {
    const username = await newAccount();
    expect((await change(username, { password: fresh }, admin)).status).toBe(200);
    expect((await attempt(username, fresh)).status).toBe(200);
    expect((await change(username, { password: 'weak' }, admin)).status).toBe(400);
  });
});

describe('role, disabled and unlock', () => {
  test.each([{ role: 'admin' }, { role: 'teacher' }, { disabled: true }, { unlock: true }])(
    '%j is for admins: 403 for the owner, and nothing of the rest happens',
    async (field) => {
      const username = await newAccount();
      const answer = await change(username, { ...field, first_name: 'Smuggled' }, username);
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
      expect(await find(keyPart(username))).toMatchObject({ role: 'student', version: 1 });
    },
  );

  test('work for an admin, who cannot remove themself', async () => {
    const username = await newAccount('admin');
    const as = { username, role: 'admin' } as const;
    for (const body of [{ role: 'student' }, { disabled: true }])
      expect((await change(username, body, as)).body.code).toBe('own_admin_rights');
    expect((await leave(username, as)).body.code).toBe('own_admin_rights');
    expect((await change(username, { role: 'teacher' }, admin)).body.role).toBe('teacher');
    expect((await change(username, { role: 'principal' }, admin)).status).toBe(400);
  });
});

describe('deleting an account', () => {
  test('erases it whole, for its owner too, and keeps the name from newcomers', async () => {
    const username = newName();
    await signUp({ username, password, email: 'gone@example.sn' });
    expect((await leave(username, self(username))).status).toBe(204);
    expect((await call(accounts, `GET /users/${username}`, { as: admin })).status).toBe(404);
    expect((await call(accounts, `DELETE /users/${username}`, { as: admin })).status).toBe(404);
    expect((await change(username, { first_name: 'x' }, admin)).status).toBe(404);
    expect((await attempt(username, password)).status).toBe(401);
    expect((await signUp({ username, password })).status).toBe(409);
    expect((await call(accounts, `GET /users?q=${username}`, { as: admin })).body).toEqual([]);
  });
});

describe('deleting one’s own account, or changing one’s own e-mail', () => {
  test('asks for the password, and nothing happens without it', async () => {
    const username = await newAccount();
    const as = self(username);
    expect(codes(await call(accounts, `DELETE /users/${username}`, { as }))).toEqual(['required']);
    expect(codes(await leave(username, as, {}))).toEqual(['required']);
    const wrong = await leave(username, as, { password: 'wrong' });
    expect(wrong.body.errors[0]).toMatchObject({ pointer: '#/password', code: 'wrong_password' });
    for (const email of ['thief@example.sn', null])
      expect(codes(await change(username, { email }, username))).toEqual(['required']);
    const stolen = await change(username, { email: 'thief@example.sn', old_password: 'wrong' }, username);
    expect(codes(stolen)).toEqual(['wrong_password']);
    expect(await find(keyPart(username))).toMatchObject({ version: 1 });
    const changed = await change(username, { email: 'own@example.sn', old_password: password }, username);
    expect([changed.status, changed.body.email]).toEqual([200, 'own@example.sn']);
    expect((await change(await newAccount(), { email: 'a@example.sn' }, admin)).status).toBe(200);
  });

  test('counts wrong passwords as guesses', async () => {
    const username = await newAccount();
    for (let i = 0; i < 5; i += 1) await leave(username, self(username), { password: 'wrong' });
    expect((await leave(username, self(username))).status).toBe(429);
    expect((await attempt(username, password)).status).toBe(429);
    expect(await find(keyPart(username))).toBeDefined();
  });
});

describe('the list of accounts', () => {
  test('finds by the beginning of the username, accents and case ignored, page by page, and shows no hash', async () => {
    const mark = randomUUID().slice(0, 8);
    for (const name of [`élan-${mark}-b`, `elan-${mark}-a`, `elan-${mark}-c`])
      await signUp({ username: name, password });
    const seen: string[] = [];
    let next: string | undefined = `/users?q=${encodeURIComponent(`ÉLAN-${mark}`)}&limit=2`;
    while (next) {
      const { body, headers }: Received = await call(accounts, `GET ${next}`, { as: admin });
      seen.push(...body.map(({ username }: { username: string }) => username));
      expect(JSON.stringify(body)).not.toMatch(/argon2|hash|generation/);
      next = /<([^>]+)>; rel="next"/.exec(headers.Link ?? '')?.[1];
    }
    expect(seen).toEqual([`elan-${mark}-a`, `élan-${mark}-b`, `elan-${mark}-c`]);
    expect((await call(accounts, 'GET /users?q=', { as: admin })).status).toBe(200);
    expect((await call(accounts, 'GET /users', { as: teacher })).status).toBe(403);
  });
});

test('the demo accounts are loaded once and stay as they are', async () => {
  await loadDemo();
  await change('victor', { first_name: 'Victor' }, admin);
  await loadDemo();
  expect(await find(keyPart('victor'))).toMatchObject({ first_name: 'Victor', role: 'student', version: 2 });
  expect((await attempt('victor', '1234')).status).toBe(200);
  expect((await attempt('prof', 'prof')).body.role).toBe('teacher');
});
