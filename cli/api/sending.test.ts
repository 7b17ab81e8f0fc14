import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { freePort } from '../../project/ports.ts';
import { textOf } from '../../project/root.ts';
import { Failure } from '../failure.ts';
import { KEYED, sender } from './sending.ts';

interface Sent {
  readonly method: string;
  readonly key: string | undefined;
  readonly body: string;
}

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** A school that answers each call in its way, and remembers what was sent. */
async function school(answers: ((request: IncomingMessage, response: ServerResponse) => void)[]) {
  const sent: Sent[] = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    sent.push({ method: request.method ?? '', key: request.headers['idempotency-key'] as string | undefined, body });
    (answers[Math.min(sent.length, answers.length) - 1] ?? cut)(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sent };
}

const cut = (request: IncomingMessage): void => void request.socket.destroy();
const cutWithin = (_: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(200, { 'Content-Length': '100' });
  response.write('half of', () => response.destroy());
};
const fine = (_: IncomingMessage, response: ServerResponse): void => void response.end('{"id":7}');
const busy =
  (seconds: string) =>
  (_: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(503, { 'Retry-After': seconds });
    response.end();
  };
const missing = (_: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(404);
  response.end('{}');
};

const waits: number[] = [];
const send = sender({
  wait: async (ms) => {
    waits.push(ms);
  },
});

const post = (url: string, path: string) => new Request(url + path, { method: 'POST', body: '{"grade":12}' });

describe('a lost connection', () => {
  test.each([
    ['before the answer', cut],
    ['in the middle of the answer', cutWithin],
  ])('%s is tried again under the same key, with the same body', async (_, broken) => {
    const { url, sent } = await school([broken, broken, fine]);
    const response = await send(post(url, '/add_grade/12'));
    expect(await response.json()).toEqual({ id: 7 });
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
    expect(sent[0]).toEqual({ method: 'POST', key: expect.stringMatching(/^[\da-f-]{36}$/), body: '{"grade":12}' });
    expect(sent.map(({ body }) => body)).toEqual(Array(3).fill('{"grade":12}'));
  });

  test('is not tried again where doing it twice would be two', async () => {
    const { url, sent } = await school([cut, fine]);
    await expect(send(post(url, '/orders/1/ship'))).rejects.toThrow(Failure);
    expect(sent).toHaveLength(1);
  });

  test('after a deletion that went through is a deletion', async () => {
    const { url } = await school([cut, missing]);
    expect((await send(new Request(`${url}/students/12`, { method: 'DELETE' }))).status).toBe(204);
  });

  test('of a deletion of what was never there stays a 404', async () => {
    const { url } = await school([missing]);
    expect((await send(new Request(`${url}/students/12`, { method: 'DELETE' }))).status).toBe(404);
  });

  test('is given up in the end, with the address', async () => {
    const { url, sent } = await school([cut]);
    await expect(send(new Request(`${url}/students`))).rejects.toThrow(url);
    expect(sent).toHaveLength(6);
  });
});

test('two commands have keys of their own', async () => {
  const { url, sent } = await school([fine]);
  await send(post(url, '/add_grade/12'));
  await send(post(url, '/add_grade/12'));
  expect(new Set(sent.map(({ key }) => key)).size).toBe(2);
});

test('where nobody listens is told soon, and nothing is sent', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  waits.length = 0;
  await expect(sender({ wait: async (ms) => void waits.push(ms) })(new Request(url))).rejects.toThrow(url);
  expect(waits.reduce((sum, one) => sum + one, 0)).toBeLessThan(1000);
});

test('who asks to come again soon is asked again, and who asks to come much later is told on', async () => {
  const { url } = await school([busy('2'), fine]);
  waits.length = 0;
  expect((await send(new Request(`${url}/students`))).status).toBe(200);
  expect(waits).toEqual([2000]);
  server?.close();
  const later = await school([busy('600'), fine]);
  expect((await send(new Request(`${later.url}/students`))).status).toBe(503);
});

test('every call that honours an Idempotency-Key is sent one, and no other', () => {
  const { paths } = JSON.parse(textOf('openapi.json')) as {
    paths: Record<string, { post?: { parameters?: { $ref?: string; name?: string }[] } }>;
  };
  const posts = Object.entries(paths).filter(([, { post }]) => post);
  const honours = posts.filter(([, { post }]) =>
    post?.parameters?.some(({ $ref = '', name = '' }) => /Idempotency-Key/.test($ref + name)),
  );
  const keyed = posts.filter(([path]) => KEYED.some((one) => one.test(path.replaceAll(/\{\w+\}/g, '1'))));
  expect(keyed.map(([path]) => path)).toEqual(honours.map(([path]) => path));
});
