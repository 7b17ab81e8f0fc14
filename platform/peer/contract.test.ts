import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as z from 'zod';
import { json, type PeerStub, refuses, startPeer } from '../../tests/support/peer.ts';
import { requireHolder } from './holder.ts';
import { Peer } from './peer.ts';

const Thing = z.object({ id: z.int() });

let stub: PeerStub;
let peer: Peer;

beforeAll(async () => {
  stub = await startPeer();
});
beforeEach(() => {
  peer = new Peer();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => stub.stop());

const ask = (headers: Record<string, string> = {}) => peer.get('/things/7', Thing, headers);
const codeOf = (work: () => Promise<unknown>) =>
  work().then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );
const causeOf = (work: () => Promise<unknown>) =>
  work().then(
    () => '',
    (error: { cause?: unknown }) => String(error.cause),
  );

test('whoever asks without a token asks without one, outside of any request without an id, and for JSON', async () => {
  stub.behave(json(200, { id: 7 }));
  expect(await ask()).toEqual({ id: 7 });
  expect(stub.requests[0]?.headers).toMatchObject({ accept: 'application/json' });
  expect(stub.requests[0]?.headers).not.toHaveProperty('authorization');
  expect(stub.requests[0]?.headers).not.toHaveProperty('x-request-id');
});

test('an answer of more than a mebibyte is nobody’s of ours, and is not asked for twice', async () => {
  const large = (bytes: number) => JSON.stringify({ id: 7, more: 'x'.repeat(bytes - 18) });
  const sending = (bytes: number) => (_: unknown, response: import('node:http').ServerResponse) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(large(bytes));
  };
  expect(large(100)).toHaveLength(100);
  stub.behave(sending(1024 * 1024));
  expect(await ask()).toEqual({ id: 7 });
  stub.behave(sending(1024 * 1024 + 1));
  expect(await causeOf(ask)).toBe('Error: answered more than 1048576 bytes');
  expect(stub.requests).toHaveLength(1);
});

test('what a peer answered that it may not is told to the log', async () => {
  stub.behave(refuses(500, 'internal_error'));
  expect(await causeOf(ask)).toBe('Error: answered 500 application/problem+json');
  stub.behave((_, response) => void response.writeHead(204).end());
  expect(await causeOf(ask)).toBe('Error: answered 204 ');
});

test.each([
  ['Application/JSON ; charset=utf-8', undefined],
  ['text/json', 'peer_unavailable'],
])('an answer of the type %s is read as its media type says: %s', async (type, code) => {
  stub.behave(json(200, { id: 7 }, type));
  expect(await codeOf(ask)).toBe(code);
});

test('a path is asked for below the address of the API, which has to be known', async () => {
  const { API_URL } = process.env;
  try {
    stub.behave(json(200, { id: 7 }));
    process.env.API_URL = `${API_URL}/dev`;
    await ask();
    expect(stub.requests[0]?.url).toBe('/dev/things/7');
    delete process.env.API_URL;
    expect(await causeOf(ask)).toBe('Error: The environment variable API_URL is not set');
  } finally {
    process.env.API_URL = API_URL;
  }
});

test('a circuit that is open asks nobody, and says when to come back', async () => {
  stub.behave(refuses(500, 'internal_error'));
  for (let i = 0; i < 5; i += 1) await codeOf(ask);
  stub.behave(json(200, { id: 7 }));
  await expect(ask()).rejects.toMatchObject({ code: 'peer_unavailable', retryAfter: 2 });
  expect(stub.requests).toEqual([]);
});

describe('whoever a record is to be bound to', () => {
  const bind = (username: string | undefined, role = 'teacher') =>
    codeOf(() => requireHolder(username, { caller: { role }, headers: { authorization: 'Bearer abc' } }));

  test('is asked for by name, with the caller’s token, unless it is nobody', async () => {
    stub.behave(json(200, { username: 'a/b', role: 'student' }));
    expect(await bind(undefined)).toBeUndefined();
    expect(stub.requests).toEqual([]);
    expect(await bind('a/b')).toBeUndefined();
    expect(stub.requests[0]).toMatchObject({ url: '/users/a%2Fb', headers: { authorization: 'Bearer abc' } });
  });

  test('has to exist', async () => {
    stub.behave(refuses(404, 'user_not_found'));
    expect(await bind('nobody', 'admin')).toBe('unknown_username');
  });

  test('is an admin by the hand of an admin only', async () => {
    stub.behave(json(200, { username: 'root', role: 'admin' }));
    expect([await bind('root'), await bind('root', 'admin')]).toEqual(['unknown_username', undefined]);
    stub.behave(json(200, { username: 'prof', role: 'teacher' }));
    expect(await bind('prof')).toBeUndefined();
  });
});
