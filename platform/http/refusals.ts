import type { Problem } from '../base/problem.ts';
import { problem } from '../base/problems.ts';

/** What a bearer token that is there and of no use is answered (RFC 6750, 3.1), as against none. */
const INVALID_TOKEN = 'Bearer error="invalid_token", error_description="The access token is altered, expired or ended"';

/** Nobody is signed in: because no token came, or because the one that came is of no use. */
export const unauthenticated = (authorization: string | undefined): Problem =>
  authorization === undefined
    ? problem.unauthenticated()
    : problem.unauthenticated({
        detail: {
          fr: 'Le jeton d’accès est altéré, expiré ou d’une session terminée : renouvelez-le (POST /auth/refresh) ou reconnectez-vous (POST /auth/login).',
          en: 'The access token is altered, expired or of a session that has ended: refresh it (POST /auth/refresh) or sign in again (POST /auth/login).',
        },
        headers: { 'WWW-Authenticate': INVALID_TOKEN },
      });

/** The caller's role does not open the operation. @param roles those that do */
export const notFor = (role: string, roles: readonly string[]): Problem =>
  problem.forbidden({
    detail: {
      fr: `Le rôle ${role} ne permet pas cette opération ; il faut être ${roles.join(' ou ')}.`,
      en: `The role ${role} does not allow this operation; it takes ${roles.join(' or ')}.`,
    },
  });

/** The most of an address that is repeated to whoever asked for it. */
const LONGEST_PATH = 120;

const shortened = (path: string): string => (path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path);

/** No operation has this method and path. */
export const noRoute = (method: string, path: string): Problem => {
  const asked = `${method} ${shortened(path)}`;
  return problem.not_found({
    detail: {
      fr: `${asked} n’existe pas. La documentation nomme toutes les adresses : /docs.`,
      en: `${asked} does not exist. The documentation names all addresses: /docs.`,
    },
  });
};

/** The path exists with other methods. @param allowed those that it has */
export function wrongMethod(method: string, allowed: readonly string[]): Problem {
  const all = [...new Set(allowed.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])))].sort().join(', ');
  return problem.method_not_allowed({
    detail: {
      fr: `Cette adresse ne connaît pas ${method}, mais ${all}.`,
      en: `This address does not know ${method}, but ${all}.`,
    },
    headers: { Allow: all },
  });
}
