import type * as z from 'zod';
import { allow, type Caller } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { schoolDay } from '../school/school-store.ts';
import { StudentPath } from '../students/student.ts';
import { ledgerOf } from './books.ts';
import { Ledger, linesOf } from './ledger.ts';
import * as ledger from './ledger-store.ts';
import { PaymentPath, Receipt, receiptOf } from './receipt.ts';

/** The account of a student, if the caller may know of it; what is left of a deleted one is for admins. @throws student_not_found */
async function accountFor(id: number, caller: Caller): Promise<ledger.Account> {
  const account = await ledger.find(id);
  if (!caller.mayReach(account.student) || (!account.student && account.entries.length === 0))
    throw problem.student_not_found();
  return account;
}

/** A payment with the account that it stands in. @throws student_not_found, payment_not_found */
export async function paymentFor({ id, payment_id }: z.output<typeof PaymentPath>, caller: Caller) {
  const account = await accountFor(id, caller);
  const payment = linesOf(account.entries, 'payment').find((one) => one.id === payment_id);
  if (!payment) throw problem.payment_not_found();
  return { account, payment };
}

export const readPayments = operation({
  route: 'GET /students/{id}/payments',
  summary: 'Read what a student owes and paid',
  description:
    'Oldest first. A positive `balance` is still owed. What came in covers the oldest instalments first: `open` is what is left of each, `overdue` what is left of those that were due by today (`on`). A payment that was reversed stays, and counts no more. The ledger outlives the student, for admins.',
  access: allow('admin', 'owner', 'guardian'),
  path: StudentPath,
  answers: { 200: Ledger },
  problems: [problem.student_not_found],
  async handle({ path, caller }) {
    const [{ entries }, day] = await Promise.all([accountFor(path.id, caller), schoolDay()]);
    return ok(ledgerOf(path.id, entries, day));
  },
});

export const readReceipt = operation({
  route: 'GET /students/{id}/payments/{payment_id}/receipt',
  summary: 'Read the receipt of a payment',
  description:
    'Numbered without gaps, anew each calendar year, in the order in which payments are recorded. The receipt of a payment that was reversed keeps its number, and says so. Payments from before receipts were numbered have no `number`.',
  access: allow('admin', 'owner', 'guardian'),
  path: PaymentPath,
  answers: { 200: Receipt },
  problems: [problem.student_not_found, problem.payment_not_found],
  async handle({ path, caller }) {
    const { account, payment } = await paymentFor(path, caller);
    return ok(receiptOf(path.id, payment, account));
  },
});
