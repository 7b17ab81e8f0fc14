import { dirname } from 'node:path';
import { load } from 'js-yaml';
import type { Route } from '../platform/http/operation.ts';
import { textOf } from './root.ts';
import type { Declared } from './template.ts';

/** An event of a Lambda as context.yml writes it; one of the names is there. */
export interface LambdaEvent {
  readonly http?: {
    readonly method: string;
    readonly path: string;
    readonly authorizer?: unknown;
    readonly response?: { readonly transferMode?: string };
  };
  readonly sqs?: { readonly arn: unknown; readonly batchSize?: number };
  readonly schedule?: unknown;
}

/** A Lambda as context.yml writes it. */
export interface Lambda {
  readonly name: string;
  readonly handler: string;
  readonly description?: string;
  readonly timeout?: number;
  readonly memorySize?: number;
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly events?: readonly LambdaEvent[];
}

/** A bounded context: what its context.yml deploys. */
export interface Context {
  readonly name: string;
  /** The folder, from the project's root. */
  readonly folder: string;
  readonly file: string;
  /** The comment that its context.yml begins with. */
  readonly purpose: string;
  readonly lambdas: readonly Lambda[];
  readonly resources: Declared['Resources'];
}

/** The text with the variables of the framework that a context uses in their place. */
const resolved = (text: string, prefix: string): string =>
  text
    .replaceAll(/\$\{self:custom\.prefix\}/g, prefix)
    .replaceAll(/"?\$\{env:(\w+), '([^']*)'\}"?/g, (_, name: string, otherwise: string) =>
      JSON.stringify(process.env[name] ?? otherwise),
    );

/**
 * What a context.yml says. Where a prefix of a deployment is given, it is put where the file names it, and settings of
 * the environment, or what they are without one, in their place.
 */
export function readContext(file: string, prefix?: string): Context {
  const written = textOf(file);
  const text = prefix === undefined ? written : resolved(written, prefix);
  const { functions = {}, resources } = load(text) as {
    functions?: Record<string, Omit<Lambda, 'name'>>;
    resources?: { Resources?: Declared['Resources'] };
  };
  const folder = dirname(file);
  return {
    name: folder.split('/').at(-1) ?? folder,
    folder,
    file,
    purpose: /^((?:#.*\n)+)/.exec(text)?.[1]?.replaceAll(/^# ?/gm, '').replaceAll('\n', ' ').trim() ?? '',
    lambdas: Object.entries(functions).map(([name, lambda]) => ({ name, ...lambda })),
    resources: resources?.Resources ?? {},
  };
}

/** Every context that serverless.yml deploys, by name, with the names of a deployment where a prefix is given. */
export function readContexts(prefix?: string): Context[] {
  const files = textOf('serverless.yml').matchAll(/\$\{file\((functions\/[\w-]+\/context\.yml)\):functions\}/g);
  return [...files].map(([, file = '']) => readContext(file, prefix)).sort((a, b) => a.name.localeCompare(b.name));
}

/** The file of a Lambda's code. */
export const sourceOf = ({ handler }: Lambda): string => handler.replace(/\.\w+$/, '.ts');

/** The routes that the gateway sends to a Lambda. */
export const routesOf = ({ events = [] }: Lambda): { route: Route; authorized: boolean }[] =>
  events.flatMap(({ http }) =>
    http ? [{ route: `${http.method} ${http.path}` as Route, authorized: http.authorizer !== undefined }] : [],
  );

/** The same of a Lambda whose answers the gateway hands on while they are made; the others wait for the whole of each. */
export const streamedRoutesOf = ({ events = [], ...lambda }: Lambda): Route[] =>
  routesOf({ ...lambda, events: events.filter(({ http }) => http?.response?.transferMode === 'STREAM') }).map(
    ({ route }) => route,
  );
