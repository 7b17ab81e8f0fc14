import { breaches, type Exchange } from './conformance.ts';
import { record } from './recording.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came back
  readonly body: any;
  readonly text: string;
}

interface Request {
  readonly token?: string | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, of the type that the headers say. */
  readonly file?: string | Uint8Array | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

function baseUrl(): string {
  const base = process.env.CAMPUS_URL;
  if (!base) throw new Error('CAMPUS_URL is not set: no Campus to call');
  return base.replace(/\/$/, '');
}

/** What links of a deployed API begin with: its stage. An emulator has more in front of it, which links do not know. */
function stagePath(): string {
  const { pathname } = new URL(baseUrl());
  const stage = /^\/_aws\/execute-api\/[^/]+\/([^/]+)$/.exec(pathname)?.[1];
  return stage ? `/${stage}` : pathname.replace(/\/$/, '');
}

/** A link that the API gave (`Location`, `Link`) as the path that {@link call} takes: without the stage. */
export function pathOf(link: string): string {
  const stage = stagePath();
  return stage && link.startsWith(`${stage}/`) ? link.slice(stage.length) : link;
}

/** The address of a path of the API, or of a link it gave; a deployed one has its stage in it, so paths are joined. */
export const urlOf = (path: string): string => baseUrl() + pathOf(path);

function mustConform(exchange: Exchange): void {
  const found = breaches(exchange);
  const { method, path, status } = exchange;
  if (found.length > 0)
    throw new Error(`${method} ${path} → ${status} is not what openapi.json says: ${found.join('; ')}`);
  record(exchange);
}

/**
 * Calls the API over the wire. A redirect is an answer, not followed.
 * @throws Error when the answer, or a request that was accepted, is not what `openapi.json` describes
 */
export async function call(
  method: string,
  path: string,
  { token, body, file, headers }: Request = {},
): Promise<Answer> {
  const response = await fetch(urlOf(path), {
    method,
    redirect: 'manual',
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(file !== undefined && { body: file as string }),
  });
  const text = await response.text();
  // The emulator gives an empty answer a type.
  const type = text ? (response.headers.get('content-type') ?? '') : '';
  const received = /\bjson\b/.test(type) && text ? JSON.parse(text) : undefined;
  const { status } = response;
  mustConform({ method, path: pathOf(path), sent: body, status, type, received });
  return { status, headers: response.headers, text, body: received };
}

/** Signs in and returns the access token. */
export async function logIn(username: string, password: string): Promise<string> {
  const { status, body } = await call('POST', '/auth/login', { body: { username, password } });
  if (status !== 200) throw new Error(`${username} cannot sign in: ${status} ${body?.code}`);
  return body.access_token;
}
