import { createHash } from 'node:crypto';
import { type KeyPart, keyPart } from '../../../platform/base/key-part.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import type { Key, Page } from '../../../platform/data/table.ts';
import {
  absent,
  alreadyDone,
  type Condition,
  type Item,
  lostUpdate,
  put,
  remove,
  update,
  versionIs,
} from '../../../platform/data/write.ts';
import { apply } from '../../../platform/events/commit.ts';
import type { Book, Standings } from '../classes/book.ts';
import { type BookRef, read, standingsKey } from '../classes/book-store.ts';
import type { ClassRef } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { figuresIn, type MemberStanding } from '../figures/standings.ts';
import { table } from '../table.ts';
import type { Term } from '../terms/term.ts';
import { markerOf, SHARDS, shardFor, shardKey } from './marker.ts';

/** A ranked member of any class, best first by their sort key. */
export interface Entry {
  readonly sk: KeyText;
  readonly student_id: number;
  readonly name: string;
  readonly ref: ClassRef;
  /** Their figure on the scale of their class, in hundredths. */
  readonly general: number;
  readonly scale: number;
  readonly class_name?: string;
}

interface Marker {
  readonly ref: ClassRef;
  readonly n: number;
}

/** The highest share of a scale, in hundredths of a per cent. */
const MOST = 10_000;

const digits = (value: number, count: number): KeyPart => keyPart(String(value).padStart(count, '0'));

/** Sorts best first, equals by student: shares of the scale, since classes differ in it. */
const entrySk = (share: number, studentId: number): KeyText =>
  key`#${digits(MOST - share, 5)}#${digits(studentId, 16)}`;

/** Whether a place is that of a member without a figure. */
export const hasNoFigure = (place: KeyText): boolean => place.startsWith('~');

/** Where a member stands in any ranking, in text order; who has no figure stands last. */
export const placeOf = ({ general, student, programme }: MemberStanding): KeyText =>
  general === undefined ? key`~#${digits(student, 16)}` : entrySk((general * 100) / programme.scale, student);

/** The members of a class that take part in the ranking over all classes. */
export function entriesOf(book: Book, term: Term, class_name: string | undefined): Entry[] {
  const { ranking } = figuresIn(book, term, 'staff');
  return ranking.members
    .filter(({ rank }) => rank !== null)
    .map((member) => ({
      sk: placeOf(member),
      student_id: member.student,
      name: member.name,
      ref: book.ref,
      general: member.general ?? 0,
      scale: member.programme.scale,
      ...(class_name !== undefined && { class_name }),
    }));
}

/** Where the ranking of a term goes on, in each of its shards: after this sort key. */
export type Position = KeyText | undefined;

/** How often a class was brought up to date in a shard. It sorts before the markers. */
const settledKey = (shard: KeyText): Key => ({ pk: shard, sk: key`!` });

/** The ranking of a term at one moment. */
export interface State {
  /** What tells it from every other: which classes changed, how often since each was taken in, and how often any was. */
  readonly generation: string;
  /** The classes that the index is out of date about. */
  readonly changed: readonly ClassRef[];
}

/** How the ranking of a term stands. One query a shard. */
export async function stateOf(term: KeyPart): Promise<State> {
  const shards = await Promise.all(
    SHARD_NUMBERS.map((shard) =>
      table.queryAll<Marker & { settled?: number }>({
        partition: ['pk', shardKey(term, shard)],
        sort: ['sk', 'begins_with', key`!`],
      }),
    ),
  );
  const state = shards.map((items) => items.map(({ ref, n, settled }) => [ref, n, settled]));
  return {
    generation: createHash('sha256').update(JSON.stringify(state)).digest('base64url'),
    changed: shards.flat().flatMap(({ ref, n = 0 }) => (n === 0 ? [] : [ref])),
  };
}

const SHARD_NUMBERS = Array.from({ length: SHARDS }, (_, shard) => shard);

/** The classes that changed since the ranking last took them in. One query a shard. */
export const unsettled = async (term: KeyPart): Promise<readonly ClassRef[]> => (await stateOf(term)).changed;

/** Entries of one shard that are as they should be: those of classes that changed leave room for those behind them. */
async function settledIn(
  shard: KeyText,
  changed: ReadonlySet<ClassRef>,
  limit: number,
  after: Position,
): Promise<Entry[]> {
  const kept: Entry[] = [];
  let from = after && { pk: shard, sk: after };
  do {
    const query = { partition: ['pk', shard], sort: ['sk', 'begins_with', key`#`], limit, after: from } as const;
    const { items, next }: Page<Entry> = await table.query<Entry>(query);
    kept.push(...items.filter(({ ref }) => !changed.has(ref)));
    from = next;
  } while (from && kept.length < limit);
  return kept;
}

/** The classes that are ranked as they are now, whatever the index says of them. */
async function ranked(refs: Iterable<ClassRef>, term: Term): Promise<{ entries: Entry[]; whole: boolean }> {
  const all = await Promise.all(
    [...refs].map(async (ref) => {
      const [book, listed] = await Promise.all([read({ ref, term: term.id }), classes.find(ref)]);
      return { entries: entriesOf(book, term, listed?.class_name), whole: book.whole };
    }),
  );
  return { entries: all.flatMap(({ entries }) => entries), whole: all.every(({ whole }) => whole) };
}

const bySk = (a: Entry, b: Entry): number => (a.sk < b.sk ? -1 : Number(a.sk > b.sk));

/** Some of a ranking, in order. */
interface Best {
  readonly entries: Entry[];
  /** Whether there are others behind them. */
  readonly more: boolean;
  /** Whether the books that were read for it were read whole, so that it may be kept. */
  readonly whole: boolean;
}

