import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import type { PrivateJwk } from '../functions/auth/key-ring.ts';
import type { SecretName } from '../platform/aws/secrets.ts';
import type { SymmetricJwk } from '../platform/aws/signing.ts';

/** A new private key for access tokens (ES256). */
export function newSigningKey(kid: string): PrivateJwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  return { kty: 'EC', crv: 'P-256', kid, x, y, d };
}

/** A new key for what comes back to us: 256 random bits. */
export const newSymmetricKey = (kid: string): SymmetricJwk => ({
  kty: 'oct',
  kid,
  k: randomBytes(32).toString('base64url'),
});

/** How each secret of the application is made. */
export const newSecrets: Readonly<Record<SecretName, () => string>> = {
  'jwt-signing-key': () => JSON.stringify({ keys: [newSigningKey(randomUUID())] }),
  'signing-secret': () => JSON.stringify({ keys: [newSymmetricKey(randomUUID())] }),
};

/** Writes a secret where only this user reads it; whoever reads meanwhile gets the old text or the new one, whole. */
export function writeSecretFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, path);
}
