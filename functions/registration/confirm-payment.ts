import * as z from 'zod';
import { allow, type Caller, reachable } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { invalidField } from '../../platform/http/input.ts';
import { operation } from '../../platform/http/operation.ts';
import { balanceOf, isExactly, type Money, Payment } from './ledger.ts';
import { confirmPayment as confirm, findAccount } from './ledger-store.ts';
import { problem } from './problems.ts';
import { EnrolmentPath } from './student.ts';
import { table } from './table.ts';

/** Only an admin says what was received; a student who could name the price would name a low one. */
function mustBeDue(due: Money, payment: Payment, caller: Caller): void {
  if (caller.role === 'admin' || isExactly(due, payment)) return;
  throw invalidField('#/amount', 'not_the_amount_due', {
    fr: `Le montant dû est ${due.amount} ${due.currency}`,
    en: `The amount due is ${due.amount} ${due.currency}`,
  });
}

export const confirmPayment = operation({
  route: 'POST /pay/{student_id}',
  summary: 'Confirm the payment of an enrolment',
  description:
    'Without a body, the fee that is due. Paying again answers the same and records nothing. Only an admin may record another amount or currency than the one due.',
  access: allow('admin', 'owner'),
  path: EnrolmentPath,
  body: Payment.optional(),
  answers: { 200: z.object({ message: z.string() }) },
  problems: [problem.student_not_found],
  idempotentIn: table,
  async handle({ path, body = {}, caller, idempotency }) {
    const { student: found, entries } = await findAccount(path.student_id);
    const student = reachable(found, caller, problem.student_not_found);
    const answer = ok({ message: 'Paiement confirmé' });
    if (student.paid) return answer;
    mustBeDue(balanceOf(entries), body, caller);
    const account = { id: student.id, entries, recordedBy: caller.username };
    await confirm(account, body, idempotency.record(answer));
    return answer;
  },
});
