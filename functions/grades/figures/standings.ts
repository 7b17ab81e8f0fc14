import type { Card, General } from '../averages/card.ts';
import { type Ranking, rankingOf, type Standing } from '../averages/ranking.ts';
import { overTerms } from '../averages/terms.ts';
import type { Figure, Scale } from '../averages/vocabulary.ts';
import { type Book, cardIn, entriesOf, memberIds, type View } from '../classes/book.ts';
import * as books from '../classes/book-store.ts';
import { type ClassRef, refIn } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { arithmeticOf, type Programme, programmeOr } from '../classes/programme.ts';
import { membersIn } from '../classes/roster-store.ts';
import { hundredths } from '../marks/decimal.ts';
import type { Student } from '../students/student.ts';
import { type Calendar, DEFAULT_TERM, type Term } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';

/** A member of a class with their general figure. */
export interface MemberStanding extends Standing {
  readonly name: string;
}

/** The figures of a class in a term, whole or divided. */
export interface ClassFigures {
  readonly ref: ClassRef;
  readonly term: Term;
  readonly programme: Programme | undefined;
  readonly ranking: Ranking<MemberStanding>;
  /** Of a leaf: the card of each member. */
  readonly cards: ReadonlyMap<number, Card>;
  /** The general figure of a member, or of whoever else was asked for. */
  readonly generalOf: (studentId: number) => Figure | undefined;
  /** The general figure of a member in a term below this one, of a divided term; made of what was read for this one. */
  readonly generalBelow: (below: Term, studentId: number) => Figure | undefined;
  /** The book of a leaf, the last one of a divided term. */
  readonly book: Book;
  /** Every book that it is made of. */
  readonly books: readonly Book[];
  /** Whether all of it was read from between two transactions, so that it may be kept. */
  readonly whole: boolean;
}

/** The general figure of a student in a leaf, in the book of the class they were in then. */
type GeneralIn = (leaf: Term, studentId: number) => General & { readonly scale: Scale };

const scaleOf = (book: Book): Scale => arithmeticOf(programmeOr(book.programme)).scale;

/** The book of a class in a leaf; where it did not begin, an empty one of who was in the class then and what it is taught. */
async function bookIn(ref: ClassRef, leaf: Term, calendar: Calendar): Promise<Book> {
  const book = await books.read({ ref, term: leaf.id });
  if (book.head) return book;
  const [{ members }, taught] = await Promise.all([
    membersIn(ref, leaf, calendar),
    classes.programme(ref, calendar.yearOf(leaf).id),
  ]);
  return { ...book, members, programme: taught?.programme };
}

function standingsOf(book: Book, generalOf: (id: number) => General): Ranking<MemberStanding> {
  const { members } = book;
  const programme = arithmeticOf(programmeOr(book.programme));
  return rankingOf(
    memberIds(book).map((student) => {
      const { general, coverage } = generalOf(student);
      return { student, name: members[student]?.name ?? '', general, coverage, programme };
    }),
  );
}

/** The figures of a class in a leaf: one query. */
export function figuresIn(book: Book, term: Term, view: View): ClassFigures {
  const cards = new Map(memberIds(book).map((id) => [id, cardIn(book, id, view)]));
  const none: General = { general: undefined, coverage: { covered: 0n, taken: 0n } };
  return {
    ref: book.ref,
    term,
    programme: book.programme,
    ranking: standingsOf(book, (id) => cards.get(id) ?? none),
    cards,
    generalOf: (id) => (cards.get(id) ?? cardIn(book, id, view)).general,
    generalBelow: () => undefined,
    book,
    books: [book],
    whole: book.whole,
  };
}

/**
 * The leaves of a term that count towards it: those that began, by their date or with a first mark that the reader may
 * see. A hidden one begins none, or it would tell of itself.
 */
function begunLeaves(leaves: readonly Term[], all: readonly Book[], view: View): readonly Term[] {
  const hasMarks = (book: Book) => [...book.sheets.values()].some((sheet) => entriesOf(book, sheet, view).length > 0);
  const begun = leaves.filter(
    ({ id, starts_on = '' }) => starts_on <= terms.today() || all.some((book) => book.term === id && hasMarks(book)),
  );
  return begun.length > 0 ? begun : leaves.slice(0, 1);
}

