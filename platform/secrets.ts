import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { required } from './env.ts';

/** The application's secrets: `signing-secret` (cursors, idempotency), `jwt-signing-key` (private JWK, auth only). */
export type SecretName = 'signing-secret' | 'jwt-signing-key';

const known = new Map<SecretName, Promise<string>>();

async function fromParameterStore(name: SecretName): Promise<string> {
  // A module of our own in between lets the bundler drop what a dynamic import of the SDK itself would keep: 200 KB.
  const { readParameter } = await import('./parameter-store.ts');
  return readParameter(`/campus/${required('CAMPUS_STAGE')}/${name}`);
}

const read = (name: SecretName): Promise<string> =>
  process.env.CAMPUS_SECRETS_DIR
    ? readFile(join(process.env.CAMPUS_SECRETS_DIR, name), 'utf8')
    : fromParameterStore(name);

/** A secret, from SSM Parameter Store (a SecureString), or from the folder `CAMPUS_SECRETS_DIR` locally. Read once. */
export function secret(name: SecretName): Promise<string> {
  let value = known.get(name);
  if (!value) {
    value = read(name);
    // A failed read must not be remembered: the next request tries again.
    value.catch(() => known.delete(name));
    known.set(name, value);
  }
  return value;
}

/** Forgets what was read, so that a rotated secret is read anew. */
export const forgetSecrets = (): void => known.clear();
