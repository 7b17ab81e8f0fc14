import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { log } from '../../../platform/base/log.ts';
import { Problem } from '../../../platform/base/problem.ts';
import { currentScope, within } from '../../../platform/base/scope.ts';
import type { Match } from '../../../platform/http/site.ts';
import type { Leaving } from '../../../platform/http/stream.ts';
import { Refusal, SessionOver } from './api.ts';
import { keep } from './cookies.ts';
import type { Download } from './download.ts';
import { isForeign, isOurs, TOKEN_FIELD } from './forgery.ts';
import { framed } from './frame.ts';
import { keepable, keepingEntrance, SHOWN_AGAIN, waitingForm } from './kept.ts';
import { type File, type Move, type Page, type Reply, type Screen, type Told, withQuery } from './page.ts';
import { cleaned, RENEWING, type Renewal, renewal, retried } from './renew.ts';
import * as screens from './screens.ts';
import { uploadOf } from './upload.ts';
import { Visit } from './visit.ts';
import { setClocks } from './zone.ts';

/** Nothing runs, styles or is loaded but what this origin serves, and no page may be put into another. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** A page with a script of its own may ask this origin, and no other. */
const policyFor = ({ script }: Screen): string => (script ? `${POLICY}; connect-src 'self'` : POLICY);

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  // Other sites learn nothing; without one at all the browser would not say either where our own forms come from.
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  Vary: 'Accept, Accept-Language, Cookie',
};

const result = (
  statusCode: number,
  headers: Readonly<Record<string, string>>,
  cookies: readonly string[],
  body = '',
): APIGatewayProxyResult => ({
  statusCode,
  headers: { ...headers },
  ...(cookies.length > 0 && { multiValueHeaders: { 'Set-Cookie': [...cookies] } }),
  body,
});

/** The way to a path of ours. @param status 303 to get it, 307 to send the same form there */
const moved = (visit: Visit, path: string, cookies: readonly string[], status = 303): APIGatewayProxyResult =>
  result(status, { Location: visit.to(path) }, [...visit.kept, ...cookies]);

async function shown(visit: Visit, screen: Screen): Promise<APIGatewayProxyResult> {
  const body = await framed(visit, screen);
  const { status = 200, retryAfter, onward } = screen;
  const retry = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  const refresh = onward === undefined ? {} : { Refresh: `0; url=${onward}` };
  const own = { 'Content-Security-Policy': policyFor(screen), 'Content-Language': visit.language };
  return result(status, { ...HEADERS, ...own, ...retry, ...refresh }, visit.kept, body);
}

const told = (visit: Visit, { json }: Told): APIGatewayProxyResult =>
  result(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }, visit.kept, JSON.stringify(json));

