import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod';
import { currentScope } from '../base/scope.ts';
import { anyone } from './access.ts';
import { ok } from './answer.ts';
import { endpoint } from './endpoint.ts';
import { header, lowerCased } from './headers.ts';
import { operation } from './operation.ts';

const hello = operation({
  route: 'GET /hello',
  aliases: ['GET /api/hello'],
  summary: 'Say hello',
  access: anyone,
  answers: { 200: z.object({ language: z.string(), service: z.string().optional() }) },
  handle: async () => ok({ language: currentScope()?.language ?? '', service: currentScope()?.service }),
});

const event = (more: Record<string, unknown> = {}) =>
  ({
    httpMethod: 'GET',
    path: '/hello',
    resource: '/hello',
    headers: {},
    requestContext: { path: '/hello', requestId: 'of-the-gateway' },
    ...more,
  }) as unknown as APIGatewayProxyEvent;

describe('an answer is known by', () => {
  const idOf = async (more: Record<string, unknown>) => (await endpoint(hello)(event(more))).headers?.['X-Request-Id'];

  test.each(['a', 'A-b_c.9', 'x'.repeat(128)])('the id that the client sent: %s', async (id) => {
    expect(await idOf({ headers: { 'x-REQUEST-id': id } })).toBe(id);
  });

  test.each(['', 'x'.repeat(129), 'a b', 'é', 'a\nb', '/a', 'a/'])(
    'the gateway’s where the client’s is not fit for a log: %j',
    async (id) => {
      expect(await idOf({ headers: { 'X-Request-Id': id } })).toBe('of-the-gateway');
    },
  );

  test('one of its own where there is no other', async () => {
    expect(await idOf({ requestContext: { path: '/hello' } })).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('a Lambda', () => {
  test('answers under each address of its operations, and knows no other', async () => {
    const handler = endpoint(hello);
    expect(handler.operations).toEqual([hello]);
    expect((await handler(event({ resource: '/api/hello' }))).statusCode).toBe(200);
    expect(await handler(event({ resource: '/other' }))).toMatchObject({
      statusCode: 404,
      body: expect.stringContaining('"not_found"'),
    });
    for (const resource of ['/hello', '/api/hello'])
      expect(await handler(event({ httpMethod: 'POST', resource }))).toMatchObject({
        statusCode: 405,
        headers: { Allow: 'GET, HEAD' },
        body: expect.stringContaining('"method_not_allowed"'),
      });
  });

  test('speaks the language that is preferred, and for the context that it was built in', async () => {
    process.env.CAMPUS_CONTEXT = 'greetings';
    const handler = endpoint(hello);
    process.env.CAMPUS_CONTEXT = 'later';
    const said = async (language: string) =>
      JSON.parse((await handler(event({ headers: { 'Accept-Language': language } }))).body);
    expect([await said('en'), await said('de')]).toEqual([
      { language: 'en', service: 'greetings' },
      { language: 'fr', service: 'greetings' },
    ]);
  });
});

test('a header is found whatever its spelling, and none is found of none', () => {
  const headers = { 'X-One': 'a', 'x-two': undefined };
  expect(header({ headers }, 'x-one')).toBe('a');
  expect(header({ headers }, 'x-three')).toBeUndefined();
  expect(header({ headers: null as never }, 'x-one')).toBeUndefined();
  expect(lowerCased({ headers })).toEqual({ 'x-one': 'a', 'x-two': '' });
  expect(lowerCased({ headers: null as never })).toEqual({});
});
