import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Language } from './language.ts';
import type { Operation } from './operation.ts';

/** The gateway's event, with what the middlewares learnt about it. */
export interface HttpEvent extends APIGatewayProxyEvent {
  operation: Operation;
  requestId: string;
  language: Language;
  /** The parsed JSON body; undefined when there is none. */
  json: unknown;
}

/** What a middleware sees on the way out. */
export interface Exchange {
  readonly event: HttpEvent;
  response?: APIGatewayProxyResult | null | undefined;
}

/** A header of the request, whatever its spelling. */
export function header(event: Pick<APIGatewayProxyEvent, 'headers'>, name: string): string | undefined {
  for (const [key, value] of Object.entries(event.headers ?? {})) if (key.toLowerCase() === name) return value;
  return undefined;
}

type Addressed = Pick<APIGatewayProxyEvent, 'path' | 'resource' | 'requestContext'>;

const encodeUnsafe = (path: string): string => path.replaceAll(/[^\x21-\x7e]|["<>]/gu, encodeURIComponent);

/**
 * The path under which the client reached us: with the stage, or with the base path that a custom domain maps here. The
 * gateway may have decoded it; a header takes ASCII only.
 */
export const publicPath = ({ path, requestContext }: Addressed): string => encodeUnsafe(requestContext?.path ?? path);

/** What of {@link publicPath} stands before the resource (`/dev`, or nothing): every link starts with it. */
export const basePath = (event: Addressed): string =>
  publicPath(event)
    .split('/')
    .slice(0, 1 - event.resource.split('/').length)
    .join('/');
