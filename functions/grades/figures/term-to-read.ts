import { type ClassRef, refIn } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { problem } from '../problems.ts';
import type { Student } from '../students/student.ts';
import type { Calendar, Term } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';

/**
 * The term that is asked for, whole or divided; without one, the leaf that is open today, of the calendar that the class
 * goes by.
 * @param ref the class, if it is one that is asked about
 * @throws term_not_found
 */
export async function termToRead(calendar: Calendar, id: string | undefined, ref?: ClassRef): Promise<Term> {
  if (id === undefined) return ref ? classes.leafToShow(ref, calendar) : calendar.leafToShow(terms.today());
  const term = calendar.find(id);
  if (!term) throw problem.term_not_found();
  return term;
}

/** The same, where it must be one that holds marks. @throws term_not_found, term_is_divided */
export async function leafToRead(calendar: Calendar, id: string | undefined, ref?: ClassRef): Promise<Term> {
  const term = await termToRead(calendar, id, ref);
  if (calendar.childrenOf(term.id).length > 0) throw problem.term_is_divided();
  return term;
}

/** The class in which a student was at the end of a term. */
export const refAt = (student: Student, term: Term, calendar: Calendar): ClassRef =>
  refIn(student, calendar.leavesOf(term).at(-1)?.id ?? term.id);
