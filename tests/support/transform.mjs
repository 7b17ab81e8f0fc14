import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync, version } from 'esbuild';

const ownText = readFileSync(fileURLToPath(import.meta.url));

/** TypeScript to modules for jest, by the tool that also makes the deployed bundles. */
export default {
  process(text, file) {
    const { code, map } = transformSync(text, {
      loader: file.endsWith('x') ? 'tsx' : 'ts',
      format: 'esm',
      target: 'node24',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      sourcefile: file,
      sourcemap: 'external',
    });
    return { code, map };
  },
  getCacheKey(text, file) {
    return createHash('sha256').update(version).update(ownText).update(file).update('\0').update(text).digest('hex');
  },
};
