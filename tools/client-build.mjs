/** Makes `clients/dist` of the client's sources: JavaScript with its types, as other projects import it. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const clients = join(import.meta.dirname, '../clients');
const dist = join(clients, 'dist');
const require = createRequire(import.meta.url);
const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');

rmSync(dist, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [compiler, '--project', clients], { stdio: 'inherit' });
if (status !== 0) process.exit(1);
// The compiler leaves the names of sources in the types.
for (const name of readdirSync(dist).filter((one) => one.endsWith('.d.ts'))) {
  const file = join(dist, name);
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/(from '\.\/\w+)\.ts'/g, "$1.js'"));
}
