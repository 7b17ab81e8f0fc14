import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/**
 * A package, loaded by whoever first needs it in the midst of code that cannot wait, so that no cold start reads it that
 * does not. Packaging finds these calls by their text (`deploy/packaging/bundle.ts`), and puts the package beside the
 * bundle. Where the code can wait, `await import('…')` does the same.
 */
export const onDemand = <T>(name: string): T => load(name) as T;
