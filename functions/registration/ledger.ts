import * as z from 'zod';
import { required } from '../../platform/env.ts';
import { Currency, PositiveAmount } from '../../platform/money.ts';
import { line } from '../../platform/text.ts';

/** An amount in minor units with its ISO 4217 currency. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** `POST /pay/{student_id}`, when it has a body: what was received, the fee that is due unless it says otherwise. */
export const Payment = z.strictObject({
  amount: PositiveAmount.optional(),
  currency: Currency.optional(),
  method: line(40).optional(),
});
export type Payment = z.output<typeof Payment>;

const Fee = z.object({
  id: z.string(),
  kind: z.literal('fee'),
  amount: z.int(),
  currency: z.string(),
  at: z.iso.datetime(),
});

const Received = Fee.extend({
  kind: z.literal('payment'),
  method: z.string().optional(),
  /** How much of the fee it settles, in the fee's currency: the same amount, unless it came in another currency. */
  settles: z.int(),
  /** The account that recorded it. */
  recorded_by: z.string(),
});

/** One line of what a student owes and paid; lines are added, never changed. */
export const Entry = z.discriminatedUnion('kind', [Fee, Received]);
export type Entry = z.output<typeof Entry>;
type Received = z.output<typeof Received>;

/** `GET /students/{id}/payments`: a positive balance is still owed. */
export const Ledger = z.object({
  student_id: z.int(),
  fees: z.array(Fee.omit({ kind: true })),
  payments: z.array(Received.omit({ kind: true })),
  balance: z.int(),
  currency: z.string(),
});

/** What a student who registers now is to pay, as the deployment says. */
export function enrolmentFee(): Money {
  const amount = PositiveAmount.parse(Number(required('ENROLMENT_FEE_AMOUNT')));
  return { amount, currency: Currency.parse(required('ENROLMENT_FEE_CURRENCY')) };
}

const owedBy = (entry: Entry): number => (entry.kind === 'fee' ? entry.amount : -entry.settles);

/** What is still owed after these entries. A row that was imported without a fee owes nothing. */
export function balanceOf(entries: readonly Entry[]): Money {
  const currency = entries.find(({ kind }) => kind === 'fee')?.currency ?? enrolmentFee().currency;
  return { amount: entries.reduce((sum, entry) => sum + owedBy(entry), 0), currency };
}

/** The ledger of a student as others see it. */
export function ledgerOf(student_id: number, entries: readonly Entry[]): z.input<typeof Ledger> {
  const { amount: balance, currency } = balanceOf(entries);
  const fees = entries.filter((entry) => entry.kind === 'fee');
  const payments = entries.filter((entry): entry is Received => entry.kind === 'payment');
  return { student_id, fees, payments, balance, currency };
}

/** Whether a payment is to the letter what is due. */
export const isExactly = (due: Money, { amount = due.amount, currency = due.currency }: Payment): boolean =>
  amount === due.amount && currency === due.currency;
