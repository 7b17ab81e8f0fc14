import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { type Exchange, type HttpEvent, header } from '../context.ts';

/** The web origins that `CORS_ORIGINS` lets in: none unless it names some. */
export const allowedOrigins = (): readonly string[] =>
  (process.env.CORS_ORIGINS ?? '')
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean);

/** The CORS headers for a request's `Origin` (Fetch standard): only for an origin on the list, and never a wildcard. */
export function corsHeaders(origin: string | undefined): Record<string, string> {
  const allowed = allowedOrigins();
  if (allowed.length === 0) return {};
  if (!origin || !allowed.includes(origin)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': 'ETag, Link, Location, Retry-After, X-Request-Id, X-Cache',
  };
}

/** Lets scripts of the allowed origins read the answer. */
export function cors(): MiddlewareObj<HttpEvent, APIGatewayProxyResult> {
  const add = ({ event, response }: Exchange): void => {
    if (response) response.headers = { ...corsHeaders(header(event, 'origin')), ...response.headers };
  };
  return { after: add, onError: add };
}
