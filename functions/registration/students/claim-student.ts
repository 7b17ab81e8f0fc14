import * as z from 'zod';
import { problem as common } from '../../../platform/base/problems.ts';
import {
  ClaimCode,
  claimable,
  problem as codes,
  countClaim,
  findCode,
  issueCode,
  mustBeUnclaimed,
} from '../../../platform/data/claim-code.ts';
import { allow, reachable } from '../../../platform/http/access.ts';
import { created, ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { studentChanged } from '../events.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { StudentPath, StudentView } from './student.ts';
import * as students from './student-store.ts';

export const issueStudentCode = operation({
  route: 'POST /students/{id}/claim-code',
  summary: 'Hand out a code by which a student claims their record',
  description:
    'For a student who was registered before they signed up. It is shown this once, serves once, within 30 days; a new one voids the one before.',
  access: allow('admin'),
  path: StudentPath,
  answers: { 201: z.object({ code: z.string(), expires_at: z.iso.datetime() }) },
  problems: [problem.student_not_found, codes.already_claimed],
  changes: table,
  // Not idempotent: a remembered answer would keep the code readable.
  handle: ({ path, caller, commit }) =>
    commit(
      async () => reachable(await students.find(path.id), caller, problem.student_not_found),
      async (student) => {
        mustBeUnclaimed(student);
        const { writes, ...issued } = await issueCode(student.id);
        return { writes, answer: created(issued, `/students/${student.id}`) };
      },
    ),
});

/** The student that a code stands for, and what uses the code up. @throws claim_code_not_found */
async function unclaimed(code: string) {
  const { id, writes } = await findCode(table, code);
  return { student: claimable(await students.find(id)), used: writes };
}

export const claimStudent = operation({
  route: 'POST /students/claim',
  summary: 'Claim one’s record by a code',
  description:
    'The record is the caller’s from then on. Case, spaces and dashes of the code do not count. Ten tries an hour.',
  access: allow('student'),
  body: z.strictObject({ code: ClaimCode }),
  answers: { 200: StudentView },
  problems: [codes.claim_code_not_found, problem.account_already_registered, common.too_many_requests],
  changes: table,
  async handle({ body, caller, commit }) {
    await countClaim(table, caller.username);
    return commit(
      () => unclaimed(body.code),
      ({ student: before, used }) => {
        const student = { ...before, username: caller.username, version: before.version + 1 };
        return {
          writes: [...students.replace(before, student), ...used],
          events: studentChanged(student),
          answer: ok(student),
        };
      },
    );
  },
});
