import type { Item, Write } from '../../../platform/data/write.ts';
import { commit } from '../../../platform/events/commit.ts';
import type { Content } from '../students/enrolment.ts';
import { expireAtLast, isKeptForEver } from '../students/erasure.ts';
import type { Student } from '../students/student.ts';
import * as students from '../students/student-store.ts';
import { table } from '../table.ts';
import { addedUp, type Mark, sumOf, sumsOf } from './mark.ts';
import * as marks from './mark-store.ts';

/** What plain marks come to on a sheet. */
function contentOf(studentId: number, all: readonly Mark[]): Content {
  const subjects = all.flatMap(({ subject }) => (subject === undefined ? [] : [subject]));
  const labels = subjects.map((subject) => [`l#${sumOf(subject)}`, subject]);
  return {
    student_id: studentId,
    ...addedUp(all.map((mark) => sumsOf(mark))),
    ...Object.fromEntries(labels),
    ...(subjects.length > 0 && { subjects: new Set(subjects.map(sumOf)) }),
  };
}

/** What carries over a student as they were read. @throws LostUpdate */
async function carryingOver(student: Student): Promise<Write[]> {
  const { student_id: id, marks_from: from = '' } = student;
  const all = await marks.all(id);
  const isApart = ({ id: mark }: Mark) => mark < from;
  const content = contentOf(
    id,
    all.filter((mark) => !isApart(mark)),
  );
  const apart = all.filter(isApart);
  return students.takeOver(student, content, apart.length > 0 ? contentOf(id, apart) : undefined);
}

/**
 * Carries a student of an older version of Campus over: seats them in their class, with what their marks add up to by
 * subject. Its totals knew neither. Done once, however often it is asked; marks that come meanwhile are counted once.
 */
export async function carryOver(studentId: number): Promise<void> {
  await commit(table, async () => {
    const student = await students.find(studentId);
    return students.isOfOld(student) ? { writes: await carryingOver(student) } : {};
  });
}

/** A student's profile as it stands, carried over first where it is of an older version. */
export async function current(studentId: number): Promise<Student | undefined> {
  const student = await students.find(studentId);
  if (!students.isOfOld(student)) return student;
  await carryOver(studentId);
  return students.find(studentId);
}

/**
 * What carries a student over, or compares their space by its name as names are folded now: for the command that goes
 * through the table, by an item as it was read. Who was deleted once is to expire.
 * @throws LostUpdate
 */
export async function migrated(item: Item): Promise<Write[]> {
  if (item.sk !== 'PROFILE') return [];
  const student = item as Item & Student;
  if (isKeptForEver(student)) {
    const carried = await current(student.student_id);
    if (carried && isKeptForEver(carried)) await expireAtLast(carried);
    return [];
  }
  return students.isOfOld(student) ? carryingOver(student) : students.compared(student);
}

/** Whether {@link migrated} has anything to do. */
export function isDue(item: Item): boolean {
  const student = item as Item & Student;
  if (item.sk !== 'PROFILE') return false;
  return students.isOfOld(student) || isKeptForEver(student) || students.compared(student).length > 0;
}
