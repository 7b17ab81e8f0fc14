import { type CryptoKey, errors, type JWTHeaderParameters, jwtVerify, SignJWT } from 'jose';
import { epochSeconds } from '../../platform/base/clock.ts';
import { type KeyPart, keyPart } from '../../platform/base/key-part.ts';
import { Problem } from '../../platform/base/problem.ts';
import { ALGORITHM, signingKey, verifyingKey } from './keys.ts';
import { ACCESS_SECONDS, CLOCK_TOLERANCE } from './lifetimes.ts';
import { problem } from './problems.ts';

const ISSUER = 'campus';
const AUDIENCE = 'campus-api';

/** The type of an access token (RFC 9068, 2.1): what else may be signed with these keys cannot pass for one. */
const TYPE = 'at+jwt';

/** Which session of whom a token is of. */
export interface SessionClaims {
  readonly username: KeyPart;
  readonly sessionId: KeyPart;
  readonly generation: string;
}

/** What an access token says of its bearer. */
export interface Claims extends SessionClaims {
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** An access token (a JWT, RFC 9068 in spirit) for an open session. It holds no role: that is looked up at each call. */
export async function signAccessToken({ username, sessionId, generation }: SessionClaims): Promise<string> {
  const { kid, key } = await signingKey();
  const now = epochSeconds();
  return new SignJWT({ sid: sessionId, gen: generation })
    .setProtectedHeader({ alg: ALGORITHM, kid, typ: TYPE })
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

/** A token whose signature was verified, and by which key. */
interface Verified {
  readonly claims: Claims;
  readonly kid: string;
  readonly key: CryptoKey;
}

/** By the whole text of the token, the oldest first. A verification is the most that the authorizer computes. */
const verified = new Map<string, Verified>();
const MOST_REMEMBERED = 1_000;

function remember(token: string, what: Verified): void {
  const [oldest] = verified.keys();
  if (oldest !== undefined && verified.size >= MOST_REMEMBERED) verified.delete(oldest);
  verified.set(token, what);
}

/** What a token claims that was verified before, as long as its time is not over and the key that did is in the ring. */
async function remembered(token: string): Promise<Claims | undefined> {
  const known = verified.get(token);
  if (!known) return undefined;
  const { claims, kid, key } = known;
  const inTime = epochSeconds() < claims.expiresAt + CLOCK_TOLERANCE;
  if (inTime && (await verifyingKey(kid).catch(() => undefined)) === key) return claims;
  verified.delete(token);
  return undefined;
}

/** What a token claims, its signature, type, issuer, audience and dates checked. @throws invalid_token */
export async function verifyAccessToken(token: string): Promise<Claims> {
  const known = await remembered(token);
  if (known) return known;
  if (!isCanonical(token)) throw problem.invalid_token({ cause: new errors.JWSSignatureVerificationFailed() });
  const { payload, protectedHeader, key } = await jwtVerify(token, keyOf, {
    algorithms: [ALGORITHM],
    typ: TYPE,
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
  const claims = { username: keyPart(sub), sessionId: keyPart(sid), generation: gen, expiresAt: exp };
  remember(token, { claims, kid: protectedHeader.kid ?? '', key: key as CryptoKey });
  return claims;
}

/** Whether a refused token was never ours, as against one of ours whose time is over. */
export const isForged = (refusal: unknown): boolean =>
  refusal instanceof Problem &&
  refusal.cause !== undefined &&
  !(refusal.cause instanceof errors.JWTExpired || refusal.cause instanceof errors.JWTClaimValidationFailed);
