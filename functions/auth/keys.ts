import { type CryptoKey, errors, importJWK } from 'jose';
import { LiveSecret } from '../../platform/aws/secrets.ts';
import { type PrivateJwk, parseKeyRing } from './key-ring.ts';

/** The signature of every token: ECDSA on P-256 with SHA-256 (RFC 7518, 3.4). */
export const ALGORITHM = 'ES256';

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
}

async function imported(text: string): Promise<Keys> {
  const { keys } = parseKeyRing(text);
  const published = keys.map(publicPart);
  const verifying = await Promise.all(
    published.map(async (jwk) => [jwk.kid, (await importJWK(jwk, ALGORITHM)) as CryptoKey] as const),
  );
  const signing = { kid: keys[0].kid, key: (await importJWK({ ...keys[0] }, ALGORITHM)) as CryptoKey };
  return { signing, verifying: new Map(verifying), published };
}

/** The ring, imported: importing costs more than a verification, so it is kept. */
const ring = new LiveSecret('jwt-signing-key', imported);

/** The key that signs. */
export const signingKey = async (): Promise<Keys['signing']> => (await ring.known()).signing;

/** The public key of an id. @throws JWKSNoMatchingKey when no live key has it */
export async function verifyingKey(kid: string): Promise<CryptoKey> {
  const known = (await ring.known()).verifying.get(kid);
  const key = known ?? (await ring.anew()).verifying.get(kid);
  if (!key) throw new errors.JWKSNoMatchingKey();
  return key;
}

/** The public keys, all that are live. */
export const publicKeys = async (): Promise<readonly PublicJwk[]> => (await ring.known()).published;
