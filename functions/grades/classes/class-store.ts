import pLimit from 'p-limit';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key, Page, Paging } from '../../../platform/data/table.ts';
import {
  absent,
  alreadyDone,
  check,
  lostUpdate,
  put,
  unchanged,
  update,
  versionIs,
  type Write,
} from '../../../platform/data/write.ts';
import { commit } from '../../../platform/events/commit.ts';
import { lastDayOf } from '../students/stays.ts';
import type { Student } from '../students/student.ts';
import { table } from '../table.ts';
import { type Calendar, DEFAULT_TERM, type Term } from '../terms/term.ts';
import { listBook, today } from '../terms/term-store.ts';
import type { Book, Head, Roster } from './book.ts';
import {
  type BookRef,
  begin,
  change,
  headIs,
  headKey,
  type ProgrammeItem,
  partitionOf,
  programmeKey,
  readParts,
  rosterIn,
} from './book-store.ts';
import { type ClassRef, refOf } from './class-ref.ts';
import type { Programme } from './programme.ts';
import { isPast, membersIn, roster, seat } from './roster-store.ts';

/** A class in the list of all that anybody ever was in. */
export interface Listed {
  readonly class_name: string;
  readonly ref: ClassRef;
  /** How many are in it today. */
  readonly size: number;
}

/** How many classes are looked up at once. */
const ABREAST = 8;

const CLASSES = key`CLASSES`;

const listedKey = (ref: ClassRef): Key => ({ pk: CLASSES, sk: key`${ref}` });

const programmeOf = (ref: ClassRef, year: KeyPart): Key => ({ pk: partitionOf(ref), sk: key`PROGRAMME#${year}` });

const ALL = { partition: ['pk', CLASSES], sort: ['sk', 'begins_with', key`class:`] } as const;

/** One page of all classes, by name. */
export const list = (paging: Paging): Promise<Page<Listed>> => table.page<Listed>({ ...ALL, ...paging });

/** The last leaf of a school year that is over, in which the members of its end stand; undefined of one that is not. */
function endOf(year: Term, calendar: Calendar): Term | undefined {
  const last = calendar.leavesOf(year).at(-1);
  return last && isPast(last) ? last : undefined;
}

/**
 * The members of a class at the end of a school year that is over, else those of today. One read, up to three more of a
 * year that is over.
 */
export async function membersOf(ref: ClassRef, year: Term | undefined, calendar: Calendar): Promise<Roster> {
  const last = year && endOf(year, calendar);
  if (!last) return (await roster(ref)).members;
  return (await rosterIn({ ref, term: last.id })) ?? (await membersIn(ref, last, calendar)).members;
}

/** The same classes with how many were in each at the end of the year, once it is over. */
async function sized(all: readonly Listed[], year: Term, calendar: Calendar): Promise<Listed[]> {
  if (!endOf(year, calendar)) return [...all];
  const limit = pLimit(ABREAST);
  return Promise.all(
    all.map((one) =>
      limit(async () => ({ ...one, size: Object.keys(await membersOf(one.ref, year, calendar)).length })),
    ),
  );
}

/** One page of the classes of a year, by name: those that had a programme or marks in it. */
export async function listOf(year: Term, calendar: Calendar, paging: Paging): Promise<Page<Listed>> {
  const { items, next } = await taughtIn(year, calendar, paging);
  return { items: await sized(items, year, calendar), next };
}

const taughtIn = (year: Term, calendar: Calendar, paging: Paging): Promise<Page<Listed>> =>
  table.sift<Listed, Listed>({ ...ALL, ...paging }, async (listed) => {
    const keysOf = ({ ref }: Listed) => [
      programmeOf(ref, year.id),
      ...calendar.leavesOf(year).map(({ id }) => headKey({ ref, term: id })),
    ];
    const nameOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
    const found = new Set((await table.getMany<Key>(listed.flatMap(keysOf))).map(nameOf));
    return listed.map((one) => (keysOf(one).some((at) => found.has(nameOf(at))) ? one : undefined));
  });

/** A class in the list of all. One read. */
export const find = (ref: ClassRef): Promise<Listed | undefined> => table.get<Listed>(listedKey(ref));

/** The programme of a class in a year. One read. */
export const programme = (ref: ClassRef, year: KeyPart): Promise<ProgrammeItem | undefined> =>
  table.get<ProgrammeItem>(programmeOf(ref, year));

/** Lists a class, and counts who joins or leaves it. A student without a class is in none that is listed. */
export const listed = (ref: ClassRef, class_name: string | undefined, joining: -1 | 0 | 1): Write[] =>
  class_name === undefined ? [] : [update(listedKey(ref), { set: { ref, class_name }, add: { size: joining } })];

const stillTaught = (ref: ClassRef, year: KeyPart, read: ProgrammeItem | undefined): Write =>
  check(programmeOf(ref, year), read ? versionIs(read.version, lostUpdate) : absent(lostUpdate));

