import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder that holds package.json. */
export const projectRoot = dirname(import.meta.dirname);

/** The address of a module of the project, for `import`: a path with a drive in it is none. */
export const moduleUrl = (path: string): string => pathToFileURL(join(projectRoot, path)).href;

/** The text of a file of the project. */
export const textOf = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
