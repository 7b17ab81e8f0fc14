import { offlinePart } from './events/handler.ts';

/** The web server of serverless-offline, as far as we use it. */
interface HttpServer {
  create404Route(): void;
  getServer(): { ext(event: string, handle: unknown): void };
}

/** What a step returns to let the request go on. */
export interface Toolkit {
  readonly continue: symbol;
}

/**
 * Has each request of the emulator pass through `handle` at a step of its life (hapi's names). serverless-offline offers
 * no place for that, so this is hung on the last thing it does to make its server; what is registered last comes last.
 */
export async function atStep<Request, Tools extends Toolkit, Result>(
  step: 'onRequest' | 'onPreHandler' | 'onPreResponse',
  handle: (request: Request, toolkit: Tools) => Result,
): Promise<void> {
  const { default: Server } = (await import(offlinePart('../events/http/HttpServer.js'))) as {
    default: { prototype: HttpServer };
  };
  const { create404Route } = Server.prototype;
  Server.prototype.create404Route = function withStep(this: HttpServer) {
    create404Route.call(this);
    this.getServer().ext(step, handle);
  };
}
