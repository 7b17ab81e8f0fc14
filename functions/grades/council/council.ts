import type { Caller } from '../../../platform/http/access.ts';
import { reachIn } from '../classes/access.ts';
import type { Roster } from '../classes/book.ts';
import { readParts } from '../classes/book-store.ts';
import { type ClassRef, classRef } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import type { Programme } from '../classes/programme.ts';
import { membersIn } from '../classes/roster-store.ts';
import { termToRead } from '../figures/term-to-read.ts';
import { problem } from '../problems.ts';
import type { Calendar, Term } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';

/** A class in a term, for whom something is to be said of its members. */
export interface Council {
  readonly ref: ClassRef;
  readonly class_name: string;
  readonly term: Term;
  readonly calendar: Calendar;
  /** Who is in the class at the end of the term. */
  readonly members: Roster;
  /** What the class was taught in the term. */
  readonly programme: Programme | undefined;
  /** What it is taught in the year today: it says who may speak, since a head teacher may leave after a term closed. */
  readonly today: Programme | undefined;
}

/** In whose book of the class the members of a term stand: of a divided one, in that of its last leaf. */
export const lastLeaf = (term: Term, calendar: Calendar): Term => calendar.leavesOf(term).at(-1) ?? term;

/** A class in a term: three round trips. @throws class_not_found, term_not_found */
export async function councilOf(className: string, termId: string | undefined): Promise<Council> {
  const ref = classRef(className);
  const [calendar, listed] = await Promise.all([terms.calendar(), classes.find(ref)]);
  const term = await termToRead(calendar, termId, ref);
  if (!listed) throw problem.class_not_found();
  const [book, taught] = await Promise.all([
    readParts({ ref, term: lastLeaf(term, calendar).id }),
    classes.programme(ref, calendar.yearOf(term).id),
  ]);
  const known = { ref, class_name: listed.class_name, term, calendar, today: taught?.programme };
  if (book.head) return { ...known, members: book.members, programme: book.programme };
  const { members } = await membersIn(ref, lastLeaf(term, calendar), calendar);
  return { ...known, members, programme: taught?.programme };
}

/**
 * Whether the class is the caller's to speak of whole: an administrator's or its head teacher's. One without a programme
 * has none.
 * @throws class_not_found where nothing of it is theirs, not_head_teacher
 */
export function mustHead({ today }: Pick<Council, 'today'>, caller: Caller): void {
  if (caller.role === 'admin' || (today && today.head_teacher === caller.username)) return;
  throw reachIn(today, caller).any ? problem.not_head_teacher() : problem.class_not_found();
}

/** The ids of the members, in ascending order. */
export const idsOf = ({ members }: Pick<Council, 'members'>): number[] => Object.keys(members).map(Number);
