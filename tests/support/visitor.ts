import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { parseSetCookie } from 'cookie';
import type { SiteHandler } from '../../platform/http/site.ts';
import { urlOf } from './http.ts';
import { greedyPart } from './project.ts';

/** What a browser is answered, before it does anything about it. */
export interface PageAnswer {
  readonly status: number;
  /** Under lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly text: string;
}

/** A request as a browser sends it. */
export interface PageRequest {
  readonly method: 'GET' | 'POST' | 'HEAD';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

export type Send = (request: PageRequest) => Promise<PageAnswer>;

/** How often a page that says when to come back is asked for again. */
const RETURNS = 4;

/**
 * Over the wire, to the Campus that runs. Who is asked to come back does: an emulator in one process may take longer for
 * the calls of a page than the page waits.
 */
export const overHttp: Send = async (request) => {
  for (let left = RETURNS; ; left -= 1) {
    const answer = await exchange(request);
    const seconds = Number(answer.headers['retry-after']);
    if (request.method !== 'GET' || answer.status !== 503 || !seconds || left === 0) return answer;
    await setTimeout(seconds * 1000);
  }
};

const exchange: Send = async ({ method, path, headers, body }) => {
  const init = { method, headers, redirect: 'manual' as const, ...(body !== undefined && { body }) };
  const response = await fetch(urlOf(path), init);
  const text = await response.text();
  const { status } = response;
  return { status, headers: Object.fromEntries(response.headers), cookies: response.headers.getSetCookie(), text };
};

/** The resource of the gateway that a path falls under, with what of it is variable. */
function resourceOf(path: string): Pick<APIGatewayProxyEvent, 'resource' | 'pathParameters'> {
  const greedy = greedyPart(path);
  if (greedy)
    return { resource: `${greedy}{proxy+}`, pathParameters: { proxy: decodeURIComponent(path.slice(greedy.length)) } };
  const id = /^\/buy\/(.+)$/.exec(path)?.[1];
  return id ? { resource: '/buy/{id}', pathParameters: { id } } : { resource: path, pathParameters: null };
}

/** Straight to a handler, as the gateway would. @param stage what stands in front of every path: `/dev` */
export const toHandler =
  (handler: SiteHandler, stage = ''): Send =>
  async ({ method, path, headers, body }) => {
    const url = new URL(path, 'http://campus.test');
    const own = url.pathname.slice(stage.length) || '/';
    const result = await handler({
      httpMethod: method,
      path: own,
      ...resourceOf(own),
      queryStringParameters: Object.fromEntries(url.searchParams),
      multiValueQueryStringParameters: {},
      headers: { Host: 'campus.test', ...headers },
      multiValueHeaders: {},
      body: typeof body === 'object' ? Buffer.from(body).toString('base64') : (body ?? null),
      isBase64Encoded: typeof body === 'object',
      requestContext: { requestId: randomUUID(), path: url.pathname, identity: { sourceIp: '203.0.113.9' } },
    } as unknown as APIGatewayProxyEvent);
    const lowerCased = Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
    return {
      status: result.statusCode,
      headers: Object.fromEntries(lowerCased),
      cookies: (result.multiValueHeaders?.['Set-Cookie'] ?? []).map(String),
      text: result.body,
    };
  };

/** What a browser of today says of a form that one of the site's own pages sent. */
export const SAME_ORIGIN = { 'Sec-Fetch-Site': 'same-origin' } as const;

const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** The hidden fields of a page's form, as the browser would send them. @param action what its address ends in */
export function hiddenFields(text: string, action: string): Record<string, string> {
  const forms = [...text.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)];
  const form = forms.find(([, address = '']) => address === action || address.endsWith(action));
  if (!form) throw new Error(`No form for ${action} among ${forms.map(([, address]) => address).join(', ') || 'none'}`);
  const hidden = form[2]?.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g) ?? [];
  return Object.fromEntries([...hidden].map(([, name = '', value = '']) => [name, unescaped(value)]));
}

interface Habits {
  readonly language?: string;
  /** What is sent with every form: nothing, for a browser that says nothing of where it comes from. */
  readonly forms?: Readonly<Record<string, string>>;
}

/** Somebody with a browser: it keeps cookies, and follows a redirect only when it is told to. */
export class Visitor {
  readonly jar = new Map<string, string>();
  readonly #send: Send;
  readonly #habits: Habits;

  constructor(send: Send, habits: Habits = {}) {
    this.#send = send;
    this.#habits = habits;
  }

  async #ask(request: Omit<PageRequest, 'headers'>, headers: Readonly<Record<string, string>>): Promise<PageAnswer> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = {
      Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      'Accept-Language': this.#habits.language ?? 'fr',
      ...(cookie && { Cookie: cookie }),
      ...headers,
    };
    const answer = await this.#send({ ...request, headers: sent });
    for (const one of answer.cookies) this.#keep(one);
    return answer;
  }

  #keep(header: string): void {
    const { name, value, maxAge } = parseSetCookie(header);
    if (maxAge !== undefined && maxAge <= 0) this.jar.delete(name);
    else this.jar.set(name, encodeURIComponent(value ?? ''));
  }

  get(path: string): Promise<PageAnswer> {
    return this.#ask({ method: 'GET', path }, {});
  }

  /** Sends a form, just these fields. */
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers = this.#habits.forms ?? {},
  ): Promise<PageAnswer> {
    const body = new URLSearchParams(fields).toString();
    return this.#ask(
      { method: 'POST', path, body },
      { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    );
  }

  /** Sends a form in parts, as one with a file is sent. */
  async postParts(path: string, form: FormData, headers = this.#habits.forms ?? {}): Promise<PageAnswer> {
    const packed = new Response(form);
    const type = packed.headers.get('content-type') ?? '';
    const body = new Uint8Array(await packed.arrayBuffer());
    return this.#ask({ method: 'POST', path, body }, { 'Content-Type': type, ...headers });
  }

  /** Sends a page's form as it was shown, with what is typed into it. */
  submit(page: PageAnswer, action: string, typed: Readonly<Record<string, string>> = {}): Promise<PageAnswer> {
    return this.post(action, { ...hiddenFields(page.text, action), ...typed });
  }

  /** The page to which an answer leads, over as many steps as it takes. */
  async follow(answer: PageAnswer): Promise<PageAnswer> {
    let last = answer;
    for (let step = 0; step < 10 && [302, 303, 307, 308].includes(last.status); step += 1)
      last = await this.get(last.headers.location ?? '');
    return last;
  }

  /** Signs in by the page, and gives the page that it leads to. */
  async signIn(username: string, password: string): Promise<PageAnswer> {
    const answer = await this.submit(await this.get('/'), '/', { username, password });
    if (answer.status !== 303) throw new Error(`${username} cannot sign in: ${answer.status}`);
    return this.follow(answer);
  }
}
