import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot } from '../../localstack/settings.ts';
import type { HttpHandler } from '../../platform/http/endpoint.ts';
import { type Lambda, sourceOf } from '../../tools/contexts.ts';

/** The operations that the module of a Lambda serves; undefined where it is not behind the API. */
export async function operationsOf(lambda: Lambda) {
  const module = (await import(join(projectRoot, sourceOf(lambda)))) as { handler: HttpHandler };
  return module.handler.operations as HttpHandler['operations'] | undefined;
}

/** The source files below some folders, by their path in the project. */
export function sourceFiles(...folders: string[]): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('node_modules'));
}

/** The text of a file of the project. */
export const textOf = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
