/**
 * How a Lambda is bundled: one ES module with everything in it, the AWS SDK too (it loads faster than the runtime's
 * own). The packaging and the measurements of `bench/` share it.
 * @type {import('esbuild').BuildOptions}
 */
export const esbuildOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'],
  loader: { '.ttf': 'binary', '.afm': 'text', '.css': 'text', '.svg': 'text' },
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  legalComments: 'none',
  sourcemap: false,
  metafile: true,
  write: false,
  logLevel: 'error',
};
