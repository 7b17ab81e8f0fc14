import { join } from 'node:path';

// A deployed function is one module at the root of its package; neither the working folder nor LAMBDA_TASK_ROOT tells
// where that is in every emulator.
const ROOT = import.meta.filename.endsWith('.ts') ? join(import.meta.dirname, '../..') : import.meta.dirname;

/** Where a file of the project lies that `package.patterns` puts into the deployed package, by its path in either. */
export const packagedFile = (path: string): string => join(ROOT, path);
