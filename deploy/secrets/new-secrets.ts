import { randomBytes, randomUUID } from 'node:crypto';
import type { SecretName } from '../../platform/secrets.ts';
import { newSigningKey } from '../../tools/key-rotation.ts';

/** How each secret of the application is made. */
export const newSecrets: Readonly<Record<SecretName, () => string>> = {
  'jwt-signing-key': () => JSON.stringify({ keys: [newSigningKey(randomUUID())] }),
  'signing-secret': () => randomBytes(32).toString('base64url'),
};
