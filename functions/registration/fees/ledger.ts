import * as z from 'zod';
import { required } from '../../../platform/base/env.ts';
import { Currency, PositiveAmount } from '../../../platform/schema/money.ts';

/** An amount in minor units with its ISO 4217 currency. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

const Line = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  at: z.iso.datetime(),
});

/** A part of a fee, and the day on which it is due. */
const Instalment = z.object({ amount: z.int(), due_on: z.iso.date() });
export type Instalment = z.output<typeof Instalment>;

const Fee = Line.extend({
  kind: z.literal('fee'),
  /** What it is for; the enrolment fee has none. */
  label: z.string().optional(),
  /** The school year, `2026-2027`. */
  year: z.string().optional(),
  /** By the day on which they are due; a fee without any is due as it is charged. */
  instalments: z.array(Instalment).optional(),
  recorded_by: z.string().optional(),
});
/** What a student is to pay. */
export type Fee = z.output<typeof Fee>;

const Waiver = Line.extend({
  kind: z.literal('waiver'),
  /** The fee that is lowered; without it, it is what is owed in all. */
  fee_id: z.string().optional(),
  /** What part it was said to be, in hundredths of the whole. */
  percent: z.number().optional(),
  reason: z.string(),
  recorded_by: z.string(),
});
/** What they need not pay. */
export type Waiver = z.output<typeof Waiver>;

const Received = Line.extend({
  kind: z.literal('payment'),
  method: z.string().optional(),
  /** What it is called where it was made. */
  reference: z.string().optional(),
  received_on: z.iso.date().optional(),
  payer: z.string().optional(),
  /** How much of the fee it settles, in the fee's currency: the same amount, unless it came in another currency. */
  settles: z.int(),
  /** The number of its receipt, `2026-000042`; payments of older versions have none. */
  receipt: z.string().optional(),
  /** The account that recorded it. */
  recorded_by: z.string(),
});
/** What came in from them. */
export type Received = z.output<typeof Received>;

const Reversal = Line.extend({
  kind: z.literal('reversal'),
  payment_id: z.string(),
  reason: z.string(),
  recorded_by: z.string(),
});
/** That a payment did not come in after all; its amount is what the payment had settled. */
export type Reversal = z.output<typeof Reversal>;

/** One line of what a student owes and paid; lines are added, never changed. */
export const Entry = z.discriminatedUnion('kind', [Fee, Waiver, Received, Reversal]);
export type Entry = z.output<typeof Entry>;

/** A waiver, and a reversal, as they are answered. */
export const WaiverView = Waiver.omit({ kind: true });
export const ReversalView = Reversal.omit({ kind: true });

/** `GET /students/{id}/payments`: a positive balance is still owed, a negative one is to their credit. */
export const Ledger = z.object({
  student_id: z.int(),
  fees: z.array(
    Fee.omit({ kind: true }).extend({
      /** Each with what of it neither a waiver nor a payment covers. */
      instalments: z.array(Instalment.extend({ open: z.int() })),
    }),
  ),
  waivers: z.array(WaiverView),
  payments: z.array(Received.omit({ kind: true }).extend({ reversed: z.boolean() })),
  reversals: z.array(ReversalView),
  balance: z.int(),
  currency: z.string(),
  /** Whether nothing is owed. */
  paid: z.boolean(),
  /** What was due by the day `on` and is not covered. */
  overdue: z.int(),
  /** Today, where the school is. */
  on: z.iso.date(),
});

/** What a student who registers now is to pay, as the deployment says. */
export function enrolmentFee(): Money {
  const amount = PositiveAmount.parse(Number(required('ENROLMENT_FEE_AMOUNT')));
  return { amount, currency: Currency.parse(required('ENROLMENT_FEE_CURRENCY')) };
}

/** The lines of one kind. */
export const linesOf = <K extends Entry['kind']>(entries: readonly Entry[], kind: K) =>
  entries.filter((entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind);

/** What a line adds to what is owed. */
function owedThrough(entry: Entry): number {
  if (entry.kind === 'payment') return -entry.settles;
  return entry.kind === 'waiver' ? -entry.amount : entry.amount;
}

/** The sum of amounts, in minor units. */
export const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);

/** What is still owed after these entries. A row that was imported without a fee owes nothing. */
export function balanceOf(entries: readonly Entry[]): Money {
  const currency = linesOf(entries, 'fee')[0]?.currency ?? enrolmentFee().currency;
  return { amount: sum(entries.map(owedThrough)), currency };
}
