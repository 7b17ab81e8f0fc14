import { once } from 'node:events';
import { get, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { log } from '../platform/base/log.ts';
import { anyone } from '../platform/http/access.ts';
import { file } from '../platform/http/answer.ts';
import { Bytes, streamed } from '../platform/http/content.ts';
import { operation } from '../platform/http/operation.ts';
import { streamingEndpoint } from '../platform/http/streaming.ts';
import { handOn, openingStreams } from './streams.ts';

/** The web server that the emulator stands on, with a route as the emulator makes it: the head first, without a body. */
interface Server {
  readonly info: { readonly port: number };
  readonly listener: HttpServer;
  route(route: object): void;
  ext(step: string, handle: unknown): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const { Server } = createRequire(import.meta.resolve('serverless-offline/lambda'))('@hapi/hapi') as {
  Server: new (options: object) => Server;
};

const PIECE = Buffer.alloc(64 * 1024, 'x');
const made = { pieces: 0, ended: Promise.resolve(), end: () => {} };
let limit = 0;

let held: Promise<void> | undefined;

async function* pieces() {
  try {
    await held;
    for (made.pieces = 0; made.pieces < limit; ) {
      made.pieces += 1;
      yield PIECE;
    }
    if (limit === 13) throw new Error('cut');
  } finally {
    made.end();
  }
}

const handler = openingStreams(
  streamingEndpoint(
    operation({
      route: 'GET /file',
      summary: 'A file',
      access: anyone,
      answers: { 200: streamed({ 'application/octet-stream': Bytes }) },
      handle: async () => file(pieces(), { type: 'application/octet-stream', name: 'a.bin' }),
    }),
  ) as never,
  0,
);

let server: Server;

beforeEach(async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  Object.assign(made, { ended: promise, end: resolve });
  server = new Server({ host: '127.0.0.1', port: 0 });
  server.route({
    method: 'GET',
    path: '/file',
    async handler(_: unknown, h: { response(body: string): { code(status: number): { headers: object } } }) {
      const event = { httpMethod: 'GET', path: '/file', resource: '/file', headers: {}, requestContext: {} };
      const answer = (await handler(event, {} as Context)) as { statusCode: number; headers: object; body: string };
      const response = h.response(answer.body).code(answer.statusCode);
      Object.assign(response.headers, answer.headers);
      return response;
    },
  });
  server.ext('onPreResponse', handOn);
  await server.start();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await server.stop();
});

async function ask(): Promise<IncomingMessage> {
  const [response] = (await once(get(`http://127.0.0.1:${server.info.port}/file`), 'response')) as [IncomingMessage];
  return response;
}

test('a stream goes out after its head, whole', async () => {
  limit = 40;
  const response = await ask();
  expect(response.headers).toMatchObject({
    'transfer-encoding': 'chunked',
    'content-disposition': 'attachment; filename="a.bin"',
  });
  expect(Object.keys(response.headers).filter((name) => name.startsWith('x-campus'))).toEqual([]);
  expect((await buffer(response)).length).toBe(40 * PIECE.length);
});

test('a client that takes nothing has nothing made for it beyond what the connection holds', async () => {
  limit = 100_000;
  const response = await ask();
  response.pause();
  // Buffers of the operating system on both ends fill up first, a few megabytes.
  for (let [before, still] = [0, 0]; still < 50 && made.pieces < 1_000; before = made.pieces) {
    await new Promise(setImmediate);
    still = made.pieces === before ? still + 1 : 0;
  }
  expect(made.pieces).toBeLessThan(1_000);
  response.destroy();
  await made.ended;
});

test('a client that hangs up ends the making', async () => {
  limit = Number.POSITIVE_INFINITY;
  const response = await ask();
  await once(response, 'data');
  response.destroy();
  await made.ended;
  const after = made.pieces;
  await new Promise(setImmediate);
  expect(made.pieces).toBe(after);
});

test('a client that hangs up before the first byte ends the making, too', async () => {
  limit = Number.POSITIVE_INFINITY;
  const { promise, resolve: release } = Promise.withResolvers<void>();
  held = promise;
  const asked = get(`http://127.0.0.1:${server.info.port}/file`).on('error', () => {});
  const [, incoming] = (await once(server.listener, 'request')) as [unknown, ServerResponse];
  const gone = once(incoming, 'close');
  asked.destroy();
  await gone;
  held = undefined;
  release();
  await made.ended;
});

test('a stream that breaks off breaks the connection: no client takes it for a whole file', async () => {
  jest.spyOn(log, 'error').mockReturnValue(undefined);
  limit = 13;
  await expect(buffer(await ask())).rejects.toMatchObject({ code: 'ECONNRESET' });
});
