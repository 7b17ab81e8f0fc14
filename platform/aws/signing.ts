import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type KeySet, parseKeySet } from './key-set.ts';
import { LiveSecret } from './secrets.ts';

/** A symmetric key of the ring (RFC 7518, 6.4): `k` is its bytes in Base64url. */
export interface SymmetricJwk {
  readonly kty: 'oct';
  readonly kid: string;
  readonly k: string;
}

/** The secret `signing-secret`: every live key. The first signs, all of them verify. */
export type SigningRing = KeySet<SymmetricJwk>;

/** The id of the key that a plain text is, as it was stored before there were rings. */
const PLAIN_KID = 'first';

/** The fewest bytes of a key of a ring. */
const SHORTEST = 16;

const isSymmetric = ({ kty, k }: Readonly<Record<string, unknown>>): boolean =>
  kty === 'oct' && typeof k === 'string' && /^[\w-]+$/.test(k) && Buffer.from(k, 'base64url').length >= SHORTEST;

/**
 * The ring in a secret's text: a JWK Set, or one plain secret, which may not begin with a brace.
 * @throws Error, without the text, when it is neither
 */
export function parseSigningRing(text: string): SigningRing {
  if (text.trim() === '') throw new Error('The key ring is empty');
  if (text.trimStart().startsWith('{'))
    return parseKeySet(text, isSymmetric, `symmetric keys of at least ${SHORTEST} bytes`);
  return { keys: [{ kty: 'oct', kid: PLAIN_KID, k: Buffer.from(text).toString('base64url') }] };
}

type Keys = readonly [KeyObject, ...KeyObject[]];

const ring = new LiveSecret('signing-secret', (text): Keys => {
  const [first, ...others] = parseSigningRing(text).keys.map(({ k }) => createSecretKey(k, 'base64url'));
  return [first as KeyObject, ...others];
});

/** What is signed, part after part. */
export type Signed = readonly (string | Buffer)[];

function macOf(key: KeyObject, parts: Signed): Buffer {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

/**
 * What proves later on that we made this (HMAC with SHA-256), by the key that signs.
 * @param bytes how much of it is kept, 32 at the most
 */
export async function sign(parts: Signed, bytes = 32): Promise<Buffer> {
  const [signing] = await ring.known();
  return macOf(signing, parts).subarray(0, bytes);
}

/**
 * Whether {@link sign} made this for the same parts and bytes, by any live key. What no known key made has the ring read
 * again, every half a minute at most: another function may have it sign by a key that is newer than what we know.
 */
export async function isSigned(mac: Buffer, parts: Signed, bytes = 32): Promise<boolean> {
  if (mac.length !== bytes) return false;
  const isBy = (key: KeyObject): boolean => timingSafeEqual(mac, macOf(key, parts).subarray(0, bytes));
  const known = await ring.known();
  if (known.some(isBy)) return true;
  const anew = await ring.anew();
  return anew !== known && anew.some(isBy);
}
