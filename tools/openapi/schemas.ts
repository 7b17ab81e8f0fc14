import * as z from 'zod';
import type { CreateDocumentOptions } from 'zod-openapi';
import type { Declarations } from './operations.ts';

type Override = NonNullable<CreateDocumentOptions['override']>;
type Shown = Parameters<Override>[0]['jsonSchema'];

/** Formats whose pattern would only repeat them, at length. */
const SPELT_OUT = new Set(['uuid', 'date']);

/** An `override` in a schema's `meta` says all: of what it stands for, nothing but the rest of that `meta` stays. */
function clearOverridden(schema: z.core.$ZodType, shown: Shown): void {
  const { override, ...kept } = z.globalRegistry.get(schema) ?? {};
  if (override) for (const key of Object.keys(shown)) if (!(key in kept)) delete shown[key as keyof Shown];
}

/** That an integer fits a double says nothing of what the API answers. */
function dropSafeBounds(shown: Shown): void {
  if (shown.minimum === Number.MIN_SAFE_INTEGER) delete shown.minimum;
  if (shown.maximum === Number.MAX_SAFE_INTEGER) delete shown.maximum;
}

const override: Override = ({ zodSchema, jsonSchema, io }) => {
  clearOverridden(zodSchema, jsonSchema);
  loosenBooleans(jsonSchema, io);
  if (io === 'output' && jsonSchema.type === 'integer') dropSafeBounds(jsonSchema);
  const { format } = jsonSchema;
  if (SPELT_OUT.has(String(format)) || (format === 'date-time' && io === 'output')) delete jsonSchema.pattern;
  if (zodSchema instanceof z.ZodCustom && zodSchema.safeParse(new Uint8Array()).success)
    Object.assign(jsonSchema, { type: 'string', format: 'binary' });
};

/** Generators for Java and others make a type of each constant, which there is none of for true and false. */
function loosenBooleans(shown: Shown, io: 'input' | 'output'): void {
  if (shown.type !== 'boolean' || !('const' in shown)) return;
  // Of what is sent, the other value would be refused.
  if (io === 'input') shown.enum = [shown.const];
  else shown.description ??= `Always ${String(shown.const)}`;
  delete shown.const;
}

/** How zod's schemas become JSON Schema 2020-12. */
export const schemaOptions: CreateDocumentOptions = { override };

/** The names of components, without those that a generator makes by itself: Go's constructor of `Product` is `NewProduct`. */
const idFor = (name: string, names: ReadonlySet<string>): string => {
  const [, made = ''] = /^New(\w+)$/.exec(name) ?? [];
  return names.has(made) ? `${made}Draft` : name;
};

/**
 * Makes components of the object schemas that contexts export, under the names of their exports; a name that is taken
 * is told apart by its context.
 */
export function nameComponents(contexts: readonly Declarations[]): void {
  const byId = new Map<string, z.ZodType>();
  const exported = contexts.flatMap(({ context, schemas }) => [...schemas].map((one) => [context, ...one] as const));
  const names = new Set(exported.map(([, name]) => name));
  for (const [context, exportedAs, schema] of exported) {
    if (!(schema instanceof z.ZodObject) || [...byId.values()].includes(schema)) continue;
    const name = idFor(exportedAs, names);
    const id = byId.has(name) ? `${context[0]?.toUpperCase()}${context.slice(1)}${name}` : name;
    if (byId.has(id)) throw new Error(`Two schemas are called ${id}`);
    byId.set(id, schema);
    schema.register(z.globalRegistry, { ...schema.meta(), id });
  }
}
