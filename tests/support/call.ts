import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Role } from '../../platform/http/access.ts';
import type { HttpHandler } from '../../platform/http/endpoint.ts';

/** Who the authorizer would have vouched for. */
export interface Identity {
  readonly username: string;
  readonly role: Role;
  /** Of a session that nobody opened, unless the test is about sessions. */
  readonly session_id?: string;
}

export const admin: Identity = { username: 'admin', role: 'admin' };
export const teacher: Identity = { username: 'prof', role: 'teacher' };
export const student = (username = 'victor'): Identity => ({ username, role: 'student' });
export const guardian = (username = 'parent'): Identity => ({ username, role: 'guardian' });

interface Sent {
  as?: Identity;
  body?: unknown;
  /** Sent as it is, where the point is that it is not JSON. */
  rawBody?: string;
  base64?: boolean;
  headers?: Record<string, string>;
  /** Headers that came in several lines; `headers` has the last of each, as the gateway's event does. */
  lines?: Record<string, string[]>;
  sourceIp?: string;
  /** What stood before the path where the client asked, as the stage does unless the API has a domain of its own. */
  under?: string;
  /** When the gateway received it, in milliseconds since the epoch. */
  receivedAt?: number;
}

export interface Received {
  readonly status: number;
  readonly headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came back
  readonly body: any;
  /** The body as it left, in Base64 where it says so. */
  readonly text: string;
  readonly base64: boolean;
}

/** The routes that a Lambda serves. */
export const routesOf = ({ operations }: HttpHandler): string[] =>
  operations.flatMap(({ route, aliases }) => [route, ...aliases]);

/** The one of these routes that the gateway finds for a path without its query, with the path's variables. */
export function routeFor(routes: readonly string[], method: string, path: string) {
  const candidates = routes
    .map((route) => route.split(' ') as [string, string])
    .filter(([verb]) => verb === method)
    // A literal segment wins over a variable, as it does in API Gateway.
    .sort(([, a], [, b]) => a.split('{').length - b.split('{').length);
  for (const [, resource] of candidates) {
    const pattern = resource.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    const found = new RegExp(`^${pattern}$`).exec(path);
    if (found) return { resource, parameters: { ...found.groups } as Record<string, string> };
  }
  return undefined;
}

const escapedBytes = (value: string): string =>
  value.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** A parameter of a path as a gateway decodes it, which does not refuse what is broken. */
const decoded = (value: string): string => Buffer.from(escapedBytes(value), 'latin1').toString('utf8');

function eventFor(handler: HttpHandler, request: string, sent: Sent): APIGatewayProxyEvent {
  const [method = '', target = ''] = request.split(' ');
  const url = new URL(target, 'http://campus.test');
  const found = routeFor(routesOf(handler), method, url.pathname);
  if (!found) throw new Error(`No operation of this handler serves ${method} ${url.pathname}`);
  const { resource, parameters } = found;
  const query = Object.fromEntries(url.searchParams);
  const json = sent.body === undefined ? null : JSON.stringify(sent.body);
  const authorizer = sent.as && { session_id: randomUUID(), ...sent.as };
  return {
    httpMethod: method,
    path: url.pathname,
    resource,
    pathParameters: Object.fromEntries(Object.entries(parameters).map(([k, v]) => [k, decoded(v)])),
    queryStringParameters: query,
    multiValueQueryStringParameters: Object.fromEntries(
      [...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name)]),
    ),
    headers: { ...(json && { 'Content-Type': 'application/json' }), ...sent.headers },
    multiValueHeaders: sent.lines ?? {},
    body: sent.rawBody ?? json,
    isBase64Encoded: sent.base64 ?? false,
    requestContext: {
      requestId: randomUUID(),
      authorizer,
      path: (sent.under ?? '') + url.pathname,
      identity: { sourceIp: sent.sourceIp ?? '192.0.2.1' },
      requestTimeEpoch: sent.receivedAt,
    },
  } as unknown as APIGatewayProxyEvent;
}

/**
 * Calls a Lambda as API Gateway would.
 * @param request method and path with query, `GET /students?limit=2`
 */
export async function call(handler: HttpHandler, request: string, sent: Sent = {}): Promise<Received> {
  const { statusCode, headers = {}, body, isBase64Encoded = false } = await handler(eventFor(handler, request, sent));
  const isJson = /\bjson\b/.test(String(headers['Content-Type'] ?? ''));
  return {
    status: statusCode,
    headers: headers as Record<string, string>,
    body: isJson && body ? JSON.parse(body) : undefined,
    text: body,
    base64: isBase64Encoded,
  };
}
