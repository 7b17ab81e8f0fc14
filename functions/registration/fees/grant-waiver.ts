import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { allow, reachable } from '../../../platform/http/access.ts';
import { created } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { StudentPath } from '../students/student.ts';
import { table } from '../table.ts';
import { balanceOf, WaiverView } from './ledger.ts';
import * as ledger from './ledger-store.ts';
import { amountOf, NewWaiver } from './waiver.ts';

export const grantWaiver = operation({
  route: 'POST /students/{id}/waivers',
  summary: 'Waive what a student need not pay',
  description:
    'Of one fee, by its `fee_id`, or else of the balance. By an `amount` in minor units, or by a `percent` with two decimals at most, of the whole fee or of the balance, rounded half up. Never more than what is left of the fee, or of the balance. A waiver of a fee lowers all of its instalments in proportion, one of the balance covers the oldest first. What was paid already is then to the student’s credit.',
  access: allow('admin'),
  path: StudentPath,
  body: NewWaiver,
  answers: { 201: WaiverView },
  problems: [problem.student_not_found, problem.fee_not_found, problem.waiver_above_fee],
  changes: table,
  idempotent: true,
  handle: ({ path, body, caller, commit }) =>
    commit(
      async () => {
        const { student, entries } = await ledger.findWhole(path.id);
        return { student: reachable(student, caller, problem.student_not_found), entries };
      },
      (account) => {
        const waiver = {
          ...body,
          id: newId(),
          kind: 'waiver' as const,
          amount: amountOf(body, account.entries),
          currency: balanceOf(account.entries).currency,
          recorded_by: caller.username,
          at: timestamp(),
        };
        return {
          writes: ledger.append(account, waiver),
          answer: created(waiver, `/students/${path.id}/payments`, { shows: `/students/${path.id}` }),
        };
      },
    ),
});
