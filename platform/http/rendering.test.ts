import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod';
import { key } from '../data/key.ts';
import { anyone } from './access.ts';
import { bodyOf, created, declared, noContent, ok, typesOf } from './answer.ts';
import { Bytes, content, isJson, JSON_UTF8, Text } from './content.ts';
import { operation } from './operation.ts';
import { openCursor, PageQuery, sealCursor } from './paging.ts';
import { render } from './render.ts';

const answers = { 201: z.object({ id: z.string() }), 204: null };

const codeOf = (work: () => Promise<unknown>) =>
  work().then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );

describe('an answer', () => {
  test('has the status, the place and the version that it says', () => {
    expect(ok(1, { etag: 2 })).toEqual({ status: 200, body: 1, etag: 2 });
    expect(created(1, '/a', { headers: { 'X-B': 'c' } })).toEqual({
      status: 201,
      body: 1,
      headers: { 'X-B': 'c', Location: '/a' },
    });
    expect(noContent()).toEqual({ status: 204, body: undefined });
  });

  const export_ = {
    200: content({ 'application/json': z.object({ a: z.int() }), 'text/csv; header=present': Text }),
    204: null,
  };

  test('is of the type and schema that its operation declares', () => {
    expect(typesOf({ ...export_, 201: Text })).toEqual(['application/json', 'text/csv; header=present', JSON_UTF8]);
    expect(declared(export_, ok({ a: 1 }))?.[0]).toBe('application/json');
    expect(declared(export_, ok('a', { headers: { 'Content-Type': 'Text/CSV ;x=y' } }))?.[0]).toBe(
      'text/csv; header=present',
    );
    expect(() => declared(export_, ok('a', { headers: { 'Content-Type': 'text/html' } }))).toThrow(
      'No answer of type text/html is declared',
    );
    expect(declared(answers, created({}, '/'))?.[0]).toBe('application/json; charset=utf-8');
    expect(declared(answers, created({}, '/', { headers: { 'Content-Type': 'a/b' } }))?.[0]).toBe('a/b');
    expect(declared(answers, noContent())).toBeUndefined();
  });

  test('holds of its body what is declared', () => {
    expect(bodyOf(answers, created({ id: '7', secret: 'x' }, '/'))).toEqual({ id: '7' });
    expect(bodyOf(answers, noContent())).toBeUndefined();
  });

  test.each([
    ['application/json', true],
    ['Application/JSON; charset=utf-8', true],
    ['application/fhir+json', true],
    ['application/jsonp', false],
    ['xapplication/json', false],
    ['text/json', false],
    ['application/+json', false],
  ])('of the type %s is JSON: %p', (type, json) => {
    expect(isJson(type)).toBe(json);
  });
});

