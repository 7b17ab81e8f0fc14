import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { required } from './env.ts';
import { isConnectionError, send } from './http-client.ts';

let server: Server;
let behave: RequestListener;
let connections = 0;
const url = (path = '/') => new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);

beforeAll(async () => {
  server = createServer((request, response) => behave(request, response));
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('an HTTP exchange', () => {
  test('sends what it is given and reads the answer whole, its type without parameters and its headers', async () => {
    behave = async (request, response) => {
      const body = await text(request);
      response.writeHead(201, { 'Content-Type': ' Text/Plain ; charset=utf-8', Link: '</next>; rel="next"' });
      response.write(`${request.method} ${request.url} ${request.headers['x-a']} `);
      response.end(body);
    };
    const answer = await send(url('/there?b=c'), { method: 'POST', headers: { 'x-a': 'a' }, body: 'é' });
    expect(answer).toMatchObject({
      status: 201,
      type: 'text/plain',
      headers: { link: '</next>; rel="next"' },
      body: 'POST /there?b=c a é',
    });
  });

  test('has no type where the answer has none', async () => {
    behave = (_, response) => void response.end();
    expect(await send(url(), { headers: {} })).toMatchObject({ status: 200, type: '', body: '' });
  });

  test('keeps its connection for the next', async () => {
    behave = (_, response) => void response.end('ok');
    await send(url(), { headers: {} });
    const before = connections;
    for (let i = 0; i < 3; i += 1) await send(url(), { headers: {} });
    expect(connections).toBe(before);
  });

  test('that is met with silence for too long ends with the error that it was given for that', async () => {
    behave = () => {};
    const onTimeout = () => new Error('patience is over');
    await expect(send(url(), { headers: {}, timeout: 20, onTimeout })).rejects.toThrow('patience is over');
  });

  test('ends when its signal says so', async () => {
    behave = () => {};
    const over = new AbortController();
    const answer = send(url(), { headers: {}, signal: over.signal });
    over.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('that breaks says by which code', async () => {
    behave = (request) => void request.socket.destroy();
    const error = await send(url(), { headers: {} }).catch((caught: unknown) => caught);
    expect([isConnectionError(error), (error as { code: string }).code]).toEqual([true, 'ECONNRESET']);
  });
});

test.each([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])('%s is a connection that failed', (code) => {
  expect(isConnectionError(Object.assign(new Error(code), { code }))).toBe(true);
  expect(isConnectionError({ code })).toBe(false);
});

test('what failed for another reason, or for none, is no failed connection', () => {
  for (const error of [
    new Error('x'),
    Object.assign(new Error('x'), { code: 'ENOENT' }),
    undefined,
    null,
    'ECONNRESET',
  ])
    expect(isConnectionError(error)).toBe(false);
});

test('a deployment that sets no value of a variable is told which', () => {
  process.env.CAMPUS_TEST_SET = 'a';
  expect(required('CAMPUS_TEST_SET')).toBe('a');
  process.env.CAMPUS_TEST_SET = '';
  for (const name of ['CAMPUS_TEST_SET', 'CAMPUS_TEST_UNSET'])
    expect(() => required(name)).toThrow(`The environment variable ${name} is not set`);
});