/**
 * Opens the book of a class in a term, unless it is open already: with the programme and the members of today, or where
 * the term is over with those of its end ({@link membersIn}).
 * @throws term_closed
 */
export async function openBook(ref: ClassRef, term: Term, calendar: Calendar): Promise<void> {
  const book = { ref, term: term.id };
  const year = calendar.yearOf(term).id;
  await commit(table, async () => {
    if (await table.get<Head>(headKey(book))) return {};
    const [members, taught] = await Promise.all([membersIn(ref, term, calendar), programme(ref, year)]);
    const [head, ...parts] = begin(book, { roster: members, programme: taught });
    const opened = head?.kind === 'put' ? [put(head.item, absent(alreadyDone)), ...parts] : [];
    const asRead = [seat(ref, members), stillTaught(ref, year, taught)];
    return { writes: [...opened, ...listBook(term, ref), ...asRead] };
  });
}

/**
 * The head, the members and the programme of a book, which begins if it did not yet. One batch where it did.
 * @throws term_closed
 */
export async function openedBook(book: BookRef, term: Term, calendar: Calendar): Promise<Book & { head: Head }> {
  let parts = await readParts(book);
  if (!parts.head) {
    await openBook(book.ref, term, calendar);
    parts = await readParts(book);
  }
  if (!parts.head) throw lostUpdate();
  return { ...parts, head: parts.head };
}

/** Of leaves that all hold the day, the one whose calendar the class goes by: it is taught in it, or has marks there. */
async function leafAmong(leaves: readonly Term[], ref: ClassRef, calendar: Calendar): Promise<Term | undefined> {
  if (leaves.length < 2) return leaves[0];
  const keysOf = (term: Term) => [programmeOf(ref, calendar.yearOf(term).id), headKey({ ref, term: term.id })];
  // Leaves of one year share its programme, and no batch may name a key twice.
  const keys = new Map(leaves.flatMap(keysOf).map((at) => [at.sk, at]));
  const found = new Set((await table.getMany<Key>([...keys.values()])).map(({ sk }) => sk));
  return leaves.find((term) => keysOf(term).some(({ sk }) => found.has(sk))) ?? leaves[0];
}

/**
 * The leaf in which a mark of a class stands that names none: an open one that holds today, of the calendar that the
 * class goes by. One batch, where several calendars run side by side.
 */
export const leafFor = (ref: ClassRef, calendar: Calendar): Promise<Term | undefined> =>
  leafAmong(calendar.leavesFor(today()), ref, calendar);

/** The leaf of a class that is shown where none is asked for. */
export const leafToShow = async (ref: ClassRef, calendar: Calendar): Promise<Term> =>
  (await leafAmong(calendar.leavesToShow(today()), ref, calendar)) ?? DEFAULT_TERM;

/** The leaf of a student that is shown where none is asked for: of who left, the one of their last day. */
export async function leafOf(student: Student, calendar: Calendar): Promise<Term> {
  const [ref, lastDay] = [refOf(student), lastDayOf(student)];
  const last = lastDay === undefined ? undefined : await leafAmong(calendar.leavesOn(lastDay), ref, calendar);
  return last ?? leafToShow(ref, calendar);
}

/** The book of a class in each leaf of a year, as far as it began. */
export async function books(ref: ClassRef, leaves: readonly Term[]): Promise<[BookRef, Head | undefined][]> {
  const heads = await table.getMany<Head & Key>(leaves.map(({ id }) => headKey({ ref, term: id })));
  return leaves.map(({ id }) => {
    const book = { ref, term: id };
    return [book, heads.find(({ sk }) => sk === headKey(book).sk)];
  });
}

/**
 * Gives a class a programme, in its open books too.
 * @param before the programme that it had, as it was read
 * @param known what {@link books} found
 * @throws LostUpdate
 */
export function teach(
  { ref, class_name, year }: { ref: ClassRef; class_name: string; year: KeyPart },
  before: ProgrammeItem | undefined,
  programme: Programme,
  known: readonly (readonly [BookRef, Head | undefined])[],
): Write[] {
  const version = (before?.version ?? 0) + 1;
  const condition = before ? unchanged(before.version, lostUpdate) : absent(lostUpdate);
  return [
    put({ ...programmeOf(ref, year), programme, version }, condition),
    ...listed(ref, class_name, 0),
    ...known.flatMap(([book, head]) => {
      // One that begins meanwhile would begin with the programme of before.
      if (!head) return [check(headKey(book), absent(lostUpdate))];
      if (!head.open) return [];
      const copy = { key: programmeKey(book), attributes: { set: { programme, version } } };
      return change(book, [copy], {
        set: { programme: version },
        condition: headIs({ open: true, programme: head.programme }, lostUpdate),
      });
    }),
  ];
}
