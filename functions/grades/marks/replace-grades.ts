import * as z from 'zod';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { StudentPath } from '../students/student.ts';
import { table } from '../table.ts';
import { Grade, MOST_GRADES } from './mark.ts';
import * as marks from './mark-store.ts';
import { mustTeach, place } from './place.ts';

export const replaceGrades = operation({
  route: 'PUT /grades/{student_id}',
  summary: 'Replace a student’s plain marks of the open term',
  description: `At most ${MOST_GRADES}, each of coefficient 1 and without a subject. The marks before stay in the table, and count no longer.`,
  access: allow('admin', 'teacher'),
  path: StudentPath,
  body: z.strictObject({ grades: z.array(Grade).max(MOST_GRADES) }),
  answers: { 200: z.object({ message: z.string(), grades: z.array(z.number()) }) },
  problems: [
    problem.student_not_found,
    problem.no_open_term,
    problem.term_closed,
    problem.not_in_class_then,
    problem.student_left,
    problem.not_your_subject,
  ],
  changes: table,
  handle: ({ path, body, caller, commit }) =>
    commit(async () => {
      const where = await place(path.student_id);
      mustTeach(where.programme, undefined, caller);
      return {
        writes: await marks.replaceAll(path.student_id, body.grades, where, caller.username),
        answer: ok({ message: 'Notes modifiées', grades: body.grades }),
      };
    }),
});
