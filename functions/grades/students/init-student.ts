import * as z from 'zod';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { current } from '../marks/carry-over.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { NewSpace, spaceOf } from './student.ts';
import * as students from './student-store.ts';

export const initStudent = operation({
  route: 'POST /init_student',
  summary: 'Open the space for a student’s marks',
  description:
    'Again, it keeps the marks. What registration told of the student is never overwritten. Where registration then tells of somebody of another name under this id, the marks are put apart; naming the student as registration does brings them back.',
  access: allow('admin'),
  body: NewSpace,
  answers: { 200: z.object({ message: z.string() }) },
  problems: [problem.student_deleted],
  changes: table,
  idempotent: true,
  handle: ({ body, commit }) =>
    commit(
      () => current(body.id),
      async (before) => ({
        writes: await students.open(body, before),
        answer: ok({ message: `Espace notes créé pour ${body.name}` }, { shows: spaceOf(body.id) }),
      }),
    ),
});
