import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';

const { handler } = await import('../../tests/support/fixtures/notes.ts');

/** Calls as a gateway does that hands on whatever its routes do not take. */
async function sent(httpMethod: string, path: string, resource = path) {
  const event = { httpMethod, path, resource, headers: {}, requestContext: { path: `/dev${path}` } };
  return handler(event as unknown as APIGatewayProxyEvent);
}

describe('a method', () => {
  test('that the address does not have is 405, and the others are named', async () => {
    const { statusCode, headers, body } = await sent('PATCH', '/notes');
    expect([statusCode, headers?.Allow]).toEqual([405, 'GET, HEAD, POST']);
    expect(JSON.parse(body)).toMatchObject({ code: 'method_not_allowed', type: '/dev/problems/method_not_allowed' });
  });

  test('HEAD is GET without the body, and asks for the same rights', async () => {
    const { statusCode, headers, body } = await sent('HEAD', '/failing');
    expect([statusCode, body, headers?.['Content-Type']]).toEqual([500, '', expect.stringContaining('problem+json')]);
    expect((await sent('HEAD', '/notes')).statusCode).toBe(401);
  });

  test('of an address that is nowhere is 404, and the address is named', async () => {
    const { statusCode, body } = await sent('GET', '/nowhere');
    expect([statusCode, JSON.parse(body).detail]).toEqual([404, expect.stringContaining('GET /dev/nowhere')]);
  });
});
