import type { Caller } from '../../../platform/http/access.ts';
import { EVERYTHING, type Reach, reachIn } from '../classes/access.ts';
import { refOf } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { problem } from '../problems.ts';
import type { Student } from '../students/student.ts';
import type { Calendar } from '../terms/term.ts';

/**
 * What a caller may read of a student: all of it, save for a teacher, whose it is to read what they teach in the
 * student's class. One read, for teachers alone.
 * @throws student_not_found where the class is none of theirs
 */
export async function reachOf(student: Student, calendar: Calendar, caller: Caller): Promise<Reach> {
  if (caller.role !== 'teacher' || caller.owns(student) || caller.guards(student)) return EVERYTHING;
  const year = calendar.yearOf(await classes.leafOf(student, calendar));
  const taught = await classes.programme(refOf(student), year.id);
  const reach = reachIn(taught?.programme, caller);
  if (!reach.any) throw problem.student_not_found();
  return reach;
}