const served = ({ type, text }: File): APIGatewayProxyResult =>
  result(200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' }, [], text);

/** A browser saves it, whatever its service would have it do. */
const attached = (disposition = 'attachment'): string => disposition.replace(/^\s*inline\b/i, 'attachment');

/** What only its visitor may see is kept nowhere on the way, and runs nothing where a browser shows it. */
function saved({ type, disposition, content }: Download): Leaving {
  const headers = {
    'Content-Type': type,
    'Content-Disposition': attached(disposition),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, no-store',
  };
  return typeof content === 'string'
    ? result(200, headers, [], content)
    : { ...result(200, headers, []), stream: content };
}

function answered(visit: Visit, reply: Reply): Promise<Leaving> | Leaving {
  if ('to' in reply) return arriving(visit, reply);
  if ('content' in reply) return saved(reply);
  if ('json' in reply) return told(visit, reply);
  return 'text' in reply ? served(reply) : shown(visit, reply);
}

const arriving = (visit: Visit, { to, news, cookies = [] }: Move): APIGatewayProxyResult =>
  moved(visit, to, [...cookies, ...(news ? [keep('told', news, 60)] : [])]);

/** The page where somebody signs in, who is then led back; a form that was sent waits in it, where it may. */
function toSignIn(
  visit: Visit,
  page: Page,
  cookies: readonly string[],
): Promise<APIGatewayProxyResult> | APIGatewayProxyResult {
  const query = new URLSearchParams(visit.query);
  query.delete(RENEWING);
  const here = withQuery(visit.path, Object.fromEntries(query));
  const kept = visit.event.httpMethod === 'POST' ? keepable(visit, page) : undefined;
  if (kept) return waiting(visit, here, kept, cookies);
  const news = cookies.length > 0 ? [keep('told', 'session_over', 60)] : [];
  return moved(visit, withQuery('/', { next: here === '/home' ? undefined : here }), [...cookies, ...news]);
}

async function waiting(visit: Visit, next: string, kept: string, cookies: readonly string[]) {
  visit.kept.push(...cookies);
  visit.session = undefined;
  return shown(visit, await keepingEntrance(visit, { next, kept }));
}

async function renewed(visit: Visit, way: Renewal, page: Page): Promise<APIGatewayProxyResult | undefined> {
  if ('again' in way) return moved(visit, way.again, way.cookies, 307);
  if (page.signedIn) return toSignIn(visit, page, way.over);
  visit.kept.push(...way.over);
  return undefined;
}

/** What became of a page that could not be shown. */
async function failed(visit: Visit, page: Page, error: unknown): Promise<APIGatewayProxyResult> {
  if (error instanceof SessionOver) {
    const way = retried(visit);
    return 'again' in way ? moved(visit, way.again, way.cookies, 307) : toSignIn(visit, page, way.over);
  }
  if (error instanceof Refusal) return shown(visit, screens.refused(visit, error));
  if (error instanceof Problem) {
    // By its key a form is sent again as it was, also where nothing was typed that should wait over a sign-in.
    const keeps = page.keeps || visit.typed('key') !== '';
    const kept = visit.event.httpMethod === 'POST' ? keepable(visit, { ...page, keeps }) : undefined;
    const { retryAfter } = error;
    return shown(
      visit,
      kept ? waitingForm(visit, page, kept, retryAfter) : screens.unavailable(visit, page, retryAfter),
    );
  }
  log.error('page failed', { error });
  return shown(visit, screens.broken(visit, currentScope()?.requestId ?? ''));
}

/** Whether a form may be taken; if not, why. */
async function refusalOf(visit: Visit): Promise<Screen | undefined> {
  if (!visit.form) return screens.noForm(visit);
  const taken = await isOurs(visit.event, visit.typed(TOKEN_FIELD) || undefined, visit.formOwner);
  return taken ? undefined : screens.forged(visit);
}

async function visited(visit: Visit, page: Page): Promise<Leaving> {
  const isPost = visit.event.httpMethod === 'POST';
  if (isPost && isForeign(visit.event)) return shown(visit, screens.forged(visit));
  const way = await renewal(visit);
  const instead = way && (await renewed(visit, way, page));
  if (instead) return instead;
  if (page.signedIn && !visit.session) return toSignIn(visit, page, []);
  const clean = isPost ? undefined : cleaned(visit);
  if (clean) return moved(visit, clean, []);
  const refusal = isPost ? await refusalOf(visit) : undefined;
  if (refusal) return shown(visit, refusal);
  if (page.signedIn && !page.isFile) await setClocks(visit);
  const isAgain = isPost && visit.typed(SHOWN_AGAIN) !== '';
  const show = isPost ? (isAgain && page.again) || page.post : page.get;
  return show ? answered(visit, await show(visit)) : shown(visit, screens.notFound(visit));
}

const allowed = (page: Page, { httpMethod }: APIGatewayProxyEvent): boolean =>
  page.methods.some((method) => method === httpMethod || (method === 'GET' && httpMethod === 'HEAD'));

/** Answers a request for a page. */
export async function serve(event: APIGatewayProxyEvent, { page, path, variables }: Match<Page>): Promise<Leaving> {
  const visit = new Visit(event, { path, variables }, page?.takesFile ? await uploadOf(event) : undefined);
  const scope = { requestId: '', ...currentScope(), language: visit.language };
  return within(scope, async () => {
    if (!page) return shown(visit, screens.notFound(visit));
    if (!allowed(page, event)) return shown(visit, screens.wrongMethod(visit));
    return visited(visit, page).catch((error: unknown) => failed(visit, page, error));
  });
}
