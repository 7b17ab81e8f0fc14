import * as http from 'node:http';
import * as https from 'node:https';
import { isNativeError } from 'node:util/types';

/** No answer of ours is near this long: whatever is, comes from somebody else. */
const MAX_BYTES = 1024 * 1024;

// Connections are kept open between calls: a new one costs a round trip, and over TLS three.
const plain = { request: http.request, agent: new http.Agent({ keepAlive: true }) };
const secure = { request: https.request, agent: new https.Agent({ keepAlive: true }) };

/** An HTTP answer, read whole. */
export interface Reply {
  readonly status: number;
  /** The media type, lower-cased, without parameters. */
  readonly type: string;
  readonly body: string;
}

async function textOf(response: http.IncomingMessage): Promise<string> {
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
 * One GET over a kept connection. `node:http` and not `fetch`: the SDK has it loaded already, so a cold start does not
 * pay for a second client, and a call takes a third of the CPU.
 * @throws the socket's error, with its `code`; an AbortError when the signal says so
 */
export function get(url: URL, headers: http.OutgoingHttpHeaders, signal: AbortSignal): Promise<Reply> {
  const { request, agent } = url.protocol === 'https:' ? secure : plain;
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers, signal }, (response) => {
      const { statusCode: status = 0, headers: received } = response;
      const type = (received['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
      textOf(response).then((body) => resolve({ status, type, body }), reject);
    });
    // Stays for the whole exchange: an error that nobody listens to would end the process.
    sent.on('error', reject);
    sent.end();
  });
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

/** Whether the connection failed, as a kept one does when the other side had just closed it. */
export const isConnectionError = (error: unknown): boolean =>
  isNativeError(error) && CONNECTION_ERRORS.has((error as NodeJS.ErrnoException).code ?? '');

/** Whether the signal of {@link get} ended the wait. */
export const isTimeout = (error: unknown): boolean => isNativeError(error) && error.name === 'AbortError';
