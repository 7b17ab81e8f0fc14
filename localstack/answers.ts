import { newId } from '../platform/base/ids.ts';
import { preferredLanguage } from '../platform/base/language.ts';
import type { Problem } from '../platform/base/problem.ts';
import { problem } from '../platform/base/problems.ts';
import { isReadable } from '../platform/http/address.ts';
import { corsHeaders, mayCall } from '../platform/http/cors.ts';
import { header } from '../platform/http/headers.ts';
import { problemAnswer } from '../platform/http/middleware/problem-answer.ts';
import { noRoute, unauthenticated, wrongMethod } from '../platform/http/refusals.ts';
import type { Serverless } from '../project/serverless.ts';
import { isAuthorizerFailure } from './authorizers.ts';
import { atStep, type Toolkit } from './web-server.ts';

const BY_STATUS: Readonly<Record<number, () => Problem>> = {
  400: problem.malformed_json,
  403: problem.forbidden,
  413: problem.payload_too_large,
  415: problem.unsupported_media_type,
};

/** A method and a path of the gateway, the path as a pattern. */
type Route = readonly [method: string, path: RegExp];

/** The routes of a service, as a client asks for them. */
export const routesOf = ({ service }: Pick<Serverless, 'service'>): Route[] =>
  Object.values(service.functions).flatMap(({ events = [] }) =>
    events.flatMap(({ http }) => (http ? [[http.method.toUpperCase(), patternOf(http.path)] as const] : [])),
  );

const VARIABLE = '[^/]+';
const GREEDY = '[^/].*';
const variablesIn = (pattern: RegExp): number => pattern.source.split('[^').length;

const patternOf = (path: string): RegExp => {
  const parts = path.split('/').filter(Boolean);
  const patterns = parts.map((part) => {
    if (part.endsWith('+}')) return GREEDY;
    return part.startsWith('{') ? VARIABLE : part.replaceAll('.', '\\.');
  });
  return new RegExp(`^/${patterns.join('/')}/?$`);
};

/** No such route: not at all, or not with this method. */
function unrouted(routes: readonly Route[], method: string, path: string): Problem {
  const matching = routes.filter(([, pattern]) => pattern.test(path));
  // A literal path wins over a variable, whose methods then are another's.
  const fewest = Math.min(...matching.map(([, pattern]) => variablesIn(pattern)));
  const allowed = matching.filter(([, pattern]) => variablesIn(pattern) === fewest).map(([one]) => one);
  return allowed.length > 0 ? wrongMethod(method, allowed) : noRoute(method, path);
}

/** What the emulator refused by itself; undefined where a Lambda answered. */
function refusalOf({ path, method, headers, response }: HapiRequest, routes: readonly Route[]): Problem | undefined {
  const { output, source } = response;
  if (output?.statusCode === 400 && !isReadable(path)) return problem.malformed_address();
  if (isAuthorizerFailure(response)) return problem.busy();
  if (output?.statusCode === 401) return unauthenticated(headers.authorization);
  const isUnrouted = typeof source === 'object' && source !== null && 'existingRoutes' in source;
  if (isUnrouted || output?.statusCode === 404) return unrouted(routes, method.toUpperCase(), path);
  return output && BY_STATUS[output.statusCode]?.();
}

/**
 * What the emulator refuses by itself (no token, no such route) is then worded like the rest of the API, as the
 * deployed gateway's responses are.
 */
export function wordGatewayAnswers(serverless: Pick<Serverless, 'service'>): Promise<void> {
  const routes = routesOf(serverless);
  return beforeAnswers((request, toolkit) => {
    const refusal = refusalOf(request, routes);
    if (!refusal) return toolkit.continue;
    const { headers } = request;
    const requestId = newId();
    const language = preferredLanguage(header({ headers }, 'accept-language'));
    const answer = problemAnswer(refusal, language, requestId);
    const worded = toolkit.response(answer.body).code(answer.statusCode).header('X-Request-Id', requestId);
    return Object.entries({ ...answer.headers, ...corsHeaders(headers.origin) }).reduce<HapiResponse>(
      (response, [name, value]) => response.header(name, String(value)),
      worded,
    );
  });
}

/** The emulator takes a slash at the end away before anybody sees it, so it is here that a page keeps to its address. */
export const keepToOneAddress = (): Promise<void> =>
  beforeAnswers(({ raw, response }, toolkit) => {
    const [path = '', query] = raw.req.url.split('?', 2);
    const isPage = /^text\/html\b/.test(String(response.headers?.['content-type']));
    if (!isPage || path === '/' || !path.endsWith('/')) return toolkit.continue;
    const Location = path.replace(/\/+$/, '') + (query === undefined ? '' : `?${query}`);
    return toolkit.response('').code(308).header('Location', Location);
  });

/** A terminal then shows each answer on a line of its own. */
export const endLines = (): Promise<void> =>
  beforeAnswers(({ response }, toolkit) => {
    const { source, headers } = response;
    if (typeof source === 'string' && source !== '' && /\bjson\b/.test(String(headers?.['content-type'])))
      Object.assign(response, { source: `${source}\n` });
    return toolkit.continue;
  });

/** The emulator lets in whatever origin asks, with credentials. What the handlers say about origins is to count. */
export const keepToAllowedOrigins = (): Promise<void> =>
  beforeAnswers(({ headers, response, info }, toolkit) => {
    correct(response.output?.headers ?? response.headers ?? {}, headers.origin);
    // What it adds after this step, to answers for routes that do not exist, it adds to a match only.
    if (info.cors) info.cors.isOriginMatch = false;
    return toolkit.continue;
  });

function correct(answered: Record<string, unknown>, origin: string | undefined): void {
  for (const name of Object.keys(answered)) {
    if (name === 'access-control-allow-credentials' || (!mayCall(origin) && name.startsWith('access-control-'))) {
      delete answered[name];
    }
  }
}

/** A response of the emulator's web server, being built. */
interface HapiResponse {
  code(status: number): HapiResponse;
  header(name: string, value: string): HapiResponse;
}

/** A request when its response goes out, which is an error (`output`) where the server itself refuses. */
interface HapiRequest {
  readonly path: string;
  readonly raw: { readonly req: { readonly url: string } };
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly info: { readonly cors?: { isOriginMatch: boolean } };
  readonly response: {
    readonly source?: unknown;
    readonly message?: string;
    readonly headers?: Record<string, unknown>;
    readonly output?: { readonly statusCode: number; readonly headers: Record<string, unknown> };
  };
}

interface AnswerToolkit extends Toolkit {
  response(body: string): HapiResponse;
}

const beforeAnswers = (handle: (request: HapiRequest, toolkit: AnswerToolkit) => HapiResponse | symbol) =>
  atStep('onPreResponse', handle);
