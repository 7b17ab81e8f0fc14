import * as z from 'zod';
import type { JsonObject } from './json.ts';

type Io = 'input' | 'output';
type Override = NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override'];

/** Formats whose pattern would only repeat them, at length. */
const SPELT_OUT = new Set(['uuid', 'date']);

/** What a schema says of itself; on the way in, a pipe ends in the schema that knows how clients spell the value. */
function metadataOf(schema: z.core.$ZodType, io: Io): JsonObject {
  const own = (z.globalRegistry.get(schema) ?? {}) as JsonObject;
  if (io === 'output' || own.wire || !(schema instanceof z.ZodPipe)) return own;
  return { ...own, wire: metadataOf(schema.def.out, io).wire };
}

/** That an integer fits a double says nothing of what the API answers. */
function dropSafeBounds(shown: JsonObject): void {
  if (shown.minimum === Number.MIN_SAFE_INTEGER) delete shown.minimum;
  if (shown.maximum === Number.MAX_SAFE_INTEGER) delete shown.maximum;
}

const override =
  (io: Io): Override =>
  ({ zodSchema, jsonSchema }) => {
    const shown = jsonSchema as JsonObject;
    const { wire, ...known } = metadataOf(zodSchema, io);
    if (io === 'input' && wire) {
      for (const key of Object.keys(shown)) delete shown[key];
      Object.assign(shown, wire);
    }
    Object.assign(shown, known);
    if (io === 'output' && shown.type === 'integer') dropSafeBounds(shown);
    if (SPELT_OUT.has(String(shown.format)) || (shown.format === 'date-time' && io === 'output')) delete shown.pattern;
    if (zodSchema instanceof z.ZodCustom && zodSchema.safeParse(new Uint8Array()).success)
      Object.assign(shown, { type: 'string', format: 'binary' });
  };

/** Turns schemas into JSON Schema 2020-12; the named ones become components that the others refer to. */
export class Schemas {
  readonly components: Record<string, JsonObject> = {};
  readonly #names = z.registry<{ id: string }>();
  readonly #taken = new Set<string>();

  /** Gives a schema the name under which it becomes a component; a name that is taken is told apart by its context. */
  name(schema: z.ZodType, name: string, context: string): void {
    if (this.#names.has(schema) || !(schema instanceof z.ZodObject)) return;
    const id = this.#taken.has(name) ? `${context[0]?.toUpperCase()}${context.slice(1)}${name}` : name;
    if (this.#taken.has(id)) throw new Error(`Two schemas are called ${id}`);
    this.#taken.add(id);
    this.#names.add(schema, { id });
  }

  /** A schema as JSON Schema: as requests spell it (`input`) or as answers do (`output`). */
  of(schema: z.ZodType, io: Io): JsonObject {
    const options = { io, metadata: this.#names, unrepresentable: 'any', override: override(io) } as const;
    const { $schema, $defs, ...root } = z.toJSONSchema(schema, options as Parameters<typeof z.toJSONSchema>[1]);
    const definitions = Object.entries(($defs ?? {}) as Record<string, JsonObject>);
    const renamed = new Map(definitions.map(([id, definition]) => [id, this.#componentName(id, definition)]));
    for (const [id, definition] of definitions) this.components[renamed.get(id) ?? id] = relocated(definition, renamed);
    return relocated(root, renamed);
  }

  /** A component that requests and answers spell differently is two. */
  #componentName(id: string, definition: JsonObject): string {
    const known = this.components[id];
    const same = known === undefined || JSON.stringify(known) === JSON.stringify(relocated(definition, new Map()));
    return same ? id : `${id}Input`;
  }
}

function relocated(node: JsonObject, renamed: ReadonlyMap<string, string>): JsonObject {
  const text = JSON.stringify(node).replaceAll(/"#\/\$defs\/([^"/]+)"/g, (_, id: string) =>
    JSON.stringify(`#/components/schemas/${renamed.get(id) ?? id}`),
  );
  return JSON.parse(text) as JsonObject;
}
