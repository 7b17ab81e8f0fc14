import * as z from 'zod';
import { decimalOf, roundedQuotient } from '../../../platform/base/decimal.ts';
import { Uuid } from '../../../platform/schema/identifiers.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { PositiveAmount } from '../../../platform/schema/money.ts';
import { rule } from '../../../platform/schema/rule.ts';
import { line } from '../../../platform/schema/text.ts';
import { problem } from '../problems.ts';
import { waivedOf } from './books.ts';
import { balanceOf, type Entry, linesOf, sum } from './ledger.ts';

const oneOfBoth = rule('amount_or_percent', {
  fr: 'Une remise dit soit `amount`, soit `percent`',
  en: 'A waiver says either `amount` or `percent`',
});
const twoDecimals = rule('two_decimals', { fr: 'Deux décimales au plus', en: 'Two decimals at most' });

const NOTHING = {
  fr: 'Ce pourcentage, arrondi, ne remet rien',
  en: 'This percentage, rounded, waives nothing',
};

/** A part of a whole, of which hundredths are told apart. */
const Percent = z
  .number()
  .min(0.01)
  .max(100)
  .refine((percent) => decimalOf(percent).scale <= 100n, twoDecimals);

/** `POST /students/{id}/waivers`: of one fee, or else of all that is owed. */
export const NewWaiver = z
  .strictObject({
    fee_id: Uuid.optional(),
    amount: PositiveAmount.optional(),
    percent: Percent.optional(),
    reason: line(300),
  })
  .refine(({ amount, percent }) => (amount === undefined) !== (percent === undefined), {
    ...oneOfBoth,
    path: ['amount'],
  });
export type NewWaiver = z.output<typeof NewWaiver>;

/** What a waiver is a part of, and the most that it may be. @throws fee_not_found */
function waivable(entries: readonly Entry[], feeId: string | undefined): { whole: number; most: number } {
  const { amount: balance } = balanceOf(entries);
  if (feeId === undefined) return { whole: balance, most: balance };
  const fees = linesOf(entries, 'fee');
  const fee = fees.find(({ id }) => id === feeId);
  if (!fee) throw problem.fee_not_found();
  // What was waived in all never comes to more than all fees: nobody is owed what they did not pay.
  const inAll = sum(fees.map(({ amount }) => amount)) - sum(linesOf(entries, 'waiver').map(({ amount }) => amount));
  return { whole: fee.amount, most: Math.min(fee.amount - waivedOf(fee, entries), inAll) };
}

/**
 * How much a waiver comes to, in minor units: a percentage of the whole fee, or of the balance, half up.
 * @throws fee_not_found; waiver_above_fee where less than that is left to waive; invalid_input
 */
export function amountOf({ fee_id, amount, percent = 0 }: NewWaiver, entries: readonly Entry[]): number {
  const { whole, most } = waivable(entries, fee_id);
  const { units, scale } = decimalOf(percent);
  const waived = amount ?? roundedQuotient(BigInt(Math.max(0, whole)) * units, 100n * scale);
  if (waived > most || most <= 0) throw problem.waiver_above_fee();
  if (waived === 0) throw invalidField('#/percent', 'waives_nothing', NOTHING);
  return waived;
}
