import { afterEach, describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { within } from '../../base/scope.ts';
import { allowedOrigins } from '../cors.ts';
import { handler as preflight } from '../preflight.ts';
import { standardHeaders } from './standard-headers.ts';

const before = process.env.CORS_ORIGINS;
afterEach(() => {
  process.env.CORS_ORIGINS = before ?? '';
});

async function headersOf(own: Record<string, string>, phase: 'after' | 'onError' = 'after') {
  const event = { headers: { Origin: 'https://school.example' } } as unknown as APIGatewayProxyEvent;
  const request = { event, response: { statusCode: 200, headers: own, body: '' } };
  await standardHeaders()[phase]?.(request as never);
  return request.response.headers;
}

const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

describe('every answer', () => {
  test.each(['after', 'onError'] as const)(
    'keeps a browser from guessing, framing, telling and storing it: %s',
    async (phase) => {
      process.env.CORS_ORIGINS = '';
      const answered = within({ requestId: 'request-42', language: 'fr' }, () => headersOf({}, phase));
      expect(await answered).toEqual({ ...ALWAYS, 'X-Request-Id': 'request-42' });
    },
  );

  test('has the headers of its operation in place of these', async () => {
    process.env.CORS_ORIGINS = '';
    expect(await headersOf({ 'Cache-Control': 'max-age=60' })).toMatchObject({ 'Cache-Control': 'max-age=60' });
  });

  test('to a script of a listed origin shows it what it needs for its next call', async () => {
    process.env.CORS_ORIGINS = 'https://school.example';
    expect(await headersOf({})).toMatchObject({
      'Access-Control-Allow-Origin': 'https://school.example',
      'Access-Control-Expose-Headers':
        'ETag, Link, Location, Retry-After, WWW-Authenticate, X-Request-Id, X-Cache, Content-Disposition',
    });
  });
});

test('an answer that nobody gave gets no headers', async () => {
  const request = { event: { headers: {} }, response: undefined };
  await standardHeaders().after?.(request as never);
  expect(request.response).toBeUndefined();
});

test('origins are listed by commas, with or without spaces, and none by nothing', () => {
  process.env.CORS_ORIGINS = ' https://a.example ,https://b.example,, ';
  expect(allowedOrigins()).toEqual(['https://a.example', 'https://b.example']);
  delete process.env.CORS_ORIGINS;
  expect(allowedOrigins()).toEqual([]);
});

test('a script of a listed origin may change things, with every header that we read, and asks again after two hours', async () => {
  process.env.CORS_ORIGINS = 'https://school.example';
  const answer = await preflight({ headers: { origin: 'https://school.example' } });
  expect(answer).toMatchObject({
    statusCode: 204,
    body: '',
    headers: {
      'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
      'Access-Control-Allow-Headers':
        'Authorization, Content-Type, Accept-Language, Idempotency-Key, If-Match, If-None-Match, X-Request-Id',
      'Access-Control-Max-Age': '7200',
    },
  });
});
