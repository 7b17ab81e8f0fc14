import { once } from 'node:events';
import { type ClientRequest, createServer, get, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { until } from '../project/until.ts';
import { admission, newPeerEntrance } from './admission.ts';

const AT_ONCE = 3;
const entrance = newPeerEntrance();

/** Those let in and not answered yet, by the path they are served as. */
let inside: Map<string, ServerResponse>;
let arrived: string[];
let asked: ClientRequest[];
let server: Server;
let base: string;

beforeEach(async () => {
  [inside, arrived, asked] = [new Map(), [], []];
  const places = inside;
  const admit = admission(entrance, AT_ONCE);
  server = createServer(async (request, response) => {
    let path = request.url ?? '';
    const redirect = (url: string) => {
      path = url;
    };
    arrived.push(path);
    await admit({ url: new URL(path, 'http://campus'), response, redirect });
    places.set(path, response);
    response.on('close', () => places.delete(path));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const one of asked) one.destroy();
  server.closeAllConnections();
  server.close();
});

async function ask(path: string): Promise<ClientRequest> {
  const request = get(base + path, { agent: false });
  request.on('error', () => {});
  request.on('response', (answer) => answer.resume());
  asked.push(request);
  await until(() => arrived.includes(path));
  return request;
}

async function fill(): Promise<void> {
  for (let n = 1; n <= AT_ONCE; n += 1) await ask(`/crowd/${n}`);
  await ask('/next');
  await ask('/last');
  expect([...inside.keys()]).toEqual(['/crowd/1', '/crowd/2', '/crowd/3']);
}

test('a crowd is let in a few at a time, in the order in which it came', async () => {
  await fill();
  inside.get('/crowd/2')?.end();
  await until(() => inside.has('/next'));
  expect([...inside.keys()]).toEqual(['/crowd/1', '/crowd/3', '/next']);
  inside.get('/crowd/1')?.end();
  await until(() => inside.has('/last'));
});

test('a question of a peer is let in at once, as one for the path behind the entrance', async () => {
  await fill();
  await ask(`${entrance}/persons/1?fields=name`);
  await until(() => inside.has('/persons/1?fields=name'));
  expect(inside.has('/next')).toBe(false);
});

test('whoever leaves gives the place to the next, and takes none when the turn comes', async () => {
  await fill();
  asked[3]?.destroy();
  asked[0]?.destroy();
  await until(() => inside.has('/last'));
  expect([...inside.keys()]).not.toContain('/crowd/1');
});

test('nobody can guess the entrance', () => {
  expect(newPeerEntrance()).not.toBe(newPeerEntrance());
});
