import { isDeepStrictEqual } from 'node:util';
import type { Write } from '../../../platform/data/write.ts';
import type { Member } from '../classes/book.ts';
import type { BookRef } from '../classes/book-store.ts';
import { type ClassRef, refOf } from '../classes/class-ref.ts';
import { memberIn } from '../classes/roster-store.ts';
import type { Calendar, Term } from '../terms/term.ts';
import * as asides from './aside.ts';
import {
  assessmentsOf,
  type Content,
  contentOf,
  hasAssessed,
  join,
  leave,
  packed,
  type Seat,
  seats,
  unpacked,
} from './enrolment.ts';
import { cameAfter, hasLeft, type Place, placeIn } from './stays.ts';
import type { Student } from './student.ts';

/** What becomes of a student's sheets, where they do not simply go along. */
export type Sheets = 'go along' | 'are set aside' | 'come back';

/** One change of where a student is. */
export interface Move {
  readonly id: number;
  /** As they were; undefined where they were nowhere. */
  readonly before: Student | undefined;
  /** As they are to be; undefined where they are deleted. */
  readonly after: Student | undefined;
  readonly was: Student['was'];
  readonly sheets: Sheets;
  readonly aside: ReadonlyMap<string, asides.Aside>;
  readonly calendar: Calendar;
}

/** What a move comes to in a leaf: where the student is in it, where they are to be, and the books of both as they were read. */
export interface Step {
  readonly term: Term;
  readonly at: Place;
  readonly to: Place;
  readonly now: Seat | undefined;
  readonly next: Seat | undefined;
}

// Members of a book that was closed once stay as they were.
const isLive = ({ head }: Seat): boolean => head.open && !head.frozen;

const sits = (seat: Seat | undefined, id: number): boolean => seat?.roster.members[id] !== undefined;

/** Where the profile says that a student is in a leaf. */
function placeOf(term: Term, { was, aside, before, after, calendar }: Move): Place {
  const told = was?.[term.id] ?? aside.get(term.id)?.ref;
  const here = before ? refOf(before) : after && (placeIn(after, term, calendar)?.ref ?? refOf(after));
  const seated = before !== undefined && (!hasLeft(before) || was?.[term.id] !== undefined);
  return { ref: told ?? (here as ClassRef), seated };
}

/** Whether they stay where they are in a leaf, whatever was told: its members are settled, here or where they would go. */
function isSettled({ term, at, to, now, next }: Step): boolean {
  if (now ? !isLive(now) : term.state !== 'open') return true;
  return to.ref !== at.ref && next !== undefined && !isLive(next);
}

/** The steps of a move, one for each leaf. One batch for each 33 books. */
export async function stepsOf(move: Move): Promise<Step[]> {
  const { id, after, calendar } = move;
  const leaves = calendar.terms.filter((term) => calendar.childrenOf(term.id).length === 0);
  const wanted = leaves.map((term) => {
    const at = placeOf(term, move);
    return { term, at, to: (after && placeIn(after, term, calendar)) ?? at };
  });
  const places = wanted.flatMap(({ term, at, to }) =>
    [...new Set([at.ref, to.ref])].map((ref): BookRef => ({ ref, term: term.id })),
  );
  const found = await seats(places, id);
  return wanted.map(({ term, at, to }) => {
    const seatIn = (ref: ClassRef) => found.find(({ book }) => book.term === term.id && book.ref === ref);
    const [now, next] = [seatIn(at.ref), seatIn(to.ref)];
    const step = { term, at: now ? { ...at, seated: sits(now, id) } : at, to, now, next };
    return isSettled(step) ? { ...step, to: step.at } : step;
  });
}

/** Whether a sheet is to go where there is no book yet. */
export const lacksBook = ({ term, at, to, now, next }: Step, { aside }: Move): boolean =>
  !next && term.state === 'open' && (aside.has(term.id) || (at.ref !== to.ref && now?.sheet !== undefined));

/** Where a student then is in each leaf in which that is not where they are today; of one who left, where they sat. */
export function wasIn(steps: readonly Step[], { after, calendar, was }: Move): Student['was'] {
  if (!after) return was;
  const [today, isGone] = [refOf(after), hasLeft(after)];
  const isTold = ({ term, to, now }: Step): boolean => {
    if (!now && was?.[term.id] === undefined && cameAfter(after, term, calendar)) return false;
    return to.ref !== today || (isGone && to.seated);
  };
  const told = steps.filter(isTold).map(({ term, to }) => [term.id, to.ref]);
  return told.length > 0 ? Object.fromEntries(told) : undefined;
}

/** What stands on a sheet as it may leave its book; undefined where there is none. */
async function taken({ book, sheet }: Seat): Promise<Content | undefined> {
  if (!sheet) return undefined;
  const assessments = hasAssessed(sheet) ? await assessmentsOf(book) : [];
  return packed(sheet, { ref: book.ref, assessments });
}

/** What was taken off one sheet, as it stands in a book. */
const landed = async (content: Content, { book }: Seat): Promise<Content> =>
  hasAssessed(content) ? unpacked(content, { ref: book.ref, assessments: await assessmentsOf(book) }) : content;

/** Sets aside what stands in a book: where that is nothing, that they had a place there. */
async function setAside(seat: Seat, id: number): Promise<Write[]> {
  const content = (await taken(seat)) ?? { student_id: id };
  return [asides.add(id, seat.book, content, sits(seat, id))];
}

/** In the class where they are: by another name, as a member or no more, without the sheet, or with one that comes back. */
async function within(seat: Seat, { id, sheets, aside }: Move, member: Member | undefined): Promise<Write[]> {
  const { book, sheet, roster } = seat;
  const back = aside.get(book.term);
  if (back) {
    const content = asides.together(
      { ...back, content: await landed(back.content, seat) },
      sheet ? contentOf(sheet) : {},
    );
    return [...join(seat, id, member, content), ...(sheets === 'come back' ? [asides.drop(id, book.term)] : [])];
  }
  if (sheets === 'are set aside') return [...join(seat, id, member, null), ...(await setAside(seat, id))];
  return isDeepStrictEqual(roster.members[id], member) ? [] : join(seat, id, member);
}

/** From the book of one class into that of another. */
async function over({ now, next }: Step, { id, sheets }: Move, member: Member | undefined): Promise<Write[]> {
  const isAlong = sheets !== 'are set aside';
  const content = now && isAlong ? await taken(now) : undefined;
  const away = content && hasAssessed(content) ? true : undefined;
  const entered = member !== undefined || content !== undefined;
  return [
    ...(now && (now.sheet || sits(now, id)) ? leave(now, id, away) : []),
    ...(now?.sheet && !isAlong ? await setAside(now, id) : []),
    ...(next && entered ? join(next, id, member, content && (await landed(content, next))) : []),
  ];
}

/** What is written for one step. @param was where the student is after the move */
export async function written(step: Step, move: Move, was: Student['was']): Promise<Write[]> {
  const { term, at, to, now, next } = step;
  const { id, before, after, aside, calendar } = move;
  if (!after) return now && (now.sheet || sits(now, id)) ? [...leave(now, id), ...(await setAside(now, id))] : [];
  const member = memberIn({ name: after.name, ...(was && { was }) }, term, calendar);
  const back = aside.get(term.id);
  if (now && !isLive(now)) return back ? within(now, move, back.seated === false ? undefined : member) : [];
  if (at.ref !== to.ref && before) return over(step, move, to.seated ? member : undefined);
  return next ? within(next, move, to.seated ? member : undefined) : [];
}
