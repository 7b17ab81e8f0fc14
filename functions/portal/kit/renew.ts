import { setTimeout as pause } from 'node:timers/promises';
import { attempt, Refusal } from './api.ts';
import { drop } from './cookies.ts';
import { cookiesFor, forgotten, Pair } from './session.ts';
import type { Visit } from './visit.ts';

/** The query parameter that counts how often a page was asked for anew while its session was being refreshed. */
export const RENEWING = 'renewing';

/** How long and how often a page waits for the tokens that another tab has got, in milliseconds. */
const PAUSE_MS = 300;
const MOST_WAITS = 8;

/** What a page without an access token does: asks for itself anew with these cookies, or goes on without a session. */
export type Renewal =
  | { readonly again: string; readonly cookies: readonly string[] }
  | { readonly over: readonly string[] };

const addressOf = ({ path, query }: Visit, waited: number | undefined): string => {
  const kept = new URLSearchParams(query);
  kept.delete(RENEWING);
  if (waited !== undefined) kept.set(RENEWING, String(waited));
  return path + (kept.size > 0 ? `?${kept}` : '');
};

/**
 * Gets a new pair of tokens for a session whose access token has ended. The page is then asked for anew, form and all
 * (307), so that the browser has the tokens before anything else happens: they must not get lost with a slow page. Of two
 * tabs at once one gets the pair; the other waits for the browser to have it, and never sends the old token again, which
 * would end the session.
 * @throws peer_unavailable, and the session stays as it is
 */
export async function renewal(visit: Visit): Promise<Renewal | undefined> {
  const { session, cookies, query } = visit;
  if (session || !cookies.refresh) return undefined;
  const waited = Number(query.get(RENEWING) ?? 0);
  if (waited > 0) return waitedFor(visit, waited);
  const body = { refresh_token: cookies.refresh };
  const outcome = await attempt(visit.publicApi.send('POST', '/auth/refresh', { body }));
  if ('value' in outcome)
    return {
      again: addressOf(visit, query.has(RENEWING) ? 0 : undefined),
      cookies: cookiesFor(Pair.parse(outcome.value)),
    };
  if (!(outcome.failure instanceof Refusal)) throw outcome.failure;
  return outcome.failure.code === 'refresh_in_progress' ? waitedFor(visit, 0) : { over: forgotten() };
}

async function waitedFor(visit: Visit, waited: number): Promise<Renewal> {
  // The other tab's tokens may still be on their way: whatever the browser has by then stays.
  if (waited >= MOST_WAITS) return { over: [] };
  await pause(PAUSE_MS);
  return { again: addressOf(visit, waited + 1), cookies: [] };
}

/** What a page does whose access token a service refused: it is given up, and the session asked for another. */
export const retried = (visit: Visit): Renewal =>
  visit.query.has(RENEWING) ? { over: forgotten() } : { again: addressOf(visit, 0), cookies: [drop('access')] };

/** Whether the address still tells of a wait that is over. */
export const cleaned = (visit: Visit): string | undefined =>
  Number(visit.query.get(RENEWING) ?? 0) > 0 && visit.session ? addressOf(visit, undefined) : undefined;
