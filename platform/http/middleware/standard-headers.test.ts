import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { standardHeaders } from './standard-headers.ts';

const before = process.env.CORS_ORIGINS;
beforeEach(() => {
  process.env.CORS_ORIGINS = 'https://school.example, https://parents.example';
});
afterEach(() => {
  process.env.CORS_ORIGINS = before ?? '';
});

/** The headers of an answer to a script of this origin, whose operation gave it some of its own. */
async function headersFor(origin: string, own: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const event = { headers: { origin } } as unknown as APIGatewayProxyEvent;
  const request = { event, response: { statusCode: 200, headers: own, body: '' } };
  await standardHeaders().after?.(request as never);
  return request.response.headers;
}

test('each of several origins may read an answer, and what a refusal says to do next', async () => {
  for (const origin of ['https://school.example', 'https://parents.example']) {
    expect(await headersFor(origin)).toMatchObject({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': expect.stringMatching(/\bRetry-After\b.*\bWWW-Authenticate\b/),
      Vary: 'Origin',
    });
  }
});

test('no other may', async () => {
  for (const origin of ['https://elsewhere.example', 'https://school.example.evil.example', 'null', '*'])
    expect(await headersFor(origin)).not.toHaveProperty('Access-Control-Allow-Origin');
});

test('what an operation varies by joins what CORS varies by', async () => {
  expect(await headersFor('https://school.example', { Vary: 'Accept' })).toMatchObject({ Vary: 'Origin, Accept' });
  process.env.CORS_ORIGINS = '';
  expect(await headersFor('https://school.example', { Vary: 'Accept' })).toMatchObject({ Vary: 'Accept' });
});
