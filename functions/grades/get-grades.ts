import * as z from 'zod';
import { allow, reachable } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { findMarkedStudent } from './mark-store.ts';
import { problem } from './problems.ts';
import { StudentPath } from './student.ts';

export const getGrades = operation({
  route: 'GET /get_grades/{student_id}',
  summary: 'A student’s name and marks, in the order of entry',
  access: allow('admin', 'teacher', 'owner'),
  path: StudentPath,
  answers: { 200: z.object({ name: z.string(), grades: z.array(z.number()) }) },
  problems: [problem.student_not_found],
  async handle({ path, caller }) {
    const student = reachable(await findMarkedStudent(path.student_id), caller, problem.student_not_found);
    return ok({ name: student.name, grades: student.marks.map(({ grade }) => grade) });
  },
});
