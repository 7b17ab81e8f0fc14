import { createRequire } from 'node:module';
import { PassThrough, type Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { admin, call, student } from '../../tests/support/call.ts';
import { log } from '../base/log.ts';
import { problem } from '../base/problems.ts';
import { currentScope } from '../base/scope.ts';
import { allow } from './access.ts';
import { file, ok } from './answer.ts';
import { Bytes, type Chunks, streamed, Text } from './content.ts';
import { endpoint } from './endpoint.ts';
import { operation } from './operation.ts';
import type { Leaving } from './stream.ts';
import { streamingEndpoint } from './streaming.ts';

const before = globalThis.awslambda;

afterEach(() => {
  jest.restoreAllMocks();
  Object.assign(globalThis, { awslambda: before });
  delete process.env.CAMPUS_ANSWERS;
});

const sending = (chunks: () => Chunks, { type = 'text/csv', name = 'a.csv' } = {}) =>
  operation({
    route: 'GET /file',
    summary: 'A file',
    access: allow('admin'),
    answers: { 200: streamed({ 'text/csv': Text, 'application/octet-stream': Bytes }) },
    handle: async () => file(chunks(), { type, name }),
  });

const KIB = 1024;

/** So many KiB of lines, and how many were asked for, and whether the making was ended. */
function lines(kib: number, failing?: Error) {
  const made = { count: 0, ended: false };
  async function* chunks(): Chunks & AsyncGenerator<string> {
    try {
      for (made.count = 0; made.count < kib; ) {
        made.count += 1;
        yield `${'x'.repeat(KIB - 1)}\n`;
      }
      if (failing) throw failing;
    } finally {
      made.ended = true;
    }
  }
  return { made, chunks };
}

const event = (method = 'GET') =>
  ({
    httpMethod: method,
    path: '/file',
    resource: '/file',
    headers: {},
    requestContext: { requestId: 'r', path: '/file', authorizer: { ...admin, session_id: 's' } },
  }) as unknown as APIGatewayProxyEvent;

const opened = async (handler: ReturnType<typeof streamingEndpoint>): Promise<Required<Leaving>> => {
  const leaving = await handler.open(event());
  if (!leaving.stream) throw new Error('the answer brings no stream');
  return leaving as Required<Leaving>;
};

describe('an answer that leaves as it is made', () => {
  test('has the surroundings of every other: headers, roles, HEAD', async () => {
    const { made, chunks } = lines(3);
    const handler = streamingEndpoint(sending(chunks));
    const { status, headers, text } = await call(handler, 'GET /file', { as: admin });
    expect([status, text.length]).toEqual([200, 3 * KIB]);
    expect(headers).toMatchObject({
      'Content-Type': 'text/csv',
      'Content-Disposition': 'attachment; filename="a.csv"',
      'X-Content-Type-Options': 'nosniff',
      'X-Request-Id': expect.stringMatching(/^[\w-]{36}$/),
    });
    expect(await call(handler, 'GET /file', { as: student() })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    made.ended = false;
    expect(await handler(event('HEAD'))).toMatchObject({ statusCode: 200, body: '' });
    expect(made.ended).toBe(true);
  });

  test('is named in ASCII and whole', async () => {
    const named = async (name: string) =>
      (await call(streamingEndpoint(sending(lines(1).chunks, { name })), 'GET /file', { as: admin })).headers[
        'Content-Disposition'
      ];
    expect(await named('Élèves ("4e") 100%.csv')).toBe(
      `attachment; filename="Eleves (4e) 100.csv"; filename*=UTF-8''%C3%89l%C3%A8ves%20%28%224e%22%29%20100%25.csv`,
    );
  });

  test('is bytes in Base64 where a gateway takes it whole', async () => {
    const bytes = Uint8Array.of(0, 255, 13, 10);
    async function* chunks() {
      yield bytes;
    }
    const handler = streamingEndpoint(sending(chunks, { type: 'application/octet-stream' }));
    const { base64, text } = await call(handler, 'GET /file', { as: admin });
    expect([base64, Buffer.from(text, 'base64')]).toEqual([true, Buffer.from(bytes)]);
  });

  test('is made no faster than it is taken, and no longer', async () => {
    const { made, chunks } = lines(10_000);
    const { stream } = await opened(streamingEndpoint(sending(chunks)));
    expect(made.count).toBeLessThanOrEqual(64);
    await stream.next();
    await stream.next();
    expect(made.count).toBeLessThanOrEqual(128);
    await stream.return();
    expect(made).toMatchObject({ ended: true });
    expect(made.count).toBeLessThanOrEqual(128);
  });

  test('knows its request to the end', async () => {
    const ids: (string | undefined)[] = [];
    async function* chunks() {
      for (let i = 0; i < 3; i += 1) {
        ids.push(currentScope()?.requestId);
        yield 'x'.repeat(64 * KIB);
      }
    }
    const { stream } = await opened(streamingEndpoint(sending(chunks)));
    await stream.whole();
    expect(ids).toEqual(['r', 'r', 'r']);
  });

  test('that fails before its first piece is there is a problem like any other', async () => {
    const handler = streamingEndpoint(sending(lines(2, problem.peer_unavailable()).chunks));
    expect(await call(handler, 'GET /file', { as: admin })).toMatchObject({
      status: 503,
      headers: { 'Content-Type': 'application/problem+json; charset=utf-8' },
      body: { code: 'peer_unavailable' },
    });
  });

  test('that fails later breaks off, and is logged', async () => {
    const logged = jest.spyOn(log, 'error').mockReturnValue(undefined);
    const { stream } = await opened(streamingEndpoint(sending(lines(200, new Error('cut')).chunks)));
    await expect(stream.whole()).rejects.toThrow('cut');
    expect(logged).toHaveBeenCalledWith('stream broke off', { error: expect.objectContaining({ message: 'cut' }) });
  });
});

test('an ordinary Lambda serves no streams', () => {
  expect(() => endpoint(sending(lines(1).chunks))).toThrow('GET /file answers by a stream');
});

test('what is not a stream is refused as a broken declaration', async () => {
  const broken = operation({
    route: 'GET /file',
    summary: 'A file',
    access: allow('admin'),
    answers: { 200: streamed({ 'text/csv': Text }) },
    handle: async () => ok('text' as unknown as Chunks),
  });
  expect((await call(streamingEndpoint(broken), 'GET /file', { as: admin })).status).toBe(500);
});

describe('under Lambda’s runtime', () => {
  type Streaming = (event: APIGatewayProxyEvent, sink: Writable, context: object) => Promise<void>;
  const ric = 'handler-runner/in-process-runner/aws-lambda-ric/HttpResponseStream.js';
  const { HttpResponseStream } = createRequire(import.meta.url)(
    fileURLToPath(new URL(ric, import.meta.resolve('serverless-offline/lambda'))),
  );
  const isStreamed = Symbol('streamed');

  /** The sink that the runtime hands over: the head is written before the first write. */
  class Sink extends PassThrough {
    type = '';
    _onBeforeFirstWrite: ((write: (chunk: string | Uint8Array) => void) => void) | undefined;
    setContentType(type: string): void {
      this.type = type;
    }
    override write(chunk: never, ...rest: never[]): boolean {
      const before = this._onBeforeFirstWrite;
      this._onBeforeFirstWrite = undefined;
      before?.((head) => super.write(head));
      return super.write(chunk, ...rest);
    }
  }

  function underRuntime(chunks: () => Chunks) {
    const streamifyResponse = (handler: object) => Object.assign(handler, { [isStreamed]: true });
    Object.assign(globalThis, { awslambda: { HttpResponseStream, streamifyResponse } });
    return streamingEndpoint(sending(chunks));
  }

  async function sent(chunks: () => Chunks, method = 'GET') {
    const sink = new Sink();
    const all = buffer(sink);
    // Where the sending fails, this does too, and it is the sending that is looked at.
    all.catch(() => {});
    await (underRuntime(chunks) as unknown as Streaming)(event(method), sink, {});
    const bytes = await all;
    const end = bytes.indexOf(Buffer.alloc(8));
    return { type: sink.type, head: JSON.parse(bytes.subarray(0, end).toString()), body: bytes.subarray(end + 8) };
  }

  test('head and body go out as the gateway reads them', async () => {
    const { type, head, body } = await sent(lines(200).chunks);
    expect(type).toBe('application/vnd.awslambda.http-integration-response');
    expect(head).toEqual({ statusCode: 200, headers: expect.objectContaining({ 'Content-Type': 'text/csv' }) });
    expect(body.length).toBe(200 * KIB);
  });

  test('an answer without a body has a head, and a refusal is whole', async () => {
    expect(await sent(lines(1).chunks, 'HEAD')).toMatchObject({ head: { statusCode: 200 }, body: Buffer.alloc(0) });
    const { head, body } = await sent(lines(1, problem.busy()).chunks);
    expect([head.statusCode, JSON.parse(body.toString()).code]).toEqual([503, 'busy']);
  });

  test('what breaks off fails, so that the runtime tells the gateway', async () => {
    jest.spyOn(log, 'error').mockReturnValue(undefined);
    await expect(sent(lines(200, new Error('cut')).chunks)).rejects.toThrow('cut');
  });

  test('an emulator that takes whole answers only gets them whole', async () => {
    process.env.CAMPUS_ANSWERS = 'whole';
    const handler = underRuntime(lines(2).chunks);
    expect(isStreamed in handler).toBe(false);
    expect(await handler(event())).toMatchObject({ statusCode: 200, body: expect.stringMatching(/^x{1023}\n/) });
  });
});
