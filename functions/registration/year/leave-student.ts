import * as z from 'zod';
import { allow, reachable } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { line } from '../../../platform/schema/text.ts';
import { studentChanged } from '../events.ts';
import { problem } from '../problems.ts';
import * as schools from '../school/school-store.ts';
import { type Student, StudentPath, StudentView } from '../students/student.ts';
import * as students from '../students/student-store.ts';
import { table } from '../table.ts';
import { type Departure, departed } from './stays.ts';

/** `POST /students/{id}/leave`. */
const Leave = z.strictObject({ on: z.iso.date(), reason: line(500) });

const isGone = ({ status, left_on, left_reason }: Student, { on, reason }: Departure): boolean =>
  status === 'left' && left_on === on && left_reason === reason;

/** @throws not_enrolled, already_left */
function mustBeHere({ status }: Student): void {
  if (status === 'pending') throw problem.not_enrolled();
  if (status === 'left') throw problem.already_left();
}

export const leaveStudent = operation({
  route: 'POST /students/{id}/leave',
  summary: 'A student leaves the school',
  description:
    'Gone from the day `on`, today or past: out of lists, ranks and means from then on, still readable by all who could read them. Their stay in a class ends the day before. The same again changes nothing. They come back by `PATCH` of `class_name`.',
  access: allow('admin'),
  path: StudentPath,
  body: Leave,
  answers: { 200: StudentView },
  problems: [problem.student_not_found, problem.not_enrolled, problem.already_left],
  changes: table,
  versioned: true,
  handle: ({ path, body, caller, commit }) =>
    commit(
      async () => reachable(await students.find(path.id), caller, problem.student_not_found),
      async (before) => {
        if (isGone(before, body)) return { answer: ok(before, { etag: before.version }) };
        mustBeHere(before);
        const gone = departed(before, body, await schools.calendar());
        const student = { ...before, ...gone, version: before.version + 1 };
        return {
          writes: students.replace(before, student),
          events: studentChanged(student),
          answer: ok(student, { etag: student.version }),
        };
      },
    ),
});
