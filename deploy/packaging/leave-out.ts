import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Modules of packages that no function needs and that those packages cannot be had without: how zod describes a schema
 * as JSON schema (the description of the API is made when it is packaged), event streams (of the AWS services that Campus
 * calls none has them), and of the SDK its signature, its strategy for clients that throttle themselves, its list of
 * regions and what hides secrets from its own log: every client in a function has our signature, the standard strategy,
 * our endpoints and no such log (docs/decisions/0193).
 */
const LEFT_OUT = new RegExp(
  `/node_modules/(${[
    'zod/v4/core/(to-json-schema|json-schema-processors)',
    '@smithy/core/dist-es/submodules/event-streams/index',
    '@smithy/core/dist-es/submodules/retry/util-retry/AdaptiveRetryStrategy',
    '@smithy/signature-v4/dist-es/index',
    '@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partition',
    '@smithy/core/dist-es/submodules/client/smithy-client/schemaLogFilter',
  ].join('|')})\\.js$`,
);

const DECLARED = /^export (?:async )?(?:const|function|class) (\w+)/gm;
const LISTED = /^export \{([^}]*)\}/gm;

/** What a module exports, by its text. */
function namesIn(text: string): string[] {
  const declared = [...text.matchAll(DECLARED)].map(([, name = '']) => name);
  const listed = [...text.matchAll(LISTED)].flatMap(([, list = '']) => list.split(','));
  const aliases = listed
    .map(
      (one) =>
        one
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? '',
    )
    .filter(Boolean);
  return [...declared, ...aliases];
}

/** In a module's place: the same names, to be called or to be extended, whose functions give a function that says it is not there. */
export function stubOf(text: string): string {
  const names = namesIn(text);
  if (names.length === 0) throw new Error('Nothing is exported from a module that is to be left out');
  const leftOut =
    "function leftOut() { return () => { throw new Error('This was left out when the function was packaged') }; }";
  return `${leftOut}\nexport { ${names.map((name) => `leftOut as ${name}`).join(', ')} };\n`;
}

/** Puts nothing in the place of modules that weigh and are never used. */
export const leaveOut: Plugin = {
  name: 'leave out',
  setup({ onLoad }) {
    onLoad({ filter: LEFT_OUT }, async ({ path }) => ({
      contents: stubOf(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};
