import type { Server } from 'node:http';
import { offlinePart } from './events/handler.ts';

/** The web server of serverless-offline, as far as we use it: hapi. */
interface Hapi {
  ext(event: string, handle: unknown): void;
  readonly listener: Server;
}

interface HttpServer {
  create404Route(): void;
  getServer(): Hapi;
}

/** What a step returns to let the request go on. */
export interface Toolkit {
  readonly continue: symbol;
}

/**
 * Does something with the web server once it is made. serverless-offline offers no place for that, so this is hung on the
 * last thing it does to make it.
 */
async function onceMade(change: (server: Hapi) => void): Promise<void> {
  const { default: Made } = (await import(offlinePart('../events/http/HttpServer.js'))) as {
    default: { prototype: HttpServer };
  };
  const { create404Route } = Made.prototype;
  Made.prototype.create404Route = function changed(this: HttpServer) {
    create404Route.call(this);
    change(this.getServer());
  };
}

/** Has each request of the emulator pass through `handle` at a step of its life (hapi's names); what is registered last comes last. */
export const atStep = <Request, Tools extends Toolkit, Result>(
  step: 'onRequest' | 'onPreHandler' | 'onPreResponse',
  handle: (request: Request, toolkit: Tools) => Result,
): Promise<void> => onceMade((server) => server.ext(step, handle));

/**
 * For how long a connection is kept on which nothing comes, in milliseconds: a client that is held up for longer than Node's
 * five seconds, on a machine that has much to do, would send its next request to one that is just being closed.
 */
const KEPT_MS = 60_000;

/** Keeps connections for as long as clients do. */
export const keepConnections = (): Promise<void> =>
  onceMade(({ listener }) => {
    listener.keepAliveTimeout = KEPT_MS;
  });
