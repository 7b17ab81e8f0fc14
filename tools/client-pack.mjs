/** Packs the client as other projects install it, into `.build`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
mkdirSync(join(root, '.build'), { recursive: true });
// One text for the shell: npm is a script on Windows, which only a shell runs.
const { status } = spawnSync('npm pack --pack-destination ../.build', {
  cwd: join(root, 'clients'),
  stdio: 'inherit',
  shell: true,
});
process.exitCode = status ?? 1;
