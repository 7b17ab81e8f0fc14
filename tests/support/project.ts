import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { load } from 'js-yaml';
import { projectRoot } from '../../localstack/settings.ts';
import type { HttpHandler } from '../../platform/http/endpoint.ts';

interface HttpEvent {
  readonly method: string;
  readonly path: string;
  readonly authorizer?: string;
}

interface FunctionDefinition {
  readonly handler: string;
  readonly role: string;
  readonly events?: readonly { readonly http?: HttpEvent }[];
}

export interface Context {
  readonly name: string;
  readonly functions: Readonly<Record<string, FunctionDefinition>>;
}

/** The contexts of the application: every folder of functions/ that has a context.yml. */
export function contexts(): Context[] {
  return readdirSync(join(projectRoot, 'functions')).map((name) => {
    const file = join(projectRoot, 'functions', name, 'context.yml');
    return { name, ...(load(readFileSync(file, 'utf8')) as Omit<Context, 'name'>) };
  });
}

/** The operations that the module of a Lambda serves; undefined where it is not behind the API. */
export async function operationsOf({ handler }: FunctionDefinition) {
  const module = (await import(join(projectRoot, handler.replace(/\.handler$/, '.ts')))) as { handler: HttpHandler };
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
