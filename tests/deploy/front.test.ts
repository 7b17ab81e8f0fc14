import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Adaptation, type Front, startFront } from '../../deploy/rehearsal/production/front.ts';

let emulator: Server;
let front: Front;
let heard: { method?: string | undefined; url?: string | undefined; headers: object; body: string }[];

beforeEach(async () => {
  heard = [];
  emulator = createServer(async (request, response) => {
    const { method, url, headers } = request;
    heard.push({ method, url, headers, body: await text(request) });
    response.writeHead(203, { 'X-Said': 'by the emulator' }).end('its answer');
  }).listen(0, '127.0.0.1');
  await once(emulator, 'listening');
});

afterEach(async () => {
  await front.stop();
  emulator.close();
});

async function ask(adapt: Adaptation, type: string, body: string) {
  front = await startFront(`http://127.0.0.1:${(emulator.address() as AddressInfo).port}`, adapt);
  const headers = { 'Content-Type': type, 'X-Amz-Target': 'A.B', 'X-Amz-Content-Sha256': 'of what was sent' };
  return fetch(`${front.url}/a/b?c=d`, { method: 'POST', headers, body });
}

test('what the emulator can answer goes on as it came, and so does its answer', async () => {
  const answer = await ask(async () => undefined, 'application/x-amz-json-1.0', '{"a":1}');
  expect([answer.status, answer.headers.get('x-said'), await answer.text()]).toEqual([
    203,
    'by the emulator',
    'its answer',
  ]);
  expect(heard).toMatchObject([{ method: 'POST', url: '/a/b?c=d', body: '{"a":1}' }]);
  expect(heard[0]?.headers).toMatchObject({ 'x-amz-target': 'A.B', 'x-amz-content-sha256': 'of what was sent' });
});

test('what it is asked instead arrives whole, without the sums of what was sent', async () => {
  await ask(async ({ body, path }) => `${path} ${body} and é`, 'application/x-www-form-urlencoded', 'short');
  expect(heard).toMatchObject([{ url: '/a/b?c=d', body: '/a/b?c=d short and é' }]);
  expect(heard[0]?.headers).not.toHaveProperty('x-amz-content-sha256');
});

test('packages and pages pass by without being read', async () => {
  const adapt = () => Promise.reject(new Error('it was read'));
  expect((await ask(adapt, 'application/zip', 'PK')).status).toBe(203);
});

test('what cannot be adapted is refused with the reason', async () => {
  const answer = await ask(() => Promise.reject(new Error('nothing was kept')), 'application/x-amz-json-1.0', '{}');
  expect([answer.status, await answer.text()]).toEqual([500, 'The front of the emulator: nothing was kept']);
  expect(heard).toEqual([]);
});
