import * as z from 'zod';
import { problem as common } from '../../../platform/base/problems.ts';
import { allow, type Caller, reachable } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { schoolDay } from '../school/school-store.ts';
import { EnrolmentPath } from '../students/student.ts';
import { table } from '../table.ts';
import { dueFrom } from './books.ts';
import * as ledger from './ledger-store.ts';
import { Payment, receivedFor } from './payment.ts';
import { nextReceipt } from './receipt-store.ts';

const CONFIRMED = ok({ message: 'Paiement confirmé' });

/** The account that is paid for, and the receipt that the next payment gets. @throws student_not_found, LostUpdate */
async function accountFor(studentId: number, caller: Caller) {
  const [{ student, entries }, receipt] = await Promise.all([
    ledger.findWhole(studentId),
    schoolDay().then(nextReceipt),
  ]);
  return { student: reachable(student, caller, problem.student_not_found), entries, receipt };
}

export const confirmPayment = operation({
  route: 'POST /pay/{student_id}',
  summary: 'Confirm a payment',
  description:
    'Without an amount, all that is owed; again, it answers the same and records nothing. Every payment that names its amount, reference, day or payer stands in the ledger once it is confirmed, with a numbered receipt; more than the balance is refused. ' +
    'Only an admin records what was received, also in part or in another currency, which settles the rest. The owner pays all that is owed, by `method: "transfer"` or by `method: "card"` with a `card`, both simulated. ' +
    'Test cards: 4242 4242 4242 4242 is approved, 4000 0000 0000 9995 lacks funds. Any other is declined.',
  access: allow('admin', 'owner'),
  path: EnrolmentPath,
  body: Payment.optional(),
  answers: { 200: z.object({ message: z.string() }) },
  problems: [
    common.forbidden,
    problem.student_not_found,
    problem.nothing_due,
    problem.reference_taken,
    problem.card_declined,
    problem.insufficient_funds,
  ],
  changes: table,
  idempotent: true,
  handle: ({ path, body: payment = {}, caller, commit }) =>
    commit(
      () => accountFor(path.student_id, caller),
      ({ receipt, ...account }) => {
        const received = receivedFor(dueFrom(account.student, account.entries), payment, caller);
        if (!received) return { answer: CONFIRMED };
        const line = { ...received, receipt: receipt.number };
        return {
          writes: [...ledger.append(account, line), ...ledger.claimReference(path.student_id, line), ...receipt.writes],
          answer: CONFIRMED,
        };
      },
    ),
});
