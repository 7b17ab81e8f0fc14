import { errors, type JWTHeaderParameters, jwtVerify, SignJWT } from 'jose';
import { epochSeconds } from '../../platform/clock.ts';
import { Problem } from '../../platform/http/problem.ts';
import { ALGORITHM, signingKey, verifyingKey } from './keys.ts';
import { ACCESS_SECONDS, CLOCK_TOLERANCE } from './lifetimes.ts';
import { problem } from './problems.ts';
import type { Claimed } from './standing.ts';

const ISSUER = 'campus';
const AUDIENCE = 'campus-api';

/** What an access token says of its bearer. */
export interface Claims extends Claimed {
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** An access token (a JWT, RFC 9068 in spirit) for an open session. It holds no role: that is looked up at each call. */
export async function signAccessToken({ username, sessionId, generation }: Claimed): Promise<string> {
  const { kid, key } = await signingKey();
  const now = epochSeconds();
  return new SignJWT({ sid: sessionId, gen: generation })
    .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
    .setSubject(username)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + ACCESS_SECONDS)
    .sign(key);
}

// Only our own ring counts: whatever key or address the token itself carries is ignored.
const keyOf = ({ kid = '' }: JWTHeaderParameters) => verifyingKey(kid);

// The last character of a signature has bits that decoders drop: of sixteen spellings only one is the token we gave out.
function isCanonical(token: string): boolean {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}

/** What a token claims, its signature, issuer, audience and dates checked. @throws invalid_token */
export async function verifyAccessToken(token: string): Promise<Claims> {
  if (!isCanonical(token)) throw problem.invalid_token({ cause: new errors.JWSSignatureVerificationFailed() });
  const { payload } = await jwtVerify(token, keyOf, {
    algorithms: [ALGORITHM],
    issuer: ISSUER,
    audience: AUDIENCE,
    clockTolerance: CLOCK_TOLERANCE,
    maxTokenAge: ACCESS_SECONDS,
    currentDate: new Date(epochSeconds() * 1000),
  }).catch((cause: unknown) => {
    // Anything else, such as keys that cannot be read, is our failure and not the token's.
    throw cause instanceof errors.JOSEError ? problem.invalid_token({ cause }) : cause;
  });
  const { sub, sid, gen, exp } = payload;
  if (!sub || typeof sid !== 'string' || typeof gen !== 'string' || !exp) throw problem.invalid_token();
  return { username: sub, sessionId: sid, generation: gen, expiresAt: exp };
}

/** Whether a refused token was never ours, as against one of ours whose time is over. */
export const isForged = (refusal: unknown): boolean =>
  refusal instanceof Problem &&
  refusal.cause !== undefined &&
  !(refusal.cause instanceof errors.JWTExpired || refusal.cause instanceof errors.JWTClaimValidationFailed);
