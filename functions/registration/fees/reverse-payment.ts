import * as z from 'zod';
import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { allow, reachable } from '../../../platform/http/access.ts';
import { created } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { line } from '../../../platform/schema/text.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { balanceOf, type Entry, linesOf, type Received, ReversalView } from './ledger.ts';
import * as ledger from './ledger-store.ts';
import { PaymentPath } from './receipt.ts';

/** The payment of a ledger that is to be reversed. @throws payment_not_found, already_reversed */
function standing(entries: readonly Entry[], paymentId: string): Received {
  const payment = linesOf(entries, 'payment').find(({ id }) => id === paymentId);
  if (!payment) throw problem.payment_not_found();
  if (linesOf(entries, 'reversal').some(({ payment_id }) => payment_id === paymentId)) throw problem.already_reversed();
  return payment;
}

export const reversePayment = operation({
  route: 'POST /students/{id}/payments/{payment_id}/reverse',
  summary: 'Reverse a payment',
  description:
    'For what was recorded by mistake, or did not come in after all. The payment stays in the ledger and keeps its receipt, which is void from then on; what it had settled is owed again, and its reference may be recorded anew. Once only.',
  access: allow('admin'),
  path: PaymentPath,
  body: z.strictObject({ reason: line(300) }),
  answers: { 201: ReversalView },
  problems: [problem.student_not_found, problem.payment_not_found, problem.already_reversed],
  changes: table,
  idempotent: true,
  handle: ({ path, body, caller, commit }) =>
    commit(
      async () => {
        const { student, entries } = await ledger.findWhole(path.id);
        return { student: reachable(student, caller, problem.student_not_found), entries };
      },
      (account) => {
        const payment = standing(account.entries, path.payment_id);
        const reversal = {
          id: newId(),
          kind: 'reversal' as const,
          payment_id: payment.id,
          amount: payment.settles,
          currency: balanceOf(account.entries).currency,
          reason: body.reason,
          recorded_by: caller.username,
          at: timestamp(),
        };
        return {
          writes: [...ledger.append(account, reversal), ...ledger.freeReference(payment)],
          answer: created(reversal, `/students/${path.id}/payments`, { shows: `/students/${path.id}` }),
        };
      },
    ),
});
