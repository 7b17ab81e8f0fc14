import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { LOOPBACK } from '../../../project/ports.ts';

/** A request of the tools to AWS, read whole. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<IncomingHttpHeaders>;
  readonly body: string;
}

/** Says what the emulator is asked instead: another body, or nothing where the request goes on as it came. */
export type Adaptation = (asked: Asked) => Promise<string | undefined>;

/** What stands before an emulator, at an address of its own. */
export interface Front {
  readonly url: string;
  stop(): Promise<void>;
}

const isSpoken = ({ headers }: IncomingMessage): boolean =>
  /x-amz-json|x-www-form-urlencoded/.test(headers['content-type'] ?? '');

/** Signatures and sums are of the body that came; emulators check none of them. */
const SUMS = /^(content-length|content-md5|transfer-encoding|x-amz-content-sha256|x-amz-checksum-.*)$/;

/** A request to the emulator whose answer goes back. */
function handOn(endpoint: string, from: IncomingMessage, to: ServerResponse, headers: IncomingHttpHeaders) {
  const { host } = new URL(endpoint);
  const onward = request(endpoint + from.url, { method: from.method, headers: { ...headers, host } }, (answer) => {
    to.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(to);
  });
  return onward.on('error', (error) => to.destroy(error));
}

const withoutSums = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !SUMS.test(name)));

/**
 * Stands before an emulator and changes what it is asked where it lacks something: the tools, the packages and the
 * commands stay those of AWS.
 */
export async function startFront(endpoint: string, adapt: Adaptation): Promise<Front> {
  const server = createServer(async (from, to) => {
    const { method = '', url: path = '', headers } = from;
    if (!isSpoken(from)) return from.pipe(handOn(endpoint, from, to, headers));
    const body = (await buffer(from)).toString();
    try {
      const other = await adapt({ method, path, headers, body });
      return handOn(endpoint, from, to, other === undefined ? headers : withoutSums(headers)).end(other ?? body);
    } catch (error) {
      return to
        .writeHead(500, { 'Content-Type': 'text/plain' })
        .end(`The front of the emulator: ${(error as Error).message}`);
    }
  }).listen(0, LOOPBACK);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
