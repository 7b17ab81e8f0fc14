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

/** A loopback port that nobody uses right now. */
export const freePort = (): Promise<number> => tryPort(0);

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
