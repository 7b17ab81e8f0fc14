import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { call, logIn, urlOf } from '../support/http.ts';

/*
 * What people really write, over the wire: whatever stands between a keyboard and the handlers must leave it as it is.
 */

let admin: string;
beforeAll(async () => {
  admin = await logIn('admin', 'admin');
});

const unique = (): string => randomUUID().slice(0, 8);
const register = (particulars: object) =>
  call('POST', '/register', {
    token: admin,
    body: { name: 'Awa Ba', email: `${unique()}@campus.example`, ...particulars },
  });
const get = async (path: string) => (await call('GET', path, { token: admin })).body;

test.each(['’', 'ʼ', 'ʻ', '‘', "'"])(
  'N%sDiaye is found by every apostrophe, of persons, students and products',
  async (sign) => {
    const tag = unique();
    const name = `N${sign}Diaye ${tag}`;
    await call('POST', '/persons', { token: admin, body: { name } });
    await register({ name: `Awa ${name}`, last_name: name, class_name: `L${sign}${tag}` });
    await call('POST', '/products', { token: admin, body: { name, price: 0 } });
    for (const other of ['’', 'ʼ', 'ʻ', '‘', "'"]) {
      const wanted = encodeURIComponent(`n${other}diaye ${tag}`);
      for (const path of [`/persons?q=${wanted}`, `/students?last_name=${wanted}`, `/products?q=${wanted}`])
        expect([path, await get(path)]).toEqual([
          path,
          [expect.objectContaining({ name: expect.stringContaining(name) })],
        ]);
      expect(await get(`/students?class_name=${encodeURIComponent(`l${other}${tag}`)}`)).toHaveLength(1);
    }
  },
);

test.each([
  ['Cœur', 'coeur'],
  ['Łuczak', 'luczak'],
  ['Sørensen', 'SORENSEN'],
  ['Weiß', 'weiss'],
  ['Đorđe', 'dorde'],
])('%s is found by %s, and the other way round', async (name, ascii) => {
  const tag = unique();
  for (const written of [`${name} ${tag}`, `${ascii} ${tag}x`])
    await call('POST', '/persons', { token: admin, body: { name: written } });
  for (const asked of [`${name} ${tag}`, `${ascii} ${tag}`])
    expect(await get(`/persons?q=${encodeURIComponent(asked)}`)).toHaveLength(2);
});

test('a phone number that was copied is E.164, one that nobody has is refused', async () => {
  const digits = String(Date.now()).slice(-7);
  const pasted = [`\u202a+221 77 ${digits}\u202c`, `+221\u202f77\u202f${digits}`, `\u2068+22177${digits}\u2069\t`];
  const first = await register({ phone: pasted[0] });
  expect(first.status).toBe(201);
  expect((await get(`/students/${first.body.id}`)).phone).toBe(`+22177${digits}`);
  for (const phone of pasted.slice(1)) expect((await register({ phone })).body.code).toBe('phone_taken');
  for (const phone of ['000000000', '+1 000 000 0000'])
    expect((await register({ phone })).body.errors).toEqual([expect.objectContaining({ code: 'invalid_phone' })]);
});

test('an e-mail address may be written in any alphabet, and is one in both spellings of its domain', async () => {
  const tag = unique();
  for (const email of [`o&leary${tag}@ecole.example`, `te~st${tag}@ecole.example`, `a${tag}@b.xn--p1ai`])
    expect([email, (await register({ email })).status]).toEqual([email, 201]);
  expect((await register({ email: `info${tag}@école.example` })).status).toBe(201);
  expect((await register({ email: `info${tag}@xn--cole-9oa.example` })).body.code).toBe('email_taken');
  for (const email of ['a@b-.example', 'test@iana-.com'])
    expect((await register({ email })).body.errors).toEqual([expect.objectContaining({ pointer: '#/email' })]);
});

test.each(['victor ', ' victor', 'victor\u00a0', '\u200evictor\u200b'])('%j signs in as victor', async (username) => {
  const { status, body } = await call('POST', '/auth/login', { body: { username, password: '1234' } });
  expect([status, body.username]).toEqual([200, 'victor']);
});

test('a description keeps its lines', async () => {
  const sent = { name: `Cahier ${unique()}`, price: 1, description: 'Seyès.\r\n96 pages.' };
  const { body } = await call('POST', '/products', { token: admin, body: sent });
  expect((await get(`/products/${body.id}`)).description).toBe('Seyès.\n96 pages.');
  const tab = { ...sent, description: 'a\tb' };
  expect((await call('POST', '/products', { token: admin, body: tab })).status).toBe(400);
});

describe('what reading gave is sent back', () => {
  test.each([
    ['PUT', '/persons', { name: 'Zoé Diallo', email: 'zoe@ecole.example' }],
    ['PUT', '/products', { name: 'Compas', price: 300, stock: 2 }],
    ['PATCH', '/register', { name: 'Awa de la Fontaine', email: `${unique()}@campus.example` }],
  ])('%s of what %s made', async (method, path, body) => {
    const { headers } = await call('POST', path, { token: admin, body });
    const at = new URL(headers.get('location') ?? '', urlOf('/')).pathname;
    const before = await get(at);
    expect((await call(method, at, { token: admin, body: before })).status).toBe(200);
    const refused = await call(method, at, { token: admin, body: { ...(await get(at)), id: before.id + 1 } });
    expect(refused.body.errors).toEqual([expect.objectContaining({ pointer: '#/id', code: 'read_only' })]);
  });

  test('PUT of a profile, by its owner', async () => {
    const username = `li-${unique()}`;
    const password = 'correct horse battery';
    await call('POST', '/users', { body: { username, password, email: `${username}@ecole.example` } });
    const token = await logIn(username, password);
    const profile = (await call('GET', `/users/${username}`, { token })).body;
    expect((await call('PUT', `/users/${username}`, { token, body: profile })).status).toBe(200);
    const other = { ...profile, created_at: '2020-01-01T00:00:00.000Z' };
    expect((await call('PUT', `/users/${username}`, { token, body: other })).body.errors[0].code).toBe('read_only');
  });
});

test.each(['/persons?q=%E9', '/products?q=caf%E9', '/students?last_name=%C3'])(
  '%s, whose query is no UTF-8, is told of its address',
  async (path) => {
    const { status, body } = await call('GET', path, { token: admin });
    expect([status, body.code]).toEqual([400, 'malformed_address']);
  },
);

test('RFC 9110, 12.5.4: a language that is refused is not answered in, and * is any other', async () => {
  const titleIn = async (language: string) =>
    (await call('GET', '/persons/999999', { token: admin, headers: { 'Accept-Language': language } })).body.title;
  for (const language of ['fr;q=0', 'fr;q=0, *', 'fr;q=0.1, *;q=0.2', 'en-GB'])
    expect([language, await titleIn(language)]).toEqual([language, 'Person not found']);
  for (const language of ['*', 'en;q=0', 'de', 'fr, en;q=0.9'])
    expect([language, await titleIn(language)]).toEqual([language, 'Personne introuvable']);
});
