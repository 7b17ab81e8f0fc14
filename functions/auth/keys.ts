import { type CryptoKey, importJWK, type JWK } from 'jose';
import * as z from 'zod';
import { secret } from '../../platform/secrets.ts';

/** The signature of every token: ECDSA on P-256 with SHA-256 (RFC 7518, 3.4). */
export const ALGORITHM = 'ES256';

const PrivateJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  kid: z.string().min(1),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

/** The secret `jwt-signing-key`: every live key, the one that signs first. */
const KeyRing = z.object({ keys: z.array(PrivateJwk).min(1) });
type KeyRing = z.output<typeof KeyRing>;

const publicPart = ({ kty, crv, kid, x, y }: KeyRing['keys'][number]): JWK => ({
  kty,
  crv,
  kid,
  x,
  y,
  use: 'sig',
  alg: ALGORITHM,
});

const keyRing = async (): Promise<KeyRing> => KeyRing.parse(JSON.parse(await secret('jwt-signing-key')));

/** The public keys, as `/.well-known/jwks.json` shows them (RFC 7517). */
export const publicKeys = async (): Promise<JWK[]> => (await keyRing()).keys.map(publicPart);

interface Keys {
  readonly signing: { readonly kid: string; readonly key: CryptoKey };
  readonly verifying: ReadonlyMap<string, CryptoKey>;
}

async function importKeys(): Promise<Keys> {
  const { keys } = await keyRing();
  const [first] = keys;
  if (!first) throw new Error('The key ring is empty');
  const verifying = await Promise.all(
    keys.map(async (jwk) => [jwk.kid, (await importJWK(publicPart(jwk), ALGORITHM)) as CryptoKey] as const),
  );
  const signing = { kid: first.kid, key: (await importJWK(first, ALGORITHM)) as CryptoKey };
  return { signing, verifying: new Map(verifying) };
}

let imported: Promise<Keys> | undefined;

/** The keys, imported once: importing costs more than a verification. */
export function signingKeys(): Promise<Keys> {
  imported ??= importKeys().catch((error: unknown) => {
    imported = undefined;
    throw error;
  });
  return imported;
}
