import type { IncomingMessage } from 'node:http';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { transportOf } from '../base/http-client.ts';

/** A request as the SDK hands it over, its body whole. */
export interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
}

/** An answer as the SDK takes it, read whole. */
export interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** How long is waited, in milliseconds. */
export interface Patience {
  /** Until there is a connection. */
  readonly connection: number;
  /** Until the answer begins, and then for each further piece of it. */
  readonly answer: number;
}

const timedOut = (what: string): Error => Object.assign(new Error(what), { name: 'TimeoutError', code: 'ETIMEDOUT' });

/** A broken connection goes by the name that the SDK's own handler gives it, which its retries know. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const named = (error: NodeJS.ErrnoException): Error =>
  BROKEN.has(error.code ?? '') ? Object.assign(error, { name: 'TimeoutError' }) : error;

const aborted = ({ reason }: AbortSignal): Error =>
  Object.assign(new Error('Request aborted', { cause: reason }), { name: 'AbortError' });

/** Node wants an IPv6 address without its brackets. */
const hostOf = (hostname: string): string => (hostname.startsWith('[') ? hostname.slice(1, -1) : hostname);

const headersOf = ({ headers }: IncomingMessage): Record<string, string> => headers as Record<string, string>;

/**
 * How an SDK client sends a request and reads the answer (its option `requestHandler`), over the connections that all
 * calls share. The SDK's own sets four timers for each call and copies every header; this knows whole bodies only.
 */
class SdkHttp {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #patience: Patience;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** @throws TimeoutError; AbortError; the socket's error with its `code` */
  handle(
    request: SdkRequest,
    { abortSignal }: { readonly abortSignal?: AbortSignal } = {},
  ): Promise<{ readonly response: SdkResponse }> {
    const { method, protocol, hostname, port, path, headers, body } = request;
    const { request: send, agent } = transportOf(protocol);
    return new Promise((resolve, reject) => {
      if (abortSignal?.aborted) return reject(aborted(abortSignal));
      const sent = send({ method, host: hostOf(hostname), port, path, headers, agent });
      const { connection, answer } = this.#patience;
      const silence = setTimeout(() => sent.destroy(timedOut(`no answer within ${answer} ms`)), answer);
      const onAbort = () => sent.destroy(aborted(abortSignal as AbortSignal));
      abortSignal?.addEventListener('abort', onAbort, { once: true });
      const fail = (error: Error) => reject(named(error));
      sent.on('error', fail).on('close', () => {
        clearTimeout(silence);
        abortSignal?.removeEventListener('abort', onAbort);
      });
      sent.on('socket', (socket) => {
        if (!socket.connecting) return;
        const connecting = setTimeout(
          () => sent.destroy(timedOut(`no connection within ${connection} ms`)),
          connection,
        );
        socket.once('connect', () => clearTimeout(connecting)).once('close', () => clearTimeout(connecting));
      });
      sent.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => {
          silence.refresh();
          chunks.push(chunk);
        });
        response.on('error', fail).on('end', () => {
          const whole = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
          resolve({ response: { statusCode: response.statusCode ?? 0, headers: headersOf(response), body: whole } });
        });
      });
      sent.end(body);
    });
  }

  /** The connections are everybody's. */
  destroy(): void {}
}

type Handler = NonNullable<DynamoDBClientConfig['requestHandler']>;

/** {@link SdkHttp}; the type also asks for old signals of the SDK's own, which nobody here gives. */
export const sdkHttp = (patience: Patience): Handler => new SdkHttp(patience) as unknown as Handler;
