import { randomInt } from 'node:crypto';
import { type KeyPart, keyPart } from '../../../platform/base/key-part.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import { optimistically } from '../../../platform/data/optimistic.ts';
import type { Key } from '../../../platform/data/table.ts';
import {
  type AttributeChanges,
  type Condition,
  type Item,
  lostUpdate,
  put,
  remove,
  update,
  type Write,
} from '../../../platform/data/write.ts';
import { problem } from '../problems.ts';
import { markerOf } from '../rankings/marker.ts';
import { table } from '../table.ts';
import type { Assessment, Book, Head, Roster, Sheet } from './book.ts';
import type { ClassRef } from './class-ref.ts';
import type { Programme } from './programme.ts';

/** Which book: a class in a term. */
export interface BookRef {
  readonly ref: ClassRef;
  readonly term: KeyPart;
}

/** Everything of a class is one partition. */
export const partitionOf = (ref: ClassRef): KeyText => key`CLASS#${ref}`;

const within = ({ ref, term }: BookRef, sk: KeyText): Key => ({ pk: partitionOf(ref), sk: key`T#${term}#${sk}` });

/** The key of a book's head. */
export const headKey = (book: BookRef): Key => within(book, key`0HEAD`);

/** The key of the programme that a book goes by. */
export const programmeKey = (book: BookRef): Key => within(book, key`1PROGRAMME`);

/** The key of the members that a book counts. */
export const rosterKey = (book: BookRef): Key => within(book, key`1ROSTER`);

/** The key of an assessment in its book. */
export const assessmentKey = (book: BookRef, nr: string): Key => within(book, key`2A#${keyPart(nr)}`);

/** The key of a student's row. */
export const sheetKey = (book: BookRef, studentId: number): Key => within(book, key`3S#${studentId}`);

/** The key of what the ranking holds of the book. */
export const standingsKey = (book: BookRef): Key => within(book, key`4STANDINGS`);

/** What of a head a change may be conditional on. */
type Expected = Partial<Pick<Head, 'open' | 'gen' | 'roster' | 'programme' | 'count'>>;

/** Of a head: that it is as it was read, in what is named. */
export function headIs(expected: Expected, otherwise: Condition['otherwise']): Condition {
  const named = Object.entries(expected);
  return {
    when: named.map((_, i) => `#head${i} = :head${i}`).join(' AND '),
    names: Object.fromEntries(named.map(([name], i) => [`#head${i}`, name])),
    values: Object.fromEntries(named.map(([, value], i) => [`:head${i}`, value])),
    otherwise,
  };
}

/** Of a head: the book takes changes. @throws term_closed */
export const bookIsOpen: Condition = headIs({ open: true }, () => problem.term_closed());

/** The same, with something as it was read. @throws term_closed, LostUpdate */
export const openAndStill = (expected: Expected): Condition =>
  headIs({ open: true, ...expected }, (head) => (head?.open === false ? problem.term_closed() : lostUpdate()));

/** Of something in a book: nobody changed it since it was read. @throws LostUpdate */
export const sealIs = (seal: number): Condition => ({
  when: 'seal = :seal',
  values: { ':seal': seal },
  otherwise: lostUpdate,
});

/** The highest number that a seal is drawn below: sums stay exact over four million writes. */
const SEALS = 2 ** 31;

/** Something in a book that a change touches; what is removed or replaced as a whole had a seal, 0 where it was not there. */
type Touch =
  | { readonly key: Key; readonly attributes: AttributeChanges; readonly condition?: Condition | undefined }
  | { readonly removed: Key; readonly seal: number; readonly condition?: Condition | undefined }
  | { readonly replaced: Key; readonly content: object; readonly seal: number; readonly condition: Condition };

/** How the head of a book changes with it. */
export interface HeadChange extends AttributeChanges {
  readonly condition: Condition;
}

/**
 * A change of a book. Each item that it touches is sealed with a random number that is added to the head's as well, so
 * that a reader can tell: a book was read whole exactly when its items' seals add up to its head's. It raises the book's
 * generation, and marks the class for the ranking over all classes.
 * @param touched everything in the book that changes, its head aside
 */
export function change(book: BookRef, touched: readonly Touch[], head: HeadChange): Write[] {
  let seals = 0;
  const writes = touched.map((touch): Write => {
    if ('removed' in touch) {
      seals -= touch.seal;
      return remove(touch.removed, touch.condition);
    }
    const seal = randomInt(1, SEALS);
    seals += seal;
    if ('replaced' in touch) {
      seals -= touch.seal;
      return put({ ...touch.content, ...touch.replaced, seal }, touch.condition);
    }
    return update(touch.key, { ...touch.attributes, add: { ...touch.attributes.add, seal } }, touch.condition);
  });
  const { condition, ...changed } = head;
  return [
    update(headKey(book), { ...changed, add: { ...changed.add, gen: 1, seal: seals } }, condition),
    ...writes,
    update(markerOf(book), { set: { ref: book.ref }, add: { n: 1 } }),
  ];
}

const taught = (book: BookRef, { programme, version }: ProgrammeItem): Item => ({
  ...programmeKey(book),
  programme,
  version,
  seal: randomInt(1, SEALS),
});

