import { readFileSync } from 'node:fs';
import { packagedFile } from '../../platform/base/packaged-file.ts';

/** A JSON Schema, as far as a page shows it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** A parameter of an operation. */
export interface Parameter {
  readonly $ref?: string;
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly example?: unknown;
  readonly schema: Schema;
}

interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, unknown>>;
}

type ByType = Readonly<Record<string, Media>>;

interface Response {
  readonly $ref?: string;
  readonly description: string;
  readonly content?: ByType;
  readonly 'x-problem-codes'?: readonly string[];
}

interface Described {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly security: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: ByType };
  readonly responses: Readonly<Record<string, Response>>;
}

/** An operation with its method and path. */
export interface Shown extends Described {
  readonly method: string;
  readonly path: string;
}

/** What is said of a context. */
export interface Tag {
  readonly name: string;
  readonly description: string;
}

/** An OpenAPI document, as far as a page shows it. */
interface Document {
  readonly openapi: string;
  readonly info: Readonly<Record<'title' | 'version' | 'summary' | 'description', string>>;
  readonly tags: readonly Tag[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

let read: Document | undefined;

/** The description of the API, read by the first who asks: it is most of what the pages weigh, and a start does without. */
export function description(): Document {
  read ??= JSON.parse(readFileSync(packagedFile('openapi.json'), 'utf8')) as Document;
  return read;
}

/** Where a reference within the document leads; what is none leads to itself. */
export function resolve<T extends { readonly $ref?: string }>(one: T): T {
  if (!one.$ref) return one;
  const parts = one.$ref.split('/').slice(1);
  const unescaped = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return resolve(unescaped.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], description()) as T);
}

/** The name of the component that a schema refers to. */
export const nameOf = ({ $ref }: Schema): string | undefined => $ref?.split('/').at(-1);

/** All operations, in the order of the document. */
export const operations = (): Shown[] =>
  Object.entries(description().paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ ...one, method: method.toUpperCase(), path })),
  );
