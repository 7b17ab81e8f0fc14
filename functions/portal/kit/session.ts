import { decodeJwt } from 'jose';
import * as z from 'zod';
import { epochSeconds } from '../../../platform/base/clock.ts';
import { ROLES, type Role } from '../../../platform/http/access.ts';
import { type Cookies, drop, keep } from './cookies.ts';

/** What the accounts service gives for a sign-in or a refresh token. */
export const Pair = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
  role: z.enum(ROLES),
});
export type Pair = z.output<typeof Pair>;

/** Whoever is signed in, as far as a page has to know. What they may do, the services say, by the token. */
export interface Session {
  readonly username: string;
  readonly role: Role;
  readonly token: string;
}

/** The browser gives the access token up this much earlier than it ends, in seconds, so that none ends on its way. */
const EARLY = 60;

/** A session ends by itself after an hour without use, counted from the end of its last access token. */
const REFRESH_SECONDS = 75 * 60;

const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

/**
 * The session that a browser's cookies tell of; undefined where there is none, or its access token has ended. The token
 * is not verified here: nothing is shown for it but what the services give for it.
 */
export function sessionOf({ access }: Cookies): Session | undefined {
  const [, role = '', token = ''] = /^(\w+)~([\w.-]+)$/.exec(access ?? '') ?? [];
  if (!isRole(role)) return undefined;
  try {
    const { sub, exp } = decodeJwt(token);
    return sub && exp && exp > epochSeconds() ? { username: sub, role, token } : undefined;
  } catch {
    return undefined;
  }
}

/** The cookies of a session that was just opened or refreshed. */
export const cookiesFor = ({ access_token, refresh_token, expires_in, role }: Pair): string[] => [
  keep('access', `${role}~${access_token}`, Math.max(1, expires_in - EARLY)),
  keep('refresh', refresh_token, REFRESH_SECONDS),
];

/** What takes a session out of the browser, with what was about it. */
export const forgotten = (): string[] => [drop('access'), drop('refresh'), drop('child'), drop('person')];