/** The parts that a book begins with, their seals adding up. */
export function begin(book: BookRef, { roster, programme }: Beginning): Write[] {
  const parts: Item[] = [
    { ...rosterKey(book), members: roster.members, version: roster.version, seal: randomInt(1, SEALS) },
    ...(programme ? [taught(book, programme)] : []),
  ];
  const head: Head = {
    open: true,
    away: {},
    gen: 1,
    programme: programme?.version ?? 0,
    roster: roster.version,
    count: 0,
    seal: parts.reduce((sum, { seal }) => sum + Number(seal), 0),
  };
  return [put({ ...headKey(book), ...head }), ...parts.map((part) => put(part))];
}

/** What a book copies as it begins: members and programme as they are today. */
export interface Beginning {
  readonly roster: RosterItem;
  readonly programme: ProgrammeItem | undefined;
}

/** The members of a class as they are stored, of today or of a book. */
export interface RosterItem {
  readonly members: Roster;
  readonly version: number;
}

/** A programme as it is stored, of a year or of a book. */
export interface ProgrammeItem {
  readonly programme: Programme;
  readonly version: number;
}

type Part = Item & { readonly seal?: number };

const EMPTY: Omit<Book, 'ref' | 'term'> = {
  head: undefined,
  programme: undefined,
  members: {},
  assessments: [],
  sheets: new Map(),
  whole: true,
};

/** A book as its items make it. */
export function bookOf({ ref, term }: BookRef, items: readonly Part[]): Book {
  const prefix = `T#${term}#`;
  const named = (name: string) => items.filter(({ sk }) => sk.startsWith(`${prefix}${name}`));
  const head = named('0HEAD')[0] as (Head & Item) | undefined;
  if (!head) return { ref, term, ...EMPTY };
  const sheets = named('3S#') as (Sheet & Item)[];
  const sum = items.reduce((all, { sk, seal = 0 }) => (sk.endsWith('#0HEAD') ? all : all + seal), 0);
  return {
    ref,
    term,
    head,
    programme: (named('1PROGRAMME')[0] as ProgrammeItem | undefined)?.programme,
    members: (named('1ROSTER')[0] as RosterItem | undefined)?.members ?? {},
    assessments: named('2A#') as unknown as Assessment[],
    sheets: new Map(sheets.map((sheet) => [sheet.student_id, sheet])),
    whole: sum === head.seal,
  };
}

const READS = 5;

/**
 * The book of a class in a term: one query. It is read again where it was met half changed; one that is not `whole` may
 * be shown, and nothing of it kept.
 */
export async function read(book: BookRef): Promise<Book> {
  const partition = ['pk', partitionOf(book.ref)] as const;
  // What the ranking holds of the book stands behind the rows, and is the ranking's alone.
  const sort = ['sk', 'between', headKey(book).sk, within(book, key`4`).sk] as const;
  let found = bookOf(book, await table.queryAll<Part>({ partition, sort }));
  for (let reads = 1; !found.whole && reads < READS; reads += 1)
    found = bookOf(book, await table.queryAll<Part>({ partition, sort }));
  return found;
}

/**
 * Whether head, members and programme were read from between two transactions: a batch is no snapshot either, and who
 * left would be taken for a member by a write that demands the head alone.
 */
function agree(book: BookRef, items: readonly Part[]): boolean {
  const at = ({ pk, sk }: Key) => items.find((item) => item.pk === pk && item.sk === sk) as unknown;
  const head = at(headKey(book)) as Head | undefined;
  const versionAt = (key: Key) => (at(key) as { version: number } | undefined)?.version ?? 0;
  return !head || (head.roster === versionAt(rosterKey(book)) && head.programme === versionAt(programmeKey(book)));
}

/**
 * Parts of a book by their keys: what a change of it has to know. One batch for each hundred.
 * @param keys beside head, members and programme; also of what lies elsewhere, which comes back as `others`
 * @throws busy
 */
export async function readPartsWith(book: BookRef, keys: readonly Key[]) {
  const parts = [headKey(book), rosterKey(book), programmeKey(book), ...keys];
  const { pk } = headKey(book);
  const items = await optimistically(async () => {
    const some = await table.getMany<Part>(parts);
    if (!agree(book, some)) throw lostUpdate();
    return some;
  });
  return { book: bookOf(book, items), others: items.filter((item) => item.pk !== pk) };
}

/** Head, members and programme of a book. One batch. */
export const readParts = async (book: BookRef): Promise<Book> => (await readPartsWith(book, [])).book;

/** The members that a book counts; undefined where it did not begin. One read. */
export const rosterIn = async (book: BookRef): Promise<Roster | undefined> =>
  (await table.get<RosterItem>(rosterKey(book)))?.members;

/** What tells one state of a book from every other; undefined where it did not begin. One read. */
export async function generation(book: BookRef): Promise<string | undefined> {
  const head = await table.get<Head>(headKey(book));
  return head && generationOf(head);
}

/** What tells one state of a book from every other: its generation, and whether it is open. */
export const generationOf = ({ gen, open }: Head): string => `${gen}${open ? '' : ' closed'}`;
