import type { APIGatewayProxyEvent } from 'aws-lambda';
import { isSigned, type Signed, sign } from '../../../platform/aws/signing.ts';
import { header } from '../../../platform/http/headers.ts';

/** The name of the field that every form has. */
export const TOKEN_FIELD = 'form_token';

const madeFor = (owner: string): Signed => [`form\0${owner}`];

/** The token of the forms that are made for somebody: an account, or a visitor without one. */
export const formTokenFor = async (owner: string): Promise<string> =>
  (await sign(madeFor(owner))).toString('base64url');

/** Whether a form's token was made for this owner. */
export const isTokenOf = (owner: string, token: string): Promise<boolean> =>
  isSigned(Buffer.from(token, 'base64url'), madeFor(owner));

/** What the browser itself says of where a form came from: nothing, where it is one that says nothing. */
function witness(event: APIGatewayProxyEvent): 'ours' | 'foreign' | undefined {
  const site = header(event, 'sec-fetch-site');
  if (site !== undefined) return ['same-origin', 'none'].includes(site) ? 'ours' : 'foreign';
  const origin = header(event, 'origin');
  if (origin === undefined) return undefined;
  return URL.parse(origin)?.host === header(event, 'host') ? 'ours' : 'foreign';
}

/** Whether a form was sent from another site, by a browser that says so. */
export const isForeign = (event: APIGatewayProxyEvent): boolean => witness(event) === 'foreign';

/**
 * Whether a form is one that we made for whoever sends it (OWASP, CSRF). A browser's own word is enough, for it cannot be
 * forged by a page; without one the form's token must be there. A token that was made for somebody else is never right:
 * it is a tab in which another account is still signed in.
 */
export async function isOurs(
  event: APIGatewayProxyEvent,
  sent: string | undefined,
  owner: string | undefined,
): Promise<boolean> {
  const seen = witness(event);
  if (seen === 'foreign') return false;
  if (!sent) return seen === 'ours';
  if (owner === undefined) return false;
  return isTokenOf(owner, sent);
}
