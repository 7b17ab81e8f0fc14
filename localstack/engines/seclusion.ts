import { randomInt } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ANY_ADDRESS, LOOPBACK, tryPort } from '../../project/ports.ts';

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Ports that browsers never connect to, whatever name led them there ("port blocking" in the Fetch standard), of those
 * that need no rights.
 */
export const BLOCKED_PORTS = [6665, 6666, 6667, 6668, 6669, 6697, 6566, 10_080, 5060, 5061, 1719, 1720, 1723];

/** A random one of the sixteen million loopback addresses, so that few ports are enough for many that run at once. */
const randomLoopback = (): string => `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;

/**
 * An address of this machine that no page in a browser can reach: for a server that answers whoever asks.
 * @param everywhere whether the server listens on all addresses, as one that cannot be told otherwise does
 * @throws Error when every one of the ports is taken
 */
export async function secludedAddress({ everywhere = false } = {}): Promise<Address> {
  // Only Linux has more than one loopback address.
  const host = everywhere || process.platform !== 'linux' ? LOOPBACK : randomLoopback();
  for (const port of shuffled(BLOCKED_PORTS)) {
    const free = await tryPort(port, everywhere ? ANY_ADDRESS : host).catch(() => undefined);
    if (free) return { host, port };
  }
  throw new Error(`none of the ports ${BLOCKED_PORTS.join(', ')} is free on ${host}`);
}

const shuffled = (ports: readonly number[]): number[] =>
  ports
    .map((port) => [randomInt(2 ** 32), port] as const)
    .sort(([a], [b]) => a - b)
    .map(([, port]) => port);

/** Whether a page may have sent this: it tells its origin, or calls us by a name of its own (DNS rebinding). */
export const mayComeFromPage = (headers: IncomingHttpHeaders, { host, port }: Address): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined || headers.host !== `${host}:${port}`;
