import { keyPart } from '../../platform/base/key-part.ts';
import type { CloudEvent } from '../../platform/events/cloud-event.ts';
import { commit } from '../../platform/events/commit.ts';
import { consumer, reaction } from '../../platform/events/consumer.ts';
import { forgetAnswers } from '../../platform/http/idempotency.ts';
import { cache, studentKey, topTenKey } from './kept.ts';
import { current } from './marks/carry-over.ts';
import { importMarks, MarksTold } from './marks/import-marks.ts';
import { SchoolTold } from './school.ts';
import * as schools from './school-store.ts';
import { expire } from './students/erasure.ts';
import { type Student, StudentGone, StudentTold, spaceOf } from './students/student.ts';
import * as students from './students/student-store.ts';
import { table } from './table.ts';
import * as terms from './terms/term-store.ts';

/** Takes over what is told, and takes the student to the class that it names. */
async function learn(told: StudentTold): Promise<void> {
  await commit(table, async () => ({ writes: await students.learn(told, await current(told.id)) }));
}

/** The same, and the marks that an import brought. */
async function learnMarks({ marks, by, ...told }: MarksTold, { id }: CloudEvent): Promise<void> {
  await learn(told);
  const student = await current(told.id);
  // Who was deleted meanwhile has no marks to be entered.
  if (student && student.deleted_at === undefined) await importMarks({ ...told, marks, by }, id);
}

/** Lets go of what the cache holds of a student by name. */
async function dropKept(student: Student | undefined): Promise<void> {
  if (!student) return;
  const { terms: all } = await terms.calendar();
  const keys = all.map(({ id }) => topTenKey(id));
  const phone = student.phone && keyPart(student.phone);
  if (phone) keys.push(...all.map(({ id }) => studentKey(phone, id)));
  await Promise.all(keys.map((key) => cache.drop(key)));
}

/** Forgets who the student was, in what is remembered of answers and figures too; what is left expires. */
async function erase(gone: StudentGone): Promise<void> {
  const student = await current(gone.id);
  await commit(table, async () => ({
    writes: [
      ...(await students.forget(gone, await current(gone.id))),
      ...(await forgetAnswers(table, spaceOf(gone.id))),
    ],
  }));
  await expire(gone.id);
  await dropKept(student);
}

/** Takes over what is told of the school. */
async function learnOfSchool(told: SchoolTold): Promise<void> {
  await commit(table, () => ({ writes: schools.learn(told) }));
}

export const handler = consumer({
  'campus.student.notified': reaction(StudentTold, learn),
  'campus.student.marked': reaction(MarksTold, learnMarks),
  'campus.student.changed': reaction(StudentTold, learn),
  'campus.student.restored': reaction(StudentTold, learn),
  'campus.student.deleted': reaction(StudentGone, erase),
  'campus.school.changed': reaction(SchoolTold, learnOfSchool),
});
