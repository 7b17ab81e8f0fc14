import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { projectRoot } from '../../localstack/settings.ts';
import type { HttpHandler } from '../../platform/http/endpoint.ts';
import type { Operation } from '../../platform/http/operation.ts';
import { type Context, routesOf, sourceOf } from '../contexts.ts';

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
  readonly operations: readonly NamedOperation[];
  /** The exported schemas by name. */
  readonly schemas: ReadonlyMap<string, z.ZodType>;
}

type Module = Readonly<Record<string, unknown>>;

const load = (file: string): Promise<Module> => import(join(projectRoot, file)) as Promise<Module>;

const isSchema = (value: unknown): value is z.ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value && 'parse' in value;

/** The modules of a context's folder, tests apart, by file. */
async function modulesOf(folder: string): Promise<[file: string, module: Module][]> {
  const names = readdirSync(join(projectRoot, folder)).filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name));
  return Promise.all(
    names.sort().map(async (name) => [`${folder}/${name}`, await load(`${folder}/${name}`)] as const),
  ).then((modules) => modules.map(([file, module]) => [file, module]));
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
  return { operations, schemas: new Map(schemas) };
}
