import type { APIGatewayProxyEvent } from 'aws-lambda';
import { parseCookie, stringifySetCookie } from 'cookie';
import { listHeader } from '../../../platform/http/headers.ts';

/**
 * What the portal keeps in a browser: the two tokens of a session, how the visitor wants the pages to look, what the next
 * page has to say, which child and which health record is looked at, by which clocks times are written, and who a visitor
 * without a session is.
 */
export type CookieName = 'access' | 'refresh' | 'look' | 'told' | 'child' | 'person' | 'zone' | 'visitor';

/** What the browser sent, by our names; undefined where it has none. */
export type Cookies = Readonly<Partial<Record<CookieName, string>>>;

/** A browser takes such a cookie from this very host alone, and only where nobody on the way can read it. */
const PREFIX = '__Host-campus-';

/** The cookies of a request that are ours. */
export function cookiesOf(event: APIGatewayProxyEvent): Cookies {
  const all = parseCookie((listHeader(event, 'cookie') ?? '').replaceAll(',', ';'));
  const ours = Object.entries(all).filter(([name, value]) => name.startsWith(PREFIX) && value !== '');
  return Object.fromEntries(ours.map(([name, value]) => [name.slice(PREFIX.length), value]));
}

/** A `Set-Cookie` header. @param seconds how long the browser keeps it; without, until it is closed */
export const keep = (name: CookieName, value: string, seconds?: number): string =>
  stringifySetCookie({
    name: PREFIX + name,
    value,
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'lax',
    ...(seconds !== undefined && { maxAge: seconds }),
  });

/** A `Set-Cookie` header that takes it away. */
export const drop = (name: CookieName): string => keep(name, '', 0);
