import { decimalsOf } from '../../../platform/base/formats.ts';
import type { Localized } from '../../../platform/base/language.ts';
import { Refusal } from './api.ts';
import type { Visit } from './visit.ts';

const WORDS = {
  amount: {
    fr: 'Écrivez un montant, par exemple 25 000 ou 12,50',
    en: 'Write an amount, for example 25 000 or 12.50',
  },
  number: { fr: 'Écrivez un nombre', en: 'Write a number' },
} satisfies Record<string, Localized>;

/** How many decimals a currency has; as many as most where there is no such currency, which its service will say. */
const decimalsIn = (currency: string): number => (/^[A-Z]{3}$/.test(currency) ? decimalsOf(currency) : 2);

/** An amount as people write it, in the minor units of its currency: `12,50` is 1250; undefined where it is none. */
export function minorUnits(text: string, currency: string): number | undefined {
  const [, whole = '', part = ''] = /^(\d{1,13})(?:[.,](\d+))?$/.exec(text.replaceAll(/\s/g, '')) ?? [];
  const decimals = decimalsIn(currency);
  return whole === '' || part.length > decimals ? undefined : Number(whole + part.padEnd(decimals, '0'));
}

/** An amount as it stands in a field. */
export function amountText(amount: number, currency: string): string {
  const decimals = decimalsIn(currency);
  return (amount / 10 ** decimals).toFixed(decimals);
}

/** The amount in a field; undefined where it was left empty. @throws Refusal at the field, where it is none */
export function amountIn(visit: Visit, name: string, currency: string): number | undefined {
  const text = visit.typed(name).trim();
  if (text === '') return undefined;
  const amount = minorUnits(text, currency);
  if (amount === undefined) throw Refusal.of(name, visit.say(WORDS.amount));
  return amount;
}

/** A number as people write it: `2,5`; undefined where it was left empty. @throws Refusal at the field, where it is none */
export function numberFrom(visit: Visit, name: string, text = visit.typed(name)): number | undefined {
  const written = text.trim().replace(',', '.');
  if (written === '') return undefined;
  if (!/^-?\d{1,9}(?:\.\d{1,6})?$/.test(written)) throw Refusal.of(name, visit.say(WORDS.number));
  return Number(written);
}
