import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { StartFailure } from '../failure.ts';

const loopback = '127.0.0.1';

/** A loopback port that nobody uses right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, loopback);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Fails with one clear line when the port cannot be had. */
export async function requireFreePort(port: number): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, loopback);
    await once(server, 'listening');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'EACCES' ? 'needs more rights' : 'is already taken';
    throw new StartFailure(
      `port ${port} ${reason}; PORT chooses another, for example PORT=${suggestion(port)} npm start.`,
    );
  }
  server.close();
  await once(server, 'close');
}

/** Waits until something accepts connections on the port. */
export async function waitForPort(port: number, signal: AbortSignal): Promise<void> {
  while (!(await accepts(port))) await pause(10, undefined, { signal });
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, loopback);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function suggestion(port: number): number {
  return port < 1024 || port > 65_000 ? 3000 : port + 1;
}
