import * as z from 'zod';
import { clock } from '../base/clock.ts';
import type { ProblemKind } from '../base/problem.ts';
import { rule } from './rule.ts';

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

/** A payment card that has not expired; gives its number as digits alone. Only its last four may ever be kept. */
export const Card = z
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
export type Card = z.output<typeof Card>;

const NOTHING_CHARGED = {
  fr: 'Rien n’a été débité. Essayez une autre carte ou un autre moyen de paiement.',
  en: 'Nothing was charged. Try another card or another means of payment.',
};

/** How a card is refused, for the catalogue of problems of whoever charges one. */
export const CARD_REFUSALS = {
  card_declined: {
    status: 409,
    title: { fr: 'Carte refusée', en: 'Card declined' },
    detail: NOTHING_CHARGED,
  },
  insufficient_funds: {
    status: 409,
    title: { fr: 'Provision insuffisante', en: 'Insufficient funds' },
    detail: NOTHING_CHARGED,
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
