import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { corsHeaders } from './cors.ts';
import { header } from './headers.ts';

/** What a script of an allowed origin may do beyond a plain GET, and for how long (seconds) the browser may remember. */
const PERMISSIONS = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers':
    'Authorization, Content-Type, Accept-Language, Idempotency-Key, If-Match, If-None-Match, X-Request-Id',
  'Access-Control-Max-Age': '7200',
};

/** Answers a browser's question whether it may call (CORS preflight, Fetch standard): a bare 204 says no. */
export async function handler(event: Pick<APIGatewayProxyEvent, 'headers'>): Promise<APIGatewayProxyResult> {
  const allowed = corsHeaders(header(event, 'origin'));
  const mayCall = 'Access-Control-Allow-Origin' in allowed;
  return { statusCode: 204, headers: { ...allowed, ...(mayCall && PERMISSIONS) }, body: '' };
}
