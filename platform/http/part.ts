import * as z from 'zod';
import type { Localized } from '../base/language.ts';
import { currentScope } from '../base/scope.ts';
import { everyItem } from '../data/dump.ts';
import type { Table } from '../data/table.ts';
import type { Item } from '../data/write.ts';
import { allow, type Caller } from './access.ts';
import { file } from './answer.ts';
import { streamed, Text } from './content.ts';
import { type Operation, operation } from './operation.ts';
import { openCursor, PageQuery, sealCursor } from './paging.ts';

/** A line of JSON each. */
export const NDJSON = 'application/x-ndjson';

/** Something that stays where it is, and why. */
interface Kept {
  /** What its key looks like: `pk`, a space, `sk`. */
  readonly at: RegExp;
  readonly why: Localized;
}

/** One context's part of what a school takes along. */
export interface Part {
  /** The context. */
  readonly name: string;
  readonly table: Table;
  /** What there is, by the name of its kind: what its key looks like, `pk`, a space, `sk`. */
  readonly kinds: Readonly<Record<string, RegExp>>;
  /** Attributes that only an index is made of. */
  readonly derived?: readonly string[];
  /** Attributes of a kind that stay. */
  readonly withheld?: Readonly<Record<string, readonly string[]>>;
  /** Whole items that stay, beside {@link KEPT}. */
  readonly kept?: Readonly<Record<string, Kept>>;
  /** What is to be done before some items are shown: nothing of them is, where it fails. */
  readonly before?: (items: readonly Item[], caller: Caller) => Promise<void>;
}

/** What stays in every context: what the machinery needs to run, and secrets. */
const KEPT: Readonly<Record<string, Kept>> = {
  remembered_answers: {
    at: /^(?:IDEMPOTENCY|SHOWN)#/,
    why: { fr: 'copies de réponses, gardées un jour', en: 'copies of answers, kept for a day' },
  },
  outbox: { at: /^OUTBOX(?:#\d+)? /, why: { fr: 'messages en chemin', en: 'messages on their way' } },
  sequences: { at: /^SEQUENCE#/, why: { fr: 'compteurs d’identifiants', en: 'counters of ids' } },
  tallies: { at: /^TALLY#/, why: { fr: 'essais de la dernière heure', en: 'attempts of the last hour' } },
  claim_codes: { at: /^CLAIM_CODE#/, why: { fr: 'empreintes de codes secrets', en: 'digests of secret codes' } },
  caches: { at: /^CACHE#/, why: { fr: 'se recalcule à partir du reste', en: 'is computed anew from the rest' } },
  demo: { at: /^DEMO/, why: { fr: 'marque des données de démonstration', en: 'mark of the demo data' } },
};

/** The last line of a part: what it held, and what stayed. */
export const PartEnd = z.object({
  part: z.string(),
  lines: z.int(),
  kinds: z.record(z.string(), z.int()),
  /** Whole items that stayed. */
  kept: z.record(z.string(), z.object({ items: z.int(), why: z.string() })),
  /** Attributes that stayed, by kind. */
  withheld: z.record(z.string(), z.array(z.string())),
  /** Items of which nobody said whether they go or stay: there should be none. */
  unknown: z.int(),
});
export type PartEnd = z.output<typeof PartEnd>;

const keyOf = ({ pk, sk }: Item): string => `${pk} ${sk}`;

/** What JSON has no word for: DynamoDB's sets become lists, bytes Base64. */
function inJson(_: string, value: unknown): unknown {
  if (value instanceof Set) return [...value];
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

const nameFor = (item: Item, patterns: readonly (readonly [string, RegExp])[]): string | undefined =>
  patterns.find(([, at]) => at.test(keyOf(item)))?.[0];

/** Tells lines from what stays, and counts both. */
class Packing {
  readonly #part: Part;
  readonly #kept: Readonly<Record<string, Kept>>;
  readonly #keptAt: [string, RegExp][];
  readonly #end: PartEnd;

  constructor(part: Part) {
    const { name, kept, withheld = {} } = part;
    this.#part = part;
    this.#kept = { ...KEPT, ...kept };
    this.#keptAt = Object.entries(this.#kept).map(([what, { at }]) => [what, at]);
    const attributes = Object.entries(withheld).map(([kind, names]) => [kind, [...names]]);
    this.#end = { part: name, lines: 0, kinds: {}, kept: {}, withheld: Object.fromEntries(attributes), unknown: 0 };
  }

  /** An item as a line; undefined where it stays. */
  line(item: Item): string | undefined {
    const { name: part, kinds, derived = [], withheld = {} } = this.#part;
    const kind = nameFor(item, Object.entries(kinds));
    if (kind === undefined) return this.#stays(item);
    this.#end.kinds[kind] = 1 + (this.#end.kinds[kind] ?? 0);
    this.#end.lines += 1;
    const left = new Set(['pk', 'sk', ...derived, ...(withheld[kind] ?? [])]);
    const shown = Object.entries(item).filter(([name]) => !left.has(name));
    return `${JSON.stringify({ part, kind, at: keyOf(item), data: Object.fromEntries(shown) }, inJson)}\n`;
  }

  #stays(item: Item): undefined {
    const what = nameFor(item, this.#keptAt);
    const kept = what === undefined ? undefined : this.#kept[what];
    if (what === undefined || !kept) {
      this.#end.unknown += 1;
      return;
    }
    const why = kept.why[currentScope()?.language ?? 'fr'];
    this.#end.kept[what] = { items: 1 + (this.#end.kept[what]?.items ?? 0), why };
  }

  get end(): string {
    return `${JSON.stringify({ end: this.#end })}\n`;
  }
}

/** The lines of a part; between them, from where to go on should they break off. */
async function* linesOf(part: Part, list: string, cursor: string | undefined, caller: Caller) {
  const packing = new Packing(part);
  const after = cursor === undefined ? undefined : await openCursor(cursor, list);
  for await (const { items, next } of everyItem(part.table, after)) {
    await part.before?.(items, caller);
    yield items.map((item) => packing.line(item) ?? '').join('');
    if (next) yield `${JSON.stringify({ cursor: await sealCursor(next, list) })}\n`;
  }
  yield packing.end;
}

/** The operation by which a context gives its part of what a school takes along, to admins. */
export function schoolPart(part: Part): Operation {
  const route = `GET /export/${part.name}` as const;
  return operation({
    route,
    summary: `Everything that ${part.name} holds`,
    description:
      'A line of JSON for each record: `{part, kind, at, data}`, `at` being its key. Now and then `{cursor}`, from where to go on should the lines break off. The last line, `{end}`, tells how many there were of each kind, and what stayed: a file without it is not whole.',
    access: allow('admin'),
    query: PageQuery.pick({ cursor: true }),
    answers: { 200: streamed({ [NDJSON]: Text }) },
    handle: async ({ query, caller }) =>
      file(linesOf(part, route, query.cursor, caller), { type: NDJSON, name: `${part.name}.ndjson` }),
  });
}
