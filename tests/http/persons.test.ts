import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { call, logIn, pathOf, urlOf } from '../support/http.ts';

let admin: string;
let teacher: string;
let victor: string;
let kilian: string;

beforeAll(async () => {
  [admin, teacher, victor, kilian] = (await Promise.all([
    logIn('admin', 'admin'),
    logIn('prof', 'prof'),
    logIn('victor', '1234'),
    logIn('kilian', 'abcd'),
  ])) as [string, string, string, string];
});

const uniqueName = () => `Zoé ${randomUUID()}`;
const create = async (username = 'victor', name = uniqueName()) =>
  (await call('POST', '/persons', { token: admin, body: { name, username } })).body as { id: number; name: string };

/** Every operation on one person, and what each role gets: of their own, of somebody else's. */
const MATRIX = [
  ['GET', { admin: 200, teacher: 200, owner: 200, other: 404 }],
  ['PUT', { admin: 200, teacher: 403, owner: 403, other: 403 }],
  ['DELETE', { admin: 204, teacher: 403, owner: 403, other: 403 }],
] as const;

describe('the source document’s calls', () => {
  test('create, read and delete a person', async () => {
    const name = uniqueName();
    const made = await call('POST', '/persons', { token: admin, body: { name } });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ id: expect.any(Number), name });
    expect(pathOf(made.headers.get('location') ?? '')).toBe(`/persons/${made.body.id}`);
    const path = `/persons/${made.body.id}`;
    expect(await call('GET', path, { token: admin })).toMatchObject({ status: 200, body: { id: made.body.id, name } });
    expect(await call('DELETE', path, { token: admin })).toMatchObject({ status: 204, text: '' });
    expect(await call('GET', path, { token: admin })).toMatchObject({
      status: 404,
      body: { code: 'person_not_found' },
    });
    expect((await call('DELETE', path, { token: admin })).status).toBe(404);
  });
});

describe.each(MATRIX)('%s /persons/{id}', (method, expected) => {
  test('answers each role as the contract says', async () => {
    const { id } = await create();
    const body = method === 'PUT' ? { name: 'Renamed', username: 'victor' } : undefined;
    const tokens = { other: kilian, owner: victor, teacher, admin };
    for (const [who, token] of Object.entries(tokens)) {
      const { status } = await call(method, `/persons/${id}`, { token, body });
      expect({ who, status }).toEqual({ who, status: expected[who as keyof typeof expected] });
    }
  });

  test('of nobody is a 404 for whoever may ask', async () => {
    const body = method === 'PUT' ? { name: 'Nobody' } : undefined;
    expect((await call(method, '/persons/999999999', { token: admin, body })).status).toBe(404);
  });

  test('without a token, or with one that does not verify, is a 401', async () => {
    const { id } = await create();
    expect((await call(method, `/persons/${id}`)).status).toBe(401);
    expect((await call(method, `/persons/${id}`, { token: `${admin.slice(0, -4)}AAAA` })).status).toBe(401);
  });
});

describe('POST and GET /persons', () => {
  test.each(['POST', 'GET'])('%s is for staff', async (method) => {
    const body = () => (method === 'POST' ? { name: uniqueName() } : undefined);
    for (const token of [admin, teacher])
      expect((await call(method, '/persons', { token, body: body() })).status).toBe(method === 'POST' ? 201 : 200);
    expect((await call(method, '/persons', { token: victor, body: body() })).status).toBe(403);
    expect((await call(method, '/persons', { body: body() })).status).toBe(401);
  });

  test('finds by the beginning of a name, page by page', async () => {
    const start = `Ünïque ${randomUUID()}`;
    for (const end of ['c', 'A', 'b']) await create('victor', `${start} ${end}`);
    const first = await call('GET', `/persons?limit=2&q=${encodeURIComponent(start.toUpperCase())}`, {
      token: teacher,
    });
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await call('GET', next, { token: teacher });
    const names = [...first.body, ...second.body].map(({ name }: { name: string }) => name);
    expect(names).toEqual([`${start} A`, `${start} b`, `${start} c`]);
    expect(second.headers.get('link')).toBeNull();
    expect((await call('GET', next, { token: admin })).status).toBe(400);
  });

  test('gives distinct ids to twenty at once', async () => {
    const make = () => call('POST', '/persons', { token: admin, body: { name: uniqueName() } });
    const made = await Promise.all(Array.from({ length: 20 }, make));
    expect(made.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(20);
  });

  test('refuses what is no person, in French unless asked otherwise', async () => {
    const french = await call('POST', '/persons', { token: admin, body: { name: '', role: 'admin' } });
    expect(french).toMatchObject({ status: 400, body: { code: 'invalid_input', title: 'Données invalides' } });
    expect(french.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(['#/name', '#/role']);
    const headers = { 'Accept-Language': 'en' };
    const english = await call('POST', '/persons', { token: admin, body: {}, headers });
    expect(english.body.title).toBe('Invalid input');
  });
});

describe('versions', () => {
  test('a stale If-Match is a 412 and changes nothing; an ETag that still holds is a 304', async () => {
    const { id } = await create();
    const { headers } = await call('GET', `/persons/${id}`, { token: admin });
    const etag = headers.get('etag') ?? '';
    const put = (name: string) =>
      call('PUT', `/persons/${id}`, { token: admin, body: { name }, headers: { 'If-Match': etag } });
    expect((await put('First')).status).toBe(200);
    expect(await put('Second')).toMatchObject({ status: 412, body: { code: 'stale_version' } });
    const now = await call('GET', `/persons/${id}`, { token: admin });
    expect(now.body.name).toBe('First');
    const again = await fetch(urlOf(`/persons/${id}`), {
      headers: { Authorization: `Bearer ${admin}`, 'If-None-Match': now.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  test('a key sent twice creates one person', async () => {
    const sent = { token: admin, body: { name: uniqueName() }, headers: { 'Idempotency-Key': randomUUID() } };
    const [first, second] = await Promise.all([call('POST', '/persons', sent), call('POST', '/persons', sent)]);
    expect(second.body).toEqual(first.body);
  });
});
