import * as z from 'zod';
import { clock } from '../../platform/clock.ts';
import { rule } from '../../platform/http/rule.ts';

/** How an order can be paid; `account` is what buying an article directly uses: the buyer owes it to the school. */
export const METHODS = ['card', 'cash', 'mobile_money', 'account'] as const;

const invalidCard = rule('invalid_card_number', { fr: 'Numéro de carte invalide', en: 'Invalid card number' });
const expiredCard = rule('card_expired', { fr: 'Carte expirée', en: 'Card expired' });

/** The check digit of ISO/IEC 7812-1, annex B. */
function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const CardNumber = z
  .string()
  .max(40)
  .transform((text) => text.replaceAll(/[ -]/g, ''))
  .refine((number) => /^\d{12,19}$/.test(number) && passesLuhn(number), invalidCard);

// A card is good until the last day of its month, wherever on Earth that day ends last.
const endOf = (year: number, month: number): number => Date.UTC(year, month, 1, 12);

const Card = z
  .strictObject({
    number: CardNumber,
    exp_month: z.int().min(1).max(12),
    exp_year: z.int().min(2000).max(2100),
    cvc: z
      .string()
      .regex(/^\d{3,4}$/)
      .optional(),
  })
  .refine(({ exp_year, exp_month }) => clock.now() < endOf(exp_year, exp_month), {
    ...expiredCard,
    path: ['exp_year'],
  });

/** `POST /orders/{id}/payment`. The amount is the order's total: ours to say. */
export const Means = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('card'), card: Card }),
  z.strictObject({ method: z.literal('cash') }),
  z.strictObject({ method: z.literal('mobile_money') }),
]);
export type Means = z.output<typeof Means>;

/** All that may be kept of a card. */
export const lastFour = (means: Means): string | undefined =>
  means.method === 'card' ? means.card.number.slice(-4) : undefined;
