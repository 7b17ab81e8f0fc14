import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import type { HttpHandler } from '../../platform/http/endpoint.ts';
import type { Operation } from '../../platform/http/operation.ts';
import { type Context, routesOf, sourceOf } from '../../project/contexts.ts';
import { moduleUrl, projectRoot } from '../../project/root.ts';

/** An operation with what its declaration does not say: its name, its file, and whose it is. */
export interface NamedOperation {
  /** The name under which its file exports it. */
  readonly name: string;
  readonly file: string;
  readonly context: string;
  readonly operation: Operation;
}

/** What a context's modules export that the description needs. */
export interface Declarations {
  /** The context's name. */
  readonly context: string;
  readonly operations: readonly NamedOperation[];
  /** The exported schemas by name. */
  readonly schemas: ReadonlyMap<string, z.ZodType>;
}

/** What a module exports, by name. */
export type Module = Readonly<Record<string, unknown>>;

/** The module of a file of the project. */
export const load = (file: string): Promise<Module> => import(moduleUrl(file)) as Promise<Module>;

const isSchema = (value: unknown): value is z.ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value && 'parse' in value;

/** The modules of a context's folder and its rooms, tests apart, by file. */
export async function modulesOf(folder: string): Promise<[file: string, module: Module][]> {
  const names = readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' });
  const sources = names.filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name));
  const files = sources.map((name) => name.replaceAll('\\', '/')).sort();
  return Promise.all(files.map(async (name) => [`${folder}/${name}`, await load(`${folder}/${name}`)]));
}

async function servedBy(context: Context): Promise<Operation[]> {
  const behindGateway = context.lambdas.filter((lambda) => routesOf(lambda).length > 0);
  const handlers = await Promise.all(behindGateway.map(async (lambda) => (await load(sourceOf(lambda))).handler));
  return handlers.flatMap((handler) => (handler as Partial<HttpHandler>).operations ?? []);
}

/**
 * The operations that a context's Lambdas serve, and the schemas that it exports.
 * @throws Error when an operation is not exported by a file of the context
 */
export async function declarationsOf(context: Context): Promise<Declarations> {
  const modules = await modulesOf(context.folder);
  const exported = modules.flatMap(([file, module]) =>
    Object.entries(module).map(([name, value]) => ({ file, name, value })),
  );
  const operations = (await servedBy(context)).map((operation) => {
    const found = exported.find(({ value }) => value === operation);
    if (!found) throw new Error(`${operation.route} is exported by no file of ${context.folder}`);
    return { name: found.name, file: found.file, context: context.name, operation };
  });
  const schemas = exported.flatMap(({ name, value }) => (isSchema(value) ? [[name, value] as const] : []));
  return { context: context.name, operations, schemas: new Map(schemas) };
}
