import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import plain from '../support/transform.mjs';
import { INSTRUMENTED } from './places.mjs';

/** The text of a file with its mutants in it, or as it stands where it is none of the mutated. */
function withMutants(text, file, { config }) {
  const instrumented = join(config.rootDir, INSTRUMENTED, relative(config.rootDir, file));
  return existsSync(instrumented) ? readFileSync(instrumented, 'utf8') : text;
}

/** What the other tests run on, after the mutants have been put in. */
export default {
  process: (text, file, options) => plain.process(withMutants(text, file, options), file),
  getCacheKey: (text, file, options) => plain.getCacheKey(withMutants(text, file, options), file),
};
