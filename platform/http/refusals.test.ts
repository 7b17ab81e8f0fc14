import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod';
import { fieldsRefused } from '../../tests/support/refusals.ts';
import { clock } from '../base/clock.ts';
import { within } from '../base/scope.ts';
import { Table } from '../data/table.ts';
import { allow, anyone } from './access.ts';
import { ok } from './answer.ts';
import { operation } from './operation.ts';
import { readRequest } from './request.ts';

const listing = operation({
  route: 'GET /things/{id}',
  summary: 'List things',
  access: anyone,
  path: z.object({ id: z.string() }),
  query: z.object({ text: z.string().optional(), other: z.string().optional() }),
  answers: { 200: z.array(z.string()) },
  paged: true,
  handle: async () => ok([]),
});

const making = operation({
  route: 'POST /things',
  summary: 'Make a thing',
  access: allow('admin'),
  query: z.object({ text: z.string().optional() }),
  body: z.strictObject({ text: z.string() }).optional(),
  answers: { 200: z.string() },
  changes: new Table('THINGS_TABLE'),
  idempotent: true,
  versioned: true,
  handle: async () => ok('', { etag: 1 }),
});

const event = (more: Record<string, unknown> = {}) =>
  ({
    httpMethod: 'GET',
    path: '/things/7',
    resource: '/things/{id}',
    pathParameters: { id: '7' },
    headers: {},
    requestContext: { path: '/things/7', authorizer: { username: 'victor', role: 'admin', session_id: 's' } },
    ...more,
  }) as unknown as APIGatewayProxyEvent;

const post = (more: Record<string, unknown> = {}) =>
  event({ httpMethod: 'POST', path: '/things', pathParameters: null, ...more });

const query = (pairs: readonly (readonly [string, string])[]) => {
  const multiple: Record<string, string[]> = {};
  for (const [name, value] of pairs) multiple[name] = [...(multiple[name] ?? []), value];
  return { queryStringParameters: Object.fromEntries(pairs), multiValueQueryStringParameters: multiple };
};

