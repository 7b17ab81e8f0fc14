import * as z from 'zod';
import { Uuid } from '../../../platform/schema/identifiers.ts';
import { StudentPath } from '../students/student.ts';
import { linesOf, type Received } from './ledger.ts';
import type { Account } from './ledger-store.ts';

/** The path of one payment of a student. */
export const PaymentPath = StudentPath.extend({ payment_id: Uuid });

/** What whoever paid takes away with them. */
export const Receipt = z.object({
  /** `2026-000042`: the year, and the number in it. */
  number: z.string().optional(),
  payment_id: z.string(),
  student_id: z.int(),
  /** As the student is called now; a deleted one is not named. */
  name: z.string().optional(),
  class_name: z.string().optional(),
  amount: z.int(),
  currency: z.string(),
  /** What it settles of what is owed, where it came in another currency. */
  settles: z.object({ amount: z.int(), currency: z.string() }).optional(),
  method: z.string().optional(),
  reference: z.string().optional(),
  received_on: z.iso.date().optional(),
  payer: z.string().optional(),
  recorded_by: z.string(),
  at: z.iso.datetime(),
  /** Where the payment was reversed: the receipt is void. */
  reversed: z.object({ at: z.iso.datetime(), reason: z.string() }).optional(),
});

/** The receipt of a payment of an account. */
export function receiptOf(
  student_id: number,
  payment: Received,
  { student, entries }: Account,
): z.input<typeof Receipt> {
  const { id, receipt, settles, ...rest } = payment;
  const reversal = linesOf(entries, 'reversal').find(({ payment_id }) => payment_id === id);
  const currency = linesOf(entries, 'fee')[0]?.currency ?? payment.currency;
  return {
    ...rest,
    number: receipt,
    payment_id: id,
    student_id,
    name: student?.name,
    class_name: student?.class_name,
    ...(currency !== payment.currency && { settles: { amount: settles, currency } }),
    ...(reversal && { reversed: { at: reversal.at, reason: reversal.reason } }),
  };
}
