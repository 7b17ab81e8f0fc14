import * as http from 'node:http';
import * as https from 'node:https';
import { isNativeError } from 'node:util/types';

/** No answer that anybody here asks for is near this long: whatever is, comes from somebody else. */
const MAX_BYTES = 1024 * 1024;

// Connections are kept open between calls: a new one costs a round trip, and over TLS three.
const kept = { keepAlive: true, maxSockets: 50 };
const plain = { request: http.request, agent: new http.Agent(kept) };
const secure = { request: https.request, agent: new https.Agent(kept) };

/** How a request is sent by this protocol (`https:`), and the connections that are kept for it. */
export const transportOf = (protocol: string): typeof plain | typeof secure => (protocol === 'https:' ? secure : plain);

/** An HTTP response, read whole. */
export interface HttpResponse {
  readonly status: number;
  /** The media type, lower-cased, without parameters. */
  readonly type: string;
  readonly headers: Readonly<http.IncomingHttpHeaders>;
  readonly body: string;
}

/** What is sent, and how long is waited for an answer. */
export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: http.OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
  /** Milliseconds of silence after which the call fails with the error of `onTimeout`. */
  readonly timeout?: number;
  readonly onTimeout?: () => Error;
  /** Ends the call whenever it says so. */
  readonly signal?: AbortSignal;
}

/** The body of a response, read whole. @throws Error for one of over a mebibyte */
export async function textOf(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_BYTES) throw new Error(`answered more than ${MAX_BYTES} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Sends a request over a kept connection. `node:http` and not `fetch`: the SDK has it loaded already, so a cold start
 * does not pay for a second client, and a call takes a third of the CPU.
 * @returns the response with its body unread: whoever asked reads it to the end or destroys it
 * @throws the socket's error, with its `code`; an AbortError when the signal says so
 */
export function open(url: URL, { body: sending, onTimeout, ...options }: HttpRequest): Promise<http.IncomingMessage> {
  const { request, agent } = transportOf(url.protocol);
  return new Promise((resolve, reject) => {
    let response: http.IncomingMessage | undefined;
    const sent = request(url, { agent, ...options }, (received) => {
      response = received;
      resolve(received);
    });
    if (onTimeout) sent.on('timeout', () => sent.destroy(onTimeout()));
    // Stays for the whole exchange: an error that nobody listens to would end the process.
    sent.on('error', (error) => {
      reject(error);
      response?.destroy(error);
    });
    sent.end(sending);
  });
}

/** One HTTP exchange: as {@link open}, with the body read whole. @throws as open; Error for a body of over a mebibyte */
export async function send(url: URL, request: HttpRequest): Promise<HttpResponse> {
  const response = await open(url, request);
  const { statusCode: status = 0, headers } = response;
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return { status, type, headers, body: await textOf(response) };
}

const CONNECTION_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Whether the connection failed: nobody is there, or a kept one broke because the other side had just closed it. */
export const isConnectionError = (error: unknown): boolean =>
  isNativeError(error) && CONNECTION_ERRORS.has((error as NodeJS.ErrnoException).code ?? '');
