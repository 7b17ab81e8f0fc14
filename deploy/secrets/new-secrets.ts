import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import type { SecretName } from '../../platform/secrets.ts';

/** A new private key for signing tokens: ECDSA on P-256, as a JWK (RFC 7517) with an id of its own. */
export function newSigningKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256', use: 'sig' };
}

/** How each secret of the application is made. */
export const newSecrets: Readonly<Record<SecretName, () => string>> = {
  'jwt-signing-key': () => JSON.stringify({ keys: [newSigningKey()] }),
  'signing-secret': () => randomBytes(32).toString('base64url'),
};
