import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseKeyRing } from '../functions/auth/key-ring.ts';
import type { SecretName } from '../platform/aws/secrets.ts';
import { parseSigningRing } from '../platform/aws/signing.ts';
import { messageOf, StartFailure } from '../project/failure.ts';
import { newSecrets, writeSecretFile } from '../project/new-secrets.ts';

/** The fewest characters of a plain secret that signs: 128 bits, if they are random hexadecimal digits. */
const SHORTEST = 32;

/** What each secret must be. @throws Error, without the secret, when it is not */
const checks: Readonly<Record<SecretName, (text: string) => unknown>> = {
  'jwt-signing-key': parseKeyRing,
  'signing-secret': (text) => {
    parseSigningRing(text);
    if (text.trim().length < SHORTEST) throw new Error(`It is shorter than ${SHORTEST} characters`);
  },
};

/**
 * Makes, at the first start, the secrets that AWS would keep in its parameter store. Returns their folder.
 * @throws StartFailure when one that is there is of no use
 */
export function prepareSecrets(dataFolder: string): string {
  const folder = join(dataFolder, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of Object.keys(newSecrets) as SecretName[]) {
    const file = join(folder, name);
    if (!existsSync(file)) writeSecretFile(file, newSecrets[name]());
    mustBeOfUse(file, checks[name]);
  }
  return folder;
}

function mustBeOfUse(file: string, check: (text: string) => unknown): void {
  try {
    check(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StartFailure(
      `the secret ${file} cannot be used (${messageOf(error)}); restore it, or delete it to get a new one.`,
    );
  }
}
