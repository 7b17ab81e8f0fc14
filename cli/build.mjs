/** Builds the command line into `cli/dist`: an entry, and a file for each group of commands, loaded when it is called. */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const outdir = join(here, 'dist');

async function built() {
  const { build } = await import('esbuild');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: [join(here, 'main.ts')],
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    // The oldest that package.json names: whoever calls it has that Node, not the one that the project brings.
    target: 'node20.19',
    chunkNames: '[name]-[hash]',
    mainFields: ['module', 'main'],
    // Libraries in CommonJS ask for Node's own modules in their way.
    banner: { js: "import { createRequire as _r } from 'node:module'; const require = _r(import.meta.url);" },
    legalComments: 'none',
    logLevel: 'error',
  });
}

try {
  await built();
} catch (error) {
  // An install without development dependencies is a whole one: only the command line is not there.
  if (process.env.npm_lifecycle_event !== 'postinstall') throw error;
  process.stderr.write(`The command line (npx campus) was not built: ${error.message.split('\n')[0]}\n`);
}
