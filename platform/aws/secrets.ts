import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { required } from '../base/env.ts';
import { callAws } from './call.ts';

/** The application's secrets: `signing-secret` (cursors, idempotency), `jwt-signing-key` (private key ring, auth only). */
export type SecretName = 'signing-secret' | 'jwt-signing-key';

const known = new Map<SecretName, Promise<string>>();

async function fromParameterStore(name: SecretName): Promise<string> {
  const input = { Name: `/campus/${required('CAMPUS_STAGE')}/${name}`, WithDecryption: true };
  const { Parameter } = await callAws<{ Parameter?: { Value?: string } }>('ssm', 'GetParameter', input);
  if (!Parameter?.Value) throw new Error(`The parameter of the secret ${name} is empty`);
  return Parameter.Value;
}

/**
 * A secret as it stands now, from SSM Parameter Store (a SecureString), or from the folder `CAMPUS_SECRETS_DIR`
 * locally.
 */
export const freshSecret = (name: SecretName): Promise<string> =>
  process.env.CAMPUS_SECRETS_DIR
    ? readFile(join(process.env.CAMPUS_SECRETS_DIR, name), 'utf8')
    : fromParameterStore(name);

/** A secret that does not change while the function lives. Read once. */
export function secret(name: SecretName): Promise<string> {
  let value = known.get(name);
  if (!value) {
    value = freshSecret(name);
    // A failed read must not be remembered: the next request tries again.
    value.catch(() => known.delete(name));
    known.set(name, value);
  }
  return value;
}
