import * as z from 'zod';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { StudentPath } from '../students/student.ts';
import { table } from '../table.ts';
import { NewMark } from './mark.ts';
import * as marks from './mark-store.ts';
import { mustTeach, place } from './place.ts';

export const addGrade = operation({
  route: 'POST /add_grade/{student_id}',
  summary: 'Enter a mark',
  description:
    'Out of 20, in the open term that holds today, else the latest open one. Where the class has a programme, its subject is one of it, and one that the teacher teaches.',
  access: allow('admin', 'teacher'),
  path: StudentPath,
  body: NewMark,
  answers: { 200: z.object({ message: z.string(), id: z.string() }) },
  problems: [
    problem.student_not_found,
    problem.no_open_term,
    problem.term_closed,
    problem.not_in_class_then,
    problem.student_left,
    problem.not_your_subject,
  ],
  changes: table,
  idempotent: true,
  handle: ({ path, body, caller, commit }) =>
    commit(async () => {
      const where = await place(path.student_id);
      mustTeach(where.programme, body.subject, caller);
      const mark = marks.draft(body, caller.username);
      const writes = marks.insert(path.student_id, mark, where);
      return { writes, answer: ok({ message: 'Note ajoutée', id: mark.id }) };
    }),
});
