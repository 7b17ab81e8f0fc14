import { offlinePart } from './events/handler.ts';

/** A response of the emulator's web server, being built. */
export interface Reply {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
}

/** What goes out: headers of the request, and the response, which is an error (`output`) where the server itself refuses. */
export interface Exchange {
  readonly headers: Readonly<Record<string, string>>;
  readonly response: {
    readonly source?: unknown;
    readonly headers?: Record<string, unknown>;
    readonly output?: { readonly statusCode: number; readonly headers: Record<string, unknown> };
  };
}

export interface Toolkit {
  readonly continue: symbol;
  response(body: string): Reply;
}

type Handle = (exchange: Exchange, toolkit: Toolkit) => Reply | symbol;

interface HttpServer {
  create404Route(): void;
  getServer(): { ext(event: 'onPreResponse', handle: Handle): void };
}

/**
 * Has each answer of the emulator pass through `handle` before it leaves. serverless-offline offers no place for that,
 * so this is hung on the last step of making its server; what is registered last speaks last.
 */
export async function beforeAnswers(handle: Handle): Promise<void> {
  const { default: Server } = (await import(offlinePart('../events/http/HttpServer.js'))) as {
    default: { prototype: HttpServer };
  };
  const { create404Route } = Server.prototype;
  Server.prototype.create404Route = function withHandle(this: HttpServer) {
    create404Route.call(this);
    this.getServer().ext('onPreResponse', handle);
  };
}
