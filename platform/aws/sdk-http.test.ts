import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from '@jest/globals';
import { type SdkResponse, sdkHttp } from './sdk-http.ts';

interface Handler {
  handle(request: object, options?: { abortSignal?: AbortSignal }): Promise<{ response: SdkResponse }>;
}

const handler = sdkHttp({ connection: 1_000, answer: 100 }) as unknown as Handler;
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A request to a server that answers so. */
async function requestTo(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const headers = { 'x-amz-target': 'T' };
  return {
    method: 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    port,
    path: '/',
    query: {},
    headers,
    body: '{"é":1}',
  };
}

const failureOf = (calling: Promise<unknown>) =>
  calling.then(
    () => undefined,
    (error: unknown) => error,
  );

test('a request is sent and its answer read whole, over one connection', async () => {
  const ports = new Set<number | undefined>();
  const request = await requestTo(async (incoming, response) => {
    ports.add(incoming.socket.remotePort);
    const body = await text(incoming);
    // A letter of two bytes comes in two pieces.
    const bytes = Buffer.from(`${incoming.method} ${incoming.headers['x-amz-target']} ${body}`);
    response.writeHead(413, { 'X-Amzn-RequestId': 'R1' });
    response.write(bytes.subarray(0, 10), () => response.end(bytes.subarray(10)));
  });
  for (let i = 0; i < 3; i += 1) {
    const { response } = await handler.handle(request);
    expect(response).toMatchObject({ statusCode: 413, headers: { 'x-amzn-requestid': 'R1' } });
    expect(String(response.body)).toBe('POST T {"é":1}');
  }
  expect(ports.size).toBe(1);
});

test('who is silent is given up: before an answer, and in the midst of one', async () => {
  const late = { name: 'TimeoutError', code: 'ETIMEDOUT' };
  expect(await failureOf(handler.handle(await requestTo(() => {})))).toMatchObject(late);
  const half = await requestTo((_, response) => void response.write('half'));
  expect(await failureOf(handler.handle(half))).toMatchObject(late);
});

test('a connection that breaks is worth another try, before an answer and in the midst of one', async () => {
  const broken = await requestTo((incoming) => void incoming.socket.destroy());
  expect(await failureOf(handler.handle(broken))).toMatchObject({ name: 'TimeoutError', code: 'ECONNRESET' });
  const cut = await requestTo((incoming, response) => response.write('half', () => incoming.socket.destroy()));
  expect(await failureOf(handler.handle(cut))).toMatchObject({ name: 'TimeoutError', code: 'ECONNRESET' });
});

test('where nobody listens, the error says so', async () => {
  const request = await requestTo(() => {});
  await new Promise((closed) => servers.pop()?.close(closed));
  expect(await failureOf(handler.handle(request))).toMatchObject({ code: 'ECONNREFUSED' });
});

test('a call is given up when its signal says so, before and while it is made', async () => {
  const reason = new Error('enough');
  const gone = { name: 'AbortError', cause: reason };
  const before = await requestTo(() => {});
  expect(await failureOf(handler.handle(before, { abortSignal: AbortSignal.abort(reason) }))).toMatchObject(gone);
  const controller = new AbortController();
  const during = await requestTo(() => controller.abort(reason));
  expect(await failureOf(handler.handle(during, { abortSignal: controller.signal }))).toMatchObject(gone);
});
