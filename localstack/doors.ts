import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { LOOPBACK } from '../project/ports.ts';

/**
 * Answers on further ports what the first one answers: the programs that Campus takes the place of each had a port of
 * their own. Connections are handed through as they are, so nothing of a request changes.
 * @param host the address to listen on
 * @returns what shuts them again
 */
export async function openDoors([main, ...others]: readonly [number, ...number[]], host: string): Promise<() => void> {
  const open = new Set<Socket>();
  const servers = await Promise.all(others.map((port) => doorTo(main, { port, host }, open)));
  return () => {
    for (const server of servers) server.close();
    for (const socket of open) socket.destroy();
  };
}

async function doorTo(main: number, at: { port: number; host: string }, open: Set<Socket>): Promise<Server> {
  const server = createServer((outside) => {
    const inside = connect(main, LOOPBACK);
    for (const [socket, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      open.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
  }).listen(at);
  await once(server, 'listening');
  return server;
}