/**
 * The best of all classes in a leaf, exact right after a write: of the classes that changed since the index was last
 * brought up to date, its entries are passed over and the books themselves are read. A few units for each shard, and one
 * query for each such class.
 * @param limit how many entries at most
 * @param after the sort key after which it goes on
 * @param state as it was read since the question came; else it is read here
 */
export async function best(
  term: Term,
  limit: number,
  { after, state }: { readonly after?: Position; readonly state?: State } = {},
): Promise<Best> {
  // Before the entries: a class that is brought up to date in between would else be found unmarked, and as it was before.
  const changed = new Set((state ?? (await stateOf(term.id))).changed);
  const settled = await Promise.all(
    SHARD_NUMBERS.map((shard) => settledIn(shardKey(term.id, shard), changed, limit + 1, after)),
  );
  const fresh = await ranked(changed, term);
  const later = fresh.entries.filter(({ sk }) => after === undefined || sk > after);
  const all = [...settled.flat(), ...later].sort(bySk);
  return { entries: all.slice(0, limit), more: all.length > limit, whole: fresh.whole };
}

/** How many entries are changed in one transaction. */
const MOST_AT_ONCE = 45;

const NOTHING: Standings = { gen: 1, version: 0, entries: {}, owed: 0 };

const sameVersion = ({ version }: Standings): Condition =>
  version === 0 ? absent(lostUpdate) : versionIs(version, lostUpdate);

/**
 * Takes from a class's marker what the index has taken in since, after it has answered that it did: before, a reader
 * could find the marker gone and the entries not yet there.
 */
async function unmark(place: BookRef, standings: Standings): Promise<void> {
  const { owed, version } = standings;
  if (owed === 0) return;
  // Told before the marker goes: whoever finds no marker finds this, and takes nothing for new that was kept before.
  await apply(table, { writes: [update(settledKey(shardFor(place)), { add: { settled: 1 } })] });
  const paid = update(standingsKey(place), { set: { owed: 0, version: version + 1 } }, sameVersion(standings));
  await apply(table, { writes: [update(markerOf(place), { add: { n: -owed } }), paid] });
  const isSettled = { when: 'n = :none', values: { ':none': 0 }, otherwise: alreadyDone };
  await apply(table, { writes: [remove(markerOf(place), isSettled)] });
}

/** What the index holds of a member, by which it is known whether that is still right: where they stand, and as whom. */
const markOf = ({ sk, name, class_name = '', general, scale }: Entry): string =>
  [sk, name, class_name, general, scale].join('\n');

const skIn = (mark: string): string => mark.split('\n')[0] ?? '';

/** The steps from what the index holds of a class to what it is to hold: entries to go, entries to come. */
function stepsTo(wanted: readonly Entry[], { entries: had }: Standings, pk: KeyText) {
  const has = new Map(wanted.map((entry) => [String(entry.student_id), entry]));
  const gone = Object.entries(had).filter(([id, mark]) => has.get(id)?.sk !== skIn(mark));
  const changed = wanted.filter((entry) => had[entry.student_id] !== markOf(entry));
  return [
    ...gone.map(([id, mark]) => ({ id, mark: undefined, write: remove({ pk, sk: skIn(mark) } as Key) })),
    ...changed.map((entry) => ({
      id: String(entry.student_id),
      mark: markOf(entry),
      write: put({ ...entry, pk } as Item),
    })),
  ];
}

/** Takes one more step towards it, up to some entries at once. @returns what the index then holds */
async function takeSteps(place: BookRef, from: Standings, steps: ReturnType<typeof stepsTo>, gen?: number) {
  const entries = { ...from.entries };
  for (const { id, mark } of steps) {
    if (mark === undefined) delete entries[id];
    else entries[id] = mark;
  }
  const reached = gen === undefined ? {} : { gen, owed: from.owed + gen - from.gen };
  const { gen: before, owed, version } = from;
  const after: Standings = { gen: before, owed, entries, ...reached, version: version + 1 };
  const standings = update(standingsKey(place), { set: { ...after } }, sameVersion(from));
  await apply(table, { writes: [...steps.map(({ write }) => write), standings] });
  return after;
}

/**
 * Brings the index up to date about one class, so that nobody has to read its book for the ranking. It is made from a
 * book that was read whole, by transactions that each demand what the index held, so that one who was held up puts
 * nothing old back. Then as many writes as the book had taken in are taken from the marker, no more: what is written
 * meanwhile keeps the class marked.
 * @param first what else is to be done about the class as it was read: until that went well, the class stays marked
 * @throws LostUpdate where another does the same
 */
export async function settle(term: Term, ref: ClassRef, first?: (book: Book) => Promise<void>): Promise<void> {
  const place: BookRef = { ref, term: term.id };
  // Before the book: what another puts there meanwhile, of a later one, is not taken for what this one is to replace.
  const held = (await table.get<Standings>(standingsKey(place))) ?? NOTHING;
  const [book, listed] = await Promise.all([read(place), classes.find(ref)]);
  if (!book.whole || !book.head) return;
  await first?.(book);
  await unmark(place, held);
  const start = held.owed === 0 ? held : { ...held, owed: 0, version: held.version + 1 };
  const steps = stepsTo(entriesOf(book, term, listed?.class_name), start, shardFor(place));
  let reached = start;
  while (steps.length > MOST_AT_ONCE) reached = await takeSteps(place, reached, steps.splice(0, MOST_AT_ONCE));
  await unmark(place, await takeSteps(place, reached, steps, book.head.gen));
}
