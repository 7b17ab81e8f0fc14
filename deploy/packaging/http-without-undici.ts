import type { Plugin } from 'esbuild';

/**
 * Takes `node:http` as a CommonJS module has it. Imported into an ES module, all that it exports is read, `WebSocket` and
 * its like too, for which Node loads its own copy of undici: a seventh of the CPU time that it took until a function was
 * loaded (docs/decisions/0170), for what none of them uses.
 */
export const httpWithoutUndici: Plugin = {
  name: 'http without undici',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?http$/ }, () => ({ path: 'http', namespace: 'builtin' }));
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
      loader: 'js',
    }));
  },
};
