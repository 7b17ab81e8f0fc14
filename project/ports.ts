import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { type Patience, until } from './until.ts';

export const LOOPBACK = '127.0.0.1';
export const ANY_ADDRESS = '0.0.0.0';

/** Takes a port, a loopback one by default, and gives it back at once. @throws the system's error when it cannot be had */
export async function tryPort(port: number, host = LOOPBACK): Promise<number> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return taken;
}

/**
 * Ports that no system gives to a connection by itself (Linux begins at 32768): what is free now is free until it is used,
 * however many calls go out meanwhile.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_767;

/** A loopback port that nobody uses right now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const free = await tryPort(randomInt(FIRST_PORT, LAST_PORT + 1)).catch(() => undefined);
    if (free !== undefined) return free;
  }
}

/** Waits until something accepts connections on a port, a loopback one by default. */
export const waitForPort = (port: number, { host = LOOPBACK, ...patience }: Patience & { host?: string }) =>
  until(() => accepts(port, host), patience);

async function accepts(port: number, host: string): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
