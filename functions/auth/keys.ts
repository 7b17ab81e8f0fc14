import { type CryptoKey, errors, importJWK } from 'jose';
import { freshSecret } from '../../platform/aws/secrets.ts';
import { clock } from '../../platform/base/clock.ts';
import { log } from '../../platform/base/log.ts';
import { type PrivateJwk, parseKeyRing } from './key-ring.ts';

/** The signature of every token: ECDSA on P-256 with SHA-256 (RFC 7518, 3.4). */
export const ALGORITHM = 'ES256';

/** After this long the ring is read again, so that a key that was retired stops verifying. */
const KEPT_MS = 5 * 60_000;

/** A key id that we do not know has the ring read at once, but no oftener than this: inventing ids must cost us nothing. */
const PATIENCE_MS = 30_000;

const publicPart = ({ kty, crv, kid, x, y }: PrivateJwk) => ({
  kty,
  crv,
  kid,
  x,
  y,
  use: 'sig' as const,
  alg: ALGORITHM,
});

/** A public key as `/.well-known/jwks.json` shows it (RFC 7517). */
export type PublicJwk = ReturnType<typeof publicPart>;

interface Keys {
  readonly signing: { readonly kid: string; readonly key: CryptoKey };
  readonly verifying: ReadonlyMap<string, CryptoKey>;
  readonly published: readonly PublicJwk[];
  readonly readAt: number;
}

async function readKeys(): Promise<Keys> {
  const readAt = clock.now();
  const { keys } = parseKeyRing(await freshSecret('jwt-signing-key'));
  const published = keys.map(publicPart);
  const verifying = await Promise.all(
    published.map(async (jwk) => [jwk.kid, (await importJWK(jwk, ALGORITHM)) as CryptoKey] as const),
  );
  const signing = { kid: keys[0].kid, key: (await importJWK({ ...keys[0] }, ALGORITHM)) as CryptoKey };
  return { signing, verifying: new Map(verifying), published, readAt };
}

let current: Keys | undefined;
let reading: Promise<Keys> | undefined;
let triedAt = 0;

function readOnce(): Promise<Keys> {
  triedAt = clock.now();
  reading ??= readKeys()
    .then((keys) => {
      current = keys;
      return keys;
    })
    .catch((error: unknown) => {
      if (!current) throw error;
      // The keys that we have still verify: better than refusing everybody.
      log.error('key ring not read', { error });
      return current;
    })
    .finally(() => {
      reading = undefined;
    });
  return reading;
}

/** The ring, imported: importing costs more than a verification, so it is kept. */
async function keysNotOlderThan(milliseconds: number): Promise<Keys> {
  const now = clock.now();
  const goodEnough = current && (now - current.readAt < milliseconds || now - triedAt < PATIENCE_MS);
  return current && goodEnough ? current : readOnce();
}

/** The key that signs. */
export const signingKey = async (): Promise<Keys['signing']> => (await keysNotOlderThan(KEPT_MS)).signing;

/** The public key of an id. @throws JWKSNoMatchingKey when no live key has it */
export async function verifyingKey(kid: string): Promise<CryptoKey> {
  const known = (await keysNotOlderThan(KEPT_MS)).verifying.get(kid);
  const key = known ?? (await keysNotOlderThan(PATIENCE_MS)).verifying.get(kid);
  if (!key) throw new errors.JWKSNoMatchingKey();
  return key;
}

/** The public keys, all that are live. */
export const publicKeys = async (): Promise<readonly PublicJwk[]> => (await keysNotOlderThan(KEPT_MS)).published;
