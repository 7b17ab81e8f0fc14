import * as z from 'zod';
import { allow, reachable } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import * as classes from '../classes/class-store.ts';
import { problem } from '../problems.ts';
import { StudentPath } from '../students/student.ts';
import * as terms from '../terms/term-store.ts';
import type { Mark } from './mark.ts';
import * as marks from './mark-store.ts';
import { reachOf } from './reach.ts';

export const getGrades = operation({
  route: 'GET /get_grades/{student_id}',
  summary: 'A student’s name and plain marks of this school year, in the order of entry',
  description:
    'Of who left, those of their last school year. To a teacher, those of their own subjects where the class has a programme.',
  access: allow('admin', 'teacher', 'owner', 'guardian'),
  path: StudentPath,
  answers: { 200: z.object({ name: z.string(), grades: z.array(z.number()) }) },
  problems: [problem.student_not_found],
  async handle({ path, caller }) {
    const [found, calendar] = await Promise.all([marks.list(path.student_id), terms.calendar()]);
    const student = reachable(found, caller, problem.student_not_found);
    const reach = await reachOf(student, calendar, caller);
    const year = calendar.yearOf(await classes.leafOf(student, calendar));
    const isShown = (mark: Mark) => calendar.isIn(marks.termOf(mark), year) && reach.subject(mark.subject);
    const shown = student.marks.filter(isShown);
    return ok({ name: student.name, grades: shown.map(({ grade }) => grade) });
  },
});
