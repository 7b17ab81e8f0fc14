import type { MiddlewareObj, Request } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { currentScope } from '../../base/scope.ts';
import { corsHeaders } from '../cors.ts';
import { header } from '../headers.ts';

const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

type Headers = Readonly<Record<string, boolean | number | string>>;

/** What an answer varies by: what CORS makes it vary by, and what the operation says. */
function varies(cors: Headers, own: Headers): { Vary?: string } {
  const names = [cors.Vary, own.Vary].filter(Boolean).join(', ');
  return names ? { Vary: names } : {};
}

/** The headers that every answer carries, unless the operation chose another value. */
export function standardHeaders(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const add = ({ event, response }: Request<APIGatewayProxyEvent, APIGatewayProxyResult>): void => {
    if (!response) return;
    const own = response.headers ?? {};
    const cors = corsHeaders(header(event, 'origin'));
    const requestId = currentScope()?.requestId ?? '';
    response.headers = { ...SECURITY_HEADERS, 'X-Request-Id': requestId, ...cors, ...own, ...varies(cors, own) };
  };
  return { after: add, onError: add };
}
