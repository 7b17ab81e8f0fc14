import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Ledger, ledgerOf } from './ledger.ts';
import { findAccount } from './ledger-store.ts';
import { problem } from './problems.ts';
import { StudentPath } from './student.ts';

export const readPayments = operation({
  route: 'GET /students/{id}/payments',
  summary: 'Read what a student owes and paid',
  description: 'Oldest first. A positive balance is still owed. The ledger outlives the student, for admins.',
  access: allow('admin', 'owner'),
  path: StudentPath,
  answers: { 200: Ledger },
  problems: [problem.student_not_found],
  async handle({ path, caller }) {
    const { student, entries } = await findAccount(path.id);
    if (!caller.mayReach(student?.username) || (!student && entries.length === 0)) throw problem.student_not_found();
    return ok(ledgerOf(path.id, entries));
  },
});