describe('an answer on its way out', () => {
  const event = (more: Record<string, unknown> = {}) =>
    ({
      httpMethod: 'GET',
      path: '/notes/7',
      resource: '/notes/{id}',
      headers: {},
      queryStringParameters: { text: 'a b', cursor: 'old' },
      requestContext: { path: '/dev/notes/7' },
      ...more,
    }) as unknown as APIGatewayProxyEvent;
  const one = operation({
    route: 'GET /notes/{id}',
    summary: 'One',
    access: anyone,
    answers: {
      200: content({ 'application/json': z.object({ id: z.string() }), 'text/plain': Text, 'application/pdf': Bytes }),
      201: z.object({}),
      204: null,
    },
    handle: async () => noContent(),
  });
  const rendered = (answer: Parameters<typeof render>[2]['answer'], sentEvent = event()) =>
    render(sentEvent, one, { answer, list: 'a list' });

  test('is JSON, text or bytes as its type says', async () => {
    expect(await rendered(ok({ id: '7', secret: 'x' }))).toEqual({
      statusCode: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"id":"7"}',
    });
    expect(await rendered(ok('{', { headers: { 'Content-Type': 'text/plain' } }))).toEqual({
      statusCode: 200,
      headers: { 'Content-Type': 'text/plain' },
      body: '{',
    });
    expect(await rendered(ok(Uint8Array.of(1, 255), { headers: { 'Content-Type': 'application/pdf' } }))).toMatchObject(
      {
        body: 'Af8=',
        isBase64Encoded: true,
      },
    );
    expect(await rendered(noContent())).toEqual({ statusCode: 204, headers: {}, body: '' });
  });

  test('says where it is below the stage, and which version it shows', async () => {
    expect(await rendered(created({}, '/notes/8', { etag: 3 }))).toMatchObject({
      statusCode: 201,
      headers: { Location: '/dev/notes/8', ETag: '"3"' },
    });
    expect((await rendered(ok({ id: '7' }, { etag: 0 }))).headers).toMatchObject({ ETag: '"0"' });
  });

  test.each([
    ['GET', '"3"', 304],
    ['GET', '"2" , W/"3"', 304],
    ['GET', '*', 304],
    ['GET', '"4"', 200],
    ['PUT', '"3"', 200],
  ])('to a %s by whoever has %s is a %i', async (httpMethod, tag, status) => {
    const known = event({ httpMethod, headers: { 'If-None-Match': tag } });
    const { statusCode, body, headers } = await rendered(ok({ id: '7' }, { etag: 3 }), known);
    expect([statusCode, body === '', headers?.ETag]).toEqual([status, status === 304, '"3"']);
    expect((await rendered(ok({ id: '7' }), known)).statusCode).toBe(200);
  });

  test('leads to the next page with the same filters and a cursor of its own', async () => {
    const next = { pk: key`A`, sk: key`B` };
    const { headers } = await rendered(ok({ id: '7' }, { next }));
    const [, query] = /^<\/dev\/notes\/7\?(.*)>; rel="next"$/.exec(String(headers?.Link)) ?? [];
    const parameters = new URLSearchParams(query);
    expect([...parameters.keys()]).toEqual(['text', 'cursor']);
    expect(await openCursor(parameters.get('cursor') ?? '', 'a list')).toEqual(next);
    expect((await rendered(ok({ id: '7' }))).headers).not.toHaveProperty('Link');
  });
});

describe('a cursor', () => {
  const next = { pk: key`A`, sk: key`B` };

  test('opens the list that it was made for, and no other', async () => {
    const cursor = await sealCursor(next, 'mine');
    expect(await openCursor(cursor, 'mine')).toEqual(next);
    for (const [one, list] of [
      [cursor, 'yours'],
      [cursor.slice(0, 10), 'mine'],
      ['', 'mine'],
      // It begins with any letter, also with this one.
      [(cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1), 'mine'],
    ] as const)
      expect(await codeOf(() => openCursor(one, list))).toBe('invalid_cursor');
  });

  test('is 4,096 characters at most, and a page one to two hundred items', () => {
    const takes = (query: object) => PageQuery.safeParse(query).success;
    expect([takes({ cursor: 'x'.repeat(4096) }), takes({ cursor: 'x'.repeat(4097) }), takes({ cursor: '' })]).toEqual([
      true,
      false,
      false,
    ]);
    expect(PageQuery.parse({})).toEqual({ limit: 50 });
    expect(PageQuery.parse({ limit: '200' })).toEqual({ limit: 200 });
    for (const limit of ['0', '201', '1234567890', 'x1', '1x']) expect(takes({ limit })).toBe(false);
  });
});

test('an answer may set several cookies, each in a header of its own', async () => {
  const cookies = ['a=1; Path=/', 'b=2; Path=/'];
  const greeting = operation({
    route: 'GET /cookies',
    summary: 'Set two cookies',
    access: anyone,
    answers: { 200: z.object({}) },
    handle: async () => ok({}),
  });
  const event = { httpMethod: 'GET', resource: '/cookies', path: '/cookies', headers: {} } as APIGatewayProxyEvent;
  const { multiValueHeaders } = await render(event, greeting, { answer: ok({}, { cookies }), list: '' });
  expect(multiValueHeaders).toEqual({ 'Set-Cookie': cookies });
});
