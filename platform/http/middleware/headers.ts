import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Exchange, HttpEvent } from '../context.ts';

const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** The headers that every answer carries, unless the operation chose another value. */
export function standardHeaders(): MiddlewareObj<HttpEvent, APIGatewayProxyResult> {
  const add = ({ event, response }: Exchange): void => {
    if (!response) return;
    response.headers = { ...SECURITY_HEADERS, 'X-Request-Id': event.requestId, ...response.headers };
  };
  return { after: add, onError: add };
}
