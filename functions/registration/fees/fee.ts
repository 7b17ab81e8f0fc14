import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { Currency, PositiveAmount } from '../../../platform/schema/money.ts';
import { rule } from '../../../platform/schema/rule.ts';
import { line } from '../../../platform/schema/text.ts';
import { type Fee, sum } from './ledger.ts';

/** The most students that one call charges, and the most parts in which a fee is paid. */
export const MOST_CHARGED = 300;
const MOST_INSTALMENTS = 24;

const noYear = rule('no_school_year', {
  fr: 'Une année scolaire s’écrit `2026-2027`, ou `2026`',
  en: 'A school year is written `2026-2027`, or `2026`',
});
const notInOrder = rule('not_in_order', {
  fr: 'Les échéances se suivent, chacune un autre jour',
  en: 'Instalments follow one another, each on a day of its own',
});
const tooMuch = rule('too_much', {
  fr: 'Un million de millions au plus en tout',
  en: 'A million million at most in all',
});
const whom = rule('class_or_students', {
  fr: 'Des frais disent soit `class_name`, soit `student_ids`',
  en: 'A fee says either `class_name` or `student_ids`',
});

/** Whether a text is two years that follow one another, or one. */
const isSchoolYear = (text: string): boolean => {
  const [first, second = Number(first) + 1] = text.split('-');
  return /^20\d\d(?:-20\d\d)?$/.test(text) && Number(second) === Number(first) + 1;
};

/** A school year as it is written: `2026-2027`, or `2026` where it is the calendar's. */
const SchoolYear = z
  .string()
  .max(9)
  .refine(isSchoolYear, noYear)
  .meta({ override: { type: 'string', pattern: '^20\\d\\d(-20\\d\\d)?$', examples: ['2026-2027'] } });

const Instalments = z
  .array(z.strictObject({ amount: PositiveAmount, due_on: z.iso.date() }))
  .min(1)
  .max(MOST_INSTALMENTS)
  .refine((all) => all.every(({ due_on }, i) => i === 0 || (all[i - 1]?.due_on ?? '') < due_on), notInOrder)
  .refine((all) => sum(all.map(({ amount }) => amount)) <= 1e12, tooMuch);

/** `POST /fees`: what a class, or some students, are to pay, and when. */
export const NewFee = z
  .strictObject({
    label: line(100),
    year: SchoolYear,
    class_name: line(100).optional(),
    student_ids: z.array(z.int().positive()).min(1).max(MOST_CHARGED).optional(),
    currency: Currency,
    instalments: Instalments,
  })
  .refine(({ class_name, student_ids }) => (class_name === undefined) !== (student_ids === undefined), {
    ...whom,
    path: ['class_name'],
  });
export type NewFee = z.output<typeof NewFee>;

/** How many got a fee now, and how many had it already. */
export const Charged = z.object({
  label: z.string(),
  year: z.string(),
  amount: z.int(),
  currency: z.string(),
  charged: z.int(),
  already: z.int(),
});

/** The line that a fee is in a ledger. @param by the username of the admin who charges it */
export function feeLine({ label, year, currency, instalments }: NewFee, by: string): Fee {
  const amount = sum(instalments.map((one) => one.amount));
  return { id: newId(), kind: 'fee', label, year, amount, currency, instalments, recorded_by: by, at: timestamp() };
}

/** Whether a fee that stands is the same as one of its name that is charged anew. */
export const isSame = (stands: Fee, { currency, instalments }: NewFee): boolean =>
  stands.currency === currency && isDeepStrictEqual(stands.instalments, instalments);
