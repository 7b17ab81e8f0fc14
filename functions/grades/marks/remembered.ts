import { type Condition, lostUpdate } from '../../../platform/data/write.ts';
import { type BookRef, headIs } from '../classes/book-store.ts';
import type { Programme } from '../classes/programme.ts';
import * as terms from '../terms/term-store.ts';

/** The book that a student's marks go into, and what must still hold of it when they do. */
export interface Place extends BookRef {
  /** The members among whom the student was found. */
  readonly roster: number;
  readonly programme_version: number;
  readonly programme: Programme | undefined;
  /** The day for which it was looked up: tomorrow's marks may stand in another term. */
  readonly day: string;
}

/** How many students an instance remembers the place of. */
const MOST_REMEMBERED = 5000;

const remembered = new Map<number, Place>();

/** No longer remembers where a student's marks go: it was a guess, and was wrong. */
export const forgetPlace = (studentId: number): void => void remembered.delete(studentId);

/** Remembers where a student's marks go. */
export function remember(studentId: number, place: Place): Place {
  const [oldest] = remembered.keys();
  if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  remembered.set(studentId, place);
  return place;
}

/** Where a student's marks went today, if it is remembered. */
export function recall(studentId: number): Place | undefined {
  const guess = remembered.get(studentId);
  return guess?.day === terms.today() ? guess : undefined;
}

/** Of a book's head: open, with the programme and the members of which the place was made. */
export const stillThere = ({ roster, programme_version }: Place, studentId: number): Condition =>
  headIs({ open: true, roster, programme: programme_version }, () => {
    forgetPlace(studentId);
    return lostUpdate();
  });
