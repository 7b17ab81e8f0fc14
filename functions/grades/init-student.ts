import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem } from './problems.ts';
import { NewSpace } from './student.ts';
import { openSpace } from './student-store.ts';
import { table } from './table.ts';

export const initStudent = operation({
  route: 'POST /init_student',
  summary: 'Open the space for a student’s marks',
  description: 'Again, it keeps the marks. What registration told of the student is never overwritten.',
  access: allow('admin'),
  body: NewSpace,
  answers: { 200: z.object({ message: z.string() }) },
  problems: [problem.student_deleted],
  idempotentIn: table,
  async handle({ body, idempotency }) {
    const answer = ok({ message: `Espace notes créé pour ${body.name}` });
    await openSpace(body, idempotency.record(answer));
    return answer;
  },
});