/** What is refused of a request, in French and in English. */
async function refused(sent: APIGatewayProxyEvent, of: typeof listing = listing) {
  const told = (['fr', 'en'] as const).map(async (language) => {
    const error = await within({ requestId: 'r', language }, () => readRequest(sent, of)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return fieldsRefused(() => {
      if (error) throw error;
    });
  });
  const [fr = [], en = []] = await Promise.all(told);
  return fr.map(({ code, detail, ...place }, i) => {
    const where = Object.entries(place).map(([kind, name]) => `${kind} ${name} `);
    return `${where.join('')}${code}: ${detail} | ${en[i]?.detail}`;
  });
}

describe('a query', () => {
  test('has one value for each name, and says which had more', async () => {
    expect(
      await refused(
        event(
          query([
            ['text', 'a'],
            ['text', 'b'],
          ]),
        ),
      ),
    ).toEqual(['parameter text repeated: Une seule valeur est permise | Only one value is allowed']);
    expect(
      await refused(
        event(
          query([
            ['text', 'a'],
            ['other', 'b'],
          ]),
        ),
      ),
    ).toEqual([]);
  });

  test('has fifty names at most', async () => {
    const named = (count: number) => query(Array.from({ length: count }, (_, i) => [`f${i}`, 'a'] as const));
    expect(await refused(event(named(51)))).toEqual([
      'too_many_parameters: 50 paramètres au plus | 50 parameters at most',
    ]);
    expect((await refused(event(named(50)))).map((one) => one.split(':')[0])).not.toContain('too_many_parameters');
  });

  test('without a value, as a gateway may pass it on, is none', async () => {
    const sent = event({ queryStringParameters: null, multiValueQueryStringParameters: { text: undefined } });
    expect(await readRequest(sent, listing)).toMatchObject({ query: {}, paging: { limit: 50, after: undefined } });
  });
});

test('a list is told from every other: by its operation, its filters, its path and whose it is', async () => {
  const lists = await Promise.all([
    readRequest(event(), listing),
    readRequest(event(query([['text', 'a']])), listing),
    readRequest(event({ pathParameters: { id: '8' } }), listing),
    readRequest(event(), { ...listing, route: 'GET /others/{id}' }),
    readRequest(event(), { ...listing, access: allow('admin') }),
  ]);
  expect(new Set(lists.map(({ list }) => list)).size).toBe(lists.length);
  const same = await readRequest(event(query([['limit', '7']])), listing);
  expect(same.list).toBe(lists[0]?.list);
});

describe('an idempotency key', () => {
  const keyed = (key: string) => post({ headers: { 'Idempotency-Key': key } });
  const told =
    'header idempotency-key invalid_format: 1 à 255 caractères ASCII visibles | 1 to 255 visible ASCII characters';

  test.each([
    ['', [told]],
    ['a b', [told]],
    ['é', [told]],
    ['\u007f', [told]],
    ['x'.repeat(256), [told]],
    ['x'.repeat(255), []],
    ['!', []],
    ['~', []],
  ])('of %j is 1 to 255 visible characters', async (key, refusals) => {
    expect(await refused(keyed(key), making)).toEqual(refusals);
  });

  test('is nothing to an operation that remembers none, or was sent none', async () => {
    expect((await readRequest(keyed('k'), { ...making, idempotent: false })).sentKey).toBeUndefined();
    expect((await readRequest(keyed('k'), { ...making, changes: undefined })).sentKey).toBeUndefined();
    expect((await readRequest(post(), making)).sentKey).toBeUndefined();
  });

  test('stands for all of a request: method, path, query and body, and for its caller', async () => {
    const requestOf = async (more: Record<string, unknown>) =>
      (
        await readRequest(
          post({ headers: { 'Idempotency-Key': 'k', 'Content-Type': 'application/json' }, ...more }),
          making,
        )
      ).sentKey;
    const sent = await Promise.all([
      requestOf({}),
      requestOf({ httpMethod: 'PUT' }),
      requestOf({ path: '/others' }),
      requestOf(query([['text', 'a']])),
      requestOf({ body: '{"text":"a"}' }),
    ]);
    expect(new Set(sent.map((one) => one?.request)).size).toBe(sent.length);
    expect(sent[0]).toMatchObject({ owner: 'user:victor', key: 'k' });
    const nobody = await readRequest(keyed('k'), { ...making, access: anyone });
    expect(nobody.sentKey).toMatchObject({ owner: 'anonymous' });
  });
});

describe('whoever calls', () => {
  const codeOf = (authorizer: unknown, access: typeof making.access = allow('admin')) =>
    readRequest(post({ requestContext: { path: '/things', authorizer } }), { ...making, access }).then(
      ({ caller }) => caller?.username ?? 'nobody',
      (error: { code: string }) => error.code,
    );

  test.each([
    [undefined, 'unauthenticated'],
    [{ username: 'victor', session_id: 's' }, 'unauthenticated'],
    [{ username: 'victor', role: 'king', session_id: 's' }, 'unauthenticated'],
    [{ role: 'admin', session_id: 's' }, 'unauthenticated'],
    [{ username: 'victor', role: 'teacher', session_id: 's' }, 'forbidden'],
    [{ username: 'victor', role: 'admin', session_id: 's' }, 'victor'],
  ])('as %j is %s where only admins may', async (authorizer, code) => {
    expect(await codeOf(authorizer)).toBe(code);
  });

  test('is let in by a role, to be asked later whether they own it, and is nobody where anybody may', async () => {
    const teacher = { username: 'prof', role: 'teacher', session_id: 's' };
    expect(await codeOf(teacher, allow('admin', 'owner'))).toBe('prof');
    expect(await codeOf(teacher, anyone)).toBe('nobody');
  });
});

describe('an address', () => {
  const codeOf = (more: Record<string, unknown>) =>
    readRequest(event(more), listing).then(
      () => 'read',
      (error: { code: string }) => error.code,
    );

  test.each([
    [{ pathParameters: { id: 'caf\ufffd' } }, 'malformed_address'],
    [{ requestContext: { path: '/things/caf%E9' } }, 'malformed_address'],
    [{ requestContext: { path: '/things/%EF%BF%BD' } }, 'malformed_address'],
    [{ requestContext: {} }, 'read'],
    [{ pathParameters: { id: 'café', other: undefined } }, 'read'],
  ])('of %j is %s', async (more, outcome) => {
    expect(await codeOf(more)).toBe(outcome);
  });
});

test('what an Accept header asks for is weighed, anything at all included', async () => {
  const codeOf = (accept: string, of = listing) =>
    readRequest(event({ headers: { Accept: accept } }), of).then(
      () => 'read',
      (error: { code: string }) => error.code,
    );
  expect(await codeOf('*/*')).toBe('read');
  expect(await codeOf('text/html, x*/*')).toBe('not_acceptable');
  expect(await codeOf('*/*;q=0')).toBe('not_acceptable');
  expect(await codeOf('text/html', { ...listing, answers: { 204: null } })).toBe('read');
});

test('a request tells from where and when it came, now where the gateway does not say', async () => {
  const requestContext = { path: '/things/7', identity: { sourceIp: '192.0.2.7' }, requestTimeEpoch: 1_000 };
  expect(await readRequest(event({ requestContext, headers: { 'X-A': 'b' } }), listing)).toMatchObject({
    sourceIp: '192.0.2.7',
    receivedAt: 1_000,
    headers: { 'x-a': 'b' },
  });
  const before = clock.now();
  const { receivedAt, sourceIp } = await readRequest(event({ requestContext: { path: '/things/7' } }), listing);
  expect(sourceIp).toBe('');
  expect(receivedAt).toBeGreaterThanOrEqual(before);
});
