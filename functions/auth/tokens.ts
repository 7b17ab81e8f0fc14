import { type JWTHeaderParameters, jwtVerify, SignJWT } from 'jose';
import { epochSeconds } from '../../platform/clock.ts';
import type { Role } from '../../platform/http/access.ts';
import { ALGORITHM, signingKeys } from './keys.ts';
import { problem } from './problems.ts';

const ISSUER = 'campus';
const AUDIENCE = 'campus-api';

/** How long an access token lives, in seconds. */
export const ACCESS_SECONDS = 15 * 60;

/** How far two clocks may be apart, in seconds. */
const CLOCK_TOLERANCE = 30;

/** What an access token says of its bearer. */
export interface Claims {
  readonly username: string;
  readonly sessionId: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** An access token (a JWT, RFC 9068 in spirit) for an open session. */
export async function signAccessToken(session: { username: string; id: string; role: Role }): Promise<string> {
  const { kid, key } = (await signingKeys()).signing;
  const now = epochSeconds();
  return new SignJWT({ sid: session.id, role: session.role })
    .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
    .setSubject(session.username)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + ACCESS_SECONDS)
    .sign(key);
}

async function verifyingKey({ kid }: JWTHeaderParameters) {
  // Only our own ring counts: whatever key or address the token itself carries is ignored.
  const key = (await signingKeys()).verifying.get(kid ?? '');
  if (!key) throw new Error('unknown key id');
  return key;
}

/** What a token claims, its signature, issuer, audience and dates checked. @throws invalid_token */
export async function verifyAccessToken(token: string): Promise<Claims> {
  const { payload } = await jwtVerify(token, verifyingKey, {
    algorithms: [ALGORITHM],
    issuer: ISSUER,
    audience: AUDIENCE,
    clockTolerance: CLOCK_TOLERANCE,
    currentDate: new Date(epochSeconds() * 1000),
    requiredClaims: ['sub', 'sid', 'exp', 'iat'],
  }).catch((cause: unknown) => {
    throw problem.invalid_token({ cause });
  });
  const { sub, sid, exp } = payload;
  if (!sub || typeof sid !== 'string' || !exp) throw problem.invalid_token();
  return { username: sub, sessionId: sid, expiresAt: exp };
}
