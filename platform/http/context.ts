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

/** The stage's part of the public URL (`/dev`), empty on a custom domain and locally: every link starts with it. */
export function basePath({ path, requestContext }: Pick<APIGatewayProxyEvent, 'path' | 'requestContext'>): string {
  const full = requestContext?.path ?? path;
  return full.endsWith(path) ? full.slice(0, -path.length) : '';
}
