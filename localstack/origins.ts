import { allowedOrigins } from '../platform/http/middleware/cors.ts';
import { offlinePart } from './events/handler.ts';

type Headers = Record<string, unknown>;

interface Exchange {
  readonly headers: Readonly<Record<string, string>>;
  readonly response: { readonly headers?: Headers; readonly output?: { readonly headers: Headers } };
}

interface HttpServer {
  create404Route(): void;
  getServer(): {
    ext(event: 'onPreResponse', handle: (exchange: Exchange, toolkit: { continue: symbol }) => symbol): void;
  };
}

/** The emulator lets in whatever origin asks, with credentials. What the handlers say about origins is to count. */
export async function keepToAllowedOrigins(): Promise<void> {
  const { default: Server } = (await import(offlinePart('../events/http/HttpServer.js'))) as {
    default: { prototype: HttpServer };
  };
  const create404Route = Server.prototype.create404Route;
  Server.prototype.create404Route = function addOriginCheck(this: HttpServer) {
    create404Route.call(this);
    // What is registered last speaks last.
    this.getServer().ext('onPreResponse', ({ headers, response }, toolkit) => {
      correct(response.output?.headers ?? response.headers ?? {}, headers.origin);
      return toolkit.continue;
    });
  };
}

function correct(answered: Headers, origin: string | undefined): void {
  const mayCall = origin !== undefined && allowedOrigins().includes(origin);
  for (const name of Object.keys(answered)) {
    if (name === 'access-control-allow-credentials' || (!mayCall && name.startsWith('access-control-'))) {
      delete answered[name];
    }
  }
}
