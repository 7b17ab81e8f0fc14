import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSecrets } from '../deploy/secrets/new-secrets.ts';

/** Makes, at the first start, the secrets that AWS would keep in its parameter store. Returns their folder. */
export function prepareSecrets(dataFolder: string): string {
  const folder = join(dataFolder, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [name, newValue] of Object.entries(newSecrets)) createOnce(join(folder, name), newValue);
  return folder;
}

function createOnce(path: string, content: () => string): void {
  if (existsSync(path)) return;
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content(), { mode: 0o600, flush: true });
  renameSync(draft, path);
}
