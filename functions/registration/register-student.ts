import * as z from 'zod';
import { type Caller, signedIn } from '../../platform/http/access.ts';
import { created } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { namesOf } from './names.ts';
import { problem } from './problems.ts';
import { Registration } from './student.ts';
import { draftStudent, insertStudent } from './student-store.ts';
import { table } from './table.ts';

/** The account that a new student belongs to: staff name any or none, anybody else only their own. */
function accountFor(caller: Caller, username: string | undefined): string | undefined {
  if (caller.role !== 'student') return username;
  if (username !== undefined && username !== caller.username) throw common.forbidden();
  return caller.username;
}

export const registerStudent = operation({
  route: 'POST /register',
  summary: 'Register a student',
  description:
    'A student may register themself, once. `name` becomes first + last name where these are given; of a name alone the last word is the last name.',
  access: signedIn,
  body: Registration,
  answers: { 201: z.object({ message: z.string(), id: z.int() }) },
  problems: [common.forbidden, problem.account_already_registered, problem.email_taken, problem.phone_taken],
  idempotentIn: table,
  async handle({ body, caller, idempotency }) {
    const username = accountFor(caller, body.username);
    const student = await draftStudent({ ...body, ...namesOf(body), username });
    const answer = created({ message: 'Etudiant enregistré avec succès', id: student.id }, `/students/${student.id}`);
    await insertStudent(student, idempotency.record(answer));
    return answer;
  },
});