/** A student's general figure in any term: of a leaf by its book, of a divided one by the terms right below it. */
function generalIn(
  term: Term,
  id: number,
  scale: Scale,
  calendar: Calendar,
  leaves: readonly Term[],
  of: GeneralIn,
): General {
  const below = calendar.childrenOf(term.id).filter((child) => leaves.some((leaf) => calendar.isWithin(leaf, child)));
  if (below.length === 0) return of(term, id);
  const figures = below.map((child) => {
    const isLeaf = calendar.childrenOf(child.id).length === 0;
    const figure = isLeaf ? of(child, id) : { ...generalIn(child, id, scale, calendar, leaves, of), scale };
    return { ...figure, weight: hundredths(child.weight) };
  });
  return overTerms(figures, scale);
}

/**
 * Reads every book that members of a class sat in, in any of some leaves, its own of the last leaf last. One query each,
 * side by side.
 */
export async function booksOf(
  ref: ClassRef,
  leaves: readonly Term[],
  calendar: Calendar,
  also?: Student,
): Promise<[Book[], Book]> {
  const [end = DEFAULT_TERM] = leaves.slice(-1);
  const read = (places: readonly books.BookRef[]) => Promise.all(places.map((place) => books.read(place)));
  const [earlier, last] = await Promise.all([
    read(leaves.slice(0, -1).map(({ id }) => ({ ref, term: id }))),
    bookIn(ref, end, calendar),
  ]);
  const members = Object.values(last.members);
  const others = leaves.flatMap(({ id }) => {
    const all = [...members.flatMap(({ was }) => was?.[id] ?? []), also ? refIn(also, id) : ref];
    const refs = new Set(all.filter((other) => other !== ref));
    return [...refs].map((other) => ({ ref: other, term: id }));
  });
  return [[...earlier, ...(await read(others)), last], last];
}

/**
 * The figures of a class in a divided term, the year at last, of who is in it at its end: one query a leaf, and one for
 * each class that a member came from.
 */
async function figuresOver(
  ref: ClassRef,
  term: Term,
  calendar: Calendar,
  view: View,
  also: Student | undefined,
): Promise<ClassFigures> {
  const leaves = calendar.leavesOf(term);
  const [all, last] = await booksOf(ref, leaves, calendar, also);
  const by = new Map(all.map((book) => [`${book.term}#${book.ref}`, book]));
  const begun = begunLeaves(leaves, all, view);
  const scale = scaleOf(last);
  const placeOf = (leaf: Term, id: number): ClassRef =>
    id === also?.student_id ? refIn(also, leaf.id) : (last.members[id]?.was?.[leaf.id] ?? ref);
  const general: GeneralIn = (leaf, id) => {
    const book = by.get(`${leaf.id}#${placeOf(leaf, id)}`);
    if (!book?.head) return { general: undefined, coverage: { covered: 0n, taken: 0n }, scale };
    return { ...cardIn(book, id, view), scale: scaleOf(book) };
  };
  return {
    ref,
    term,
    programme: last.programme,
    ranking: standingsOf(last, (id) => generalIn(term, id, scale, calendar, begun, general)),
    cards: new Map(),
    generalOf: (id) => generalIn(term, id, scale, calendar, begun, general).general,
    generalBelow: (below, id) => generalIn(below, id, scale, calendar, begun, general).general,
    book: last,
    books: all,
    whole: all.every(({ whole }) => whole),
  };
}

/**
 * The figures of a class in a term. One query for a leaf, and one for each leaf of a term that is divided.
 * @param also a student who may be no member, of whom figures are asked for
 */
export async function classFigures(
  ref: ClassRef,
  term: Term,
  calendar: Calendar,
  view: View,
  also?: Student,
): Promise<ClassFigures> {
  if (calendar.childrenOf(term.id).length > 0) return figuresOver(ref, term, calendar, view, also);
  return figuresIn(await bookIn(ref, term, calendar), term, view);
}
