import { header } from '../platform/http/context.ts';
import { preferredLanguage } from '../platform/http/language.ts';
import { problemAnswer } from '../platform/http/middleware/problem-answer.ts';
import type { ProblemFactory } from '../platform/http/problem.ts';
import { problem } from '../platform/http/problems.ts';
import { newId } from '../platform/ids.ts';
import { offlinePart } from './events/handler.ts';

interface Response {
  code(status: number): Response;
  header(name: string, value: string): Response;
}

interface HapiServer {
  ext(
    event: 'onPreResponse',
    handle: (
      request: { response: unknown; headers: Record<string, string> },
      toolkit: { continue: symbol; response(body: string): Response },
    ) => unknown,
  ): void;
}

interface HttpServer {
  create404Route(): void;
  getServer(): HapiServer;
}

const BY_STATUS: Readonly<Record<number, ProblemFactory>> = {
  400: problem.malformed_json,
  401: problem.unauthenticated,
  403: problem.forbidden,
  404: problem.not_found,
  413: problem.payload_too_large,
  415: problem.unsupported_media_type,
};

/** The status of an answer that the emulator gave by itself; undefined where a Lambda answered. */
function ownStatus(response: unknown): number | undefined {
  const { output, source } = response as { output?: { statusCode: number }; source?: unknown };
  if (output) return output.statusCode;
  return typeof source === 'object' && source !== null && 'existingRoutes' in source ? 404 : undefined;
}

/**
 * What the emulator refuses by itself (no token, no such route) is then worded like the rest of the API, as the
 * deployed gateway's responses are.
 */
export async function wordGatewayAnswers(): Promise<void> {
  const { default: Server } = (await import(offlinePart('../events/http/HttpServer.js'))) as {
    default: { prototype: HttpServer };
  };
  const createRoute = Server.prototype.create404Route;
  Server.prototype.create404Route = function create404Route(this: HttpServer) {
    createRoute.call(this);
    this.getServer().ext('onPreResponse', ({ response, headers }, toolkit) => {
      const refusal = BY_STATUS[ownStatus(response) ?? 0];
      if (!refusal) return toolkit.continue;
      const requestId = newId();
      const language = preferredLanguage(header({ headers }, 'accept-language'));
      const answer = problemAnswer(refusal(), language, requestId);
      const worded = toolkit.response(answer.body).code(answer.statusCode).header('X-Request-Id', requestId);
      return Object.entries(answer.headers ?? {}).reduce(
        (one, [name, value]) => one.header(name, String(value)),
        worded,
      );
    });
  };
}
