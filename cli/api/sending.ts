import { setTimeout as pause } from 'node:timers/promises';
import { EXIT, Failure, Interrupted } from '../failure.ts';
import { words } from '../language.ts';

const TRIES = 6;
/** Where nobody ever answered: perhaps nobody is there, and whoever waits wants to know. */
const FIRST_TRIES = 3;
const TIMEOUT_MS = 30_000;
/** The longest that a `Retry-After` is waited for: more, and whoever waits is told. */
const PATIENCE_S = 10;

/** The calls that honour an `Idempotency-Key`: sent again under the same key, they happen once. A test compares. */
export const KEYED: readonly RegExp[] = [
  /\/users$/,
  /\/init_student$/,
  /\/add_grade\/[^/]+$/,
  /\/terms$/,
  /\/assessments$/,
  /(?<!dead-letters)\/health\/[^/]+$/,
  /\/products$/,
  /\/orders$/,
  /\/orders\/[^/]+\/(?:payment|refund|buy)$/,
  /\/api\/buy$/,
  /\/persons$/,
  /\/register$/,
  /\/pay\/[^/]+$/,
  /\/fees$/,
  /\/waivers$/,
  /\/reverse$/,
];

/** What comes to the same when it is done twice: what HTTP calls idempotent, and what has a key. */
const isRepeatable = ({ method, headers, url }: Request): boolean =>
  !/^(?:POST|PATCH)$/.test(method) ||
  headers.has('Idempotency-Key') ||
  /\/(?:notify_grades\/\d+|leave|restore|rollover|report-cards|imports?|start|redrive|auth\/log(?:in|out))$/.test(
    new URL(url).pathname,
  );

/** Whether nobody took the connection, so that nothing was sent. */
const isUnsent = (error: unknown): boolean => {
  const { code, cause } = error as { code?: string; cause?: unknown };
  return (
    /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/.test(code ?? '') ||
    (cause ? isUnsent(cause) : false)
  );
};

const unreachable = (url: string): Failure =>
  new Failure(
    words(`the school at ${url} does not answer`, `l'école à l'adresse ${url} ne répond pas`),
    EXIT.unreachable,
    words(
      'is it running? CAMPUS_URL or --profile choose another',
      'tourne-t-elle ? CAMPUS_URL ou --profile en choisissent une autre',
    ),
  );

const waitOf = (response: Response): number => Number(response.headers.get('retry-after') ?? '1');

/** Whether the API asked to come again, soon enough to wait for it, with what may be sent twice. */
const asksAgain = (response: Response, request: Request): boolean =>
  (response.status === 502 || response.status === 503 || response.status === 429) &&
  isRepeatable(request) &&
  !request.url.includes('/auth/login') &&
  waitOf(response) <= PATIENCE_S;

/** What is written into a file as it comes: nobody holds all of it. */
const isFile = ({ ok, headers }: Response): boolean =>
  ok && (headers.get('content-disposition') ?? '').startsWith('attachment');

/**
 * An answer with all of its body, unless it is a file: a connection that is cut in the middle of it is a lost one, too.
 */
async function whole(request: Request): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(request, { signal: patience.signal, redirect: 'manual' });
    return isFile(response) ? response : await read(response);
  } finally {
    clearTimeout(timer);
  }
}

async function read(response: Response): Promise<Response> {
  const body = await response.arrayBuffer();
  const { status, headers } = response;
  return new Response(body.byteLength > 0 ? body : null, { status, headers });
}

/** Where a command sends, and what it waits for between two tries. */
export interface Sending {
  readonly wait?: (ms: number) => Promise<unknown>;
  readonly tries?: number;
}

/**
 * Sends a request until it is answered: a lost connection is tried again under the same `Idempotency-Key`, so that
 * nothing goes in twice; what cannot be repeated safely is sent again only where nothing was sent.
 * @throws Failure when nobody answers
 */
export function sender({ wait = pause, tries = TRIES }: Sending = {}): (request: Request) => Promise<Response> {
  let known = false;
  return async (request) => {
    const { pathname, origin } = new URL(request.url);
    if (
      request.method === 'POST' &&
      KEYED.some((path) => path.test(pathname)) &&
      !request.headers.has('Idempotency-Key')
    )
      request.headers.set('Idempotency-Key', crypto.randomUUID());
    let lost = false;
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= (known || lost ? tries : Math.min(tries, FIRST_TRIES));
      try {
        const response = await whole(request.clone());
        known = true;
        if (!last && asksAgain(response, request)) await wait(waitOf(response) * 1000);
        // It went the first time, and only the answer was lost.
        else if (lost && request.method === 'DELETE' && response.status === 404)
          return new Response(null, { status: 204 });
        else return response;
      } catch (error) {
        if (error instanceof Interrupted) throw error;
        const unsent = isUnsent(error);
        if (last || !(unsent || isRepeatable(request))) throw unreachable(origin);
        lost ||= !unsent;
        await wait(Math.min(2000, 100 * 2 ** attempt));
      }
    }
  };
}
