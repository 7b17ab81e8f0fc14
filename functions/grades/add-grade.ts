import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { NewMark } from './mark.ts';
import { addMark, draftMark } from './mark-store.ts';
import { problem } from './problems.ts';
import { StudentPath } from './student.ts';
import { table } from './table.ts';

export const addGrade = operation({
  route: 'POST /add_grade/{student_id}',
  summary: 'Enter a mark',
  access: allow('admin', 'teacher'),
  path: StudentPath,
  body: NewMark,
  answers: { 200: z.object({ message: z.string(), id: z.string() }) },
  problems: [problem.student_not_found],
  idempotentIn: table,
  async handle({ path, body, caller, idempotency }) {
    const mark = draftMark(body, caller.username);
    const answer = ok({ message: 'Note ajoutée', id: mark.id });
    await addMark(path.student_id, mark, idempotency.record(answer));
    return answer;
  },
});
