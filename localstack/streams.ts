import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Context } from 'aws-lambda';
import type { Stream } from '../platform/http/stream.ts';
import type { StreamingHandler } from '../platform/http/streaming.ts';
import type { Handler } from './events/handler.ts';
import { atStep, type Toolkit } from './web-server.ts';

/** On its way through the emulator, an answer names its stream by this header; it goes no further. */
const NAME = 'x-campus-stream';

/** Streams whose answers the emulator is about to send. */
const waiting = new Map<string, Stream>();

type Event = Parameters<StreamingHandler['open']>[0];

const isStreaming = (handler: Handler | StreamingHandler): handler is StreamingHandler => 'open' in handler;

/** Between a handler's answer and its sending no time passes; whoever hung up before it never has it sent. */
const NEVER_SENT_MS = 10_000;

function kept(stream: Stream, patience: number): string {
  const name = randomUUID();
  waiting.set(name, stream);
  setTimeout(() => {
    if (waiting.delete(name)) void stream.return();
  }, patience).unref();
  return name;
}

/**
 * The emulator only marks handlers that stream, and takes nothing from them. From these it gets the head of the answer.
 * @param patience for how many milliseconds a stream waits to be sent; then its client has gone
 */
export function openingStreams(handler: Handler, patience = NEVER_SENT_MS): Handler {
  if (!isStreaming(handler)) return handler;
  return async (event: unknown, context: Context) => {
    const { stream, ...head } = await handler.open(event as Event, context);
    if (!stream) return head;
    return { ...head, headers: { ...head.headers, [NAME]: kept(stream, patience) } };
  };
}

/** A response of the emulator's web server. */
interface HapiResponse {
  readonly headers?: Record<string, unknown>;
  readonly statusCode?: number;
}

interface StreamToolkit extends Toolkit {
  response(body: Readable): { code(status: number): { headers: Record<string, unknown> } };
}

/**
 * Puts the stream in the place of the empty body behind a head, as the gateway does: no faster than the client takes
 * it. A client that hangs up ends the stream, and a stream that breaks off ends the connection.
 */
export function handOn({ response }: { readonly response: HapiResponse }, toolkit: StreamToolkit): unknown {
  const { [NAME]: name, ...headers } = response.headers ?? {};
  const stream = waiting.get(String(name));
  if (!stream) return toolkit.continue;
  waiting.delete(String(name));
  const sending = toolkit.response(stream.readable()).code(response.statusCode ?? 200);
  Object.assign(sending.headers, headers);
  return sending;
}

/** Has the emulator send streams. */
export const sendStreams = (): Promise<void> => atStep('onPreResponse', handOn);
