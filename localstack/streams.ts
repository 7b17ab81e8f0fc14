import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Context } from 'aws-lambda';
import type { Leaving } from '../platform/http/stream.ts';
import type { StreamingHandler } from '../platform/http/streaming.ts';
import type { Handler } from './events/handler.ts';
import { atStep, type Toolkit } from './web-server.ts';

/** On its way through the emulator, an answer names its stream by this header; it goes no further. */
const NAME = 'x-campus-stream';

/** Streams whose answers the emulator is about to send. */
const waiting = new Map<string, NonNullable<Leaving['stream']>>();

type Event = Parameters<StreamingHandler['open']>[0];

const isStreaming = (handler: Handler | StreamingHandler): handler is StreamingHandler => 'open' in handler;

/** The emulator only marks handlers that stream, and takes nothing from them. From these it gets the head of the answer. */
export function openingStreams(handler: Handler): Handler {
  if (!isStreaming(handler)) return handler;
  return async (event: unknown, context: Context) => {
    const { stream, ...head } = await handler.open(event as Event, context);
    if (!stream) return head;
    const name = randomUUID();
    waiting.set(name, stream);
    return { ...head, headers: { ...head.headers, [NAME]: name } };
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
