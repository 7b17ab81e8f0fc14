import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes, at the first start, the secrets that AWS would keep in its parameter store. Returns their folder. */
export function prepareSecrets(dataFolder: string): string {
  const folder = join(dataFolder, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  createOnce(join(folder, 'jwt-signing-key'), () => JSON.stringify({ keys: [newSigningKey()] }));
  createOnce(join(folder, 'signing-secret'), () => randomBytes(32).toString('base64url'));
  return folder;
}

function newSigningKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256', use: 'sig' };
}

function createOnce(path: string, content: () => string): void {
  if (existsSync(path)) return;
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content(), { mode: 0o600, flush: true });
  renameSync(draft, path);
}
