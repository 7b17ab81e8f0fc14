import type { Caller } from '../../../platform/http/access.ts';
import { reachable } from '../../../platform/http/access.ts';
import { reachIn } from '../classes/access.ts';
import { refOf } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { problem } from '../problems.ts';
import { isFamily } from '../students/family.ts';
import type { Student } from '../students/student.ts';
import * as students from '../students/student-store.ts';
import type { Calendar } from '../terms/term.ts';
import type { Card } from './card.ts';

/** The student, if the caller may know of them. One read. @throws student_not_found */
export const studentFor = async (id: number, caller: Caller): Promise<Student> =>
  reachable(students.known(await students.find(id)), caller, problem.student_not_found);

/** Which cards of a student a caller may read. */
export interface Reading {
  readonly isTheirs: (card: Card) => boolean;
  /** Whether they may know of the student, though no card be theirs. */
  readonly known: boolean;
}

const WHOLE: Reading = { isTheirs: () => true, known: true };

/**
 * Which cards of a student are a teacher's to read: all, where they head the class that the student is in today, or it
 * has no programme; else those of the classes that they headed, or that had none. To everybody else who may call: all.
 */
export async function readingOf(student: Student, caller: Caller, calendar: Calendar): Promise<Reading> {
  if (caller.role === 'admin' || isFamily(student, caller)) return WHOLE;
  const ref = refOf(student);
  const year = calendar.yearOf(await classes.leafToShow(ref, calendar));
  const programme = (await classes.programme(ref, year.id))?.programme;
  if (!programme || programme.head_teacher === caller.username) return WHOLE;
  return {
    isTheirs: ({ has_programme, content }) => !has_programme || content.head_teacher === caller.username,
    known: reachIn(programme, caller).any,
  };
}
