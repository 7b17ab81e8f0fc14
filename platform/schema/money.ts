import * as z from 'zod';
import { rule } from './rule.ts';

const unknownCurrency = rule('unknown_currency', {
  fr: 'Devise inconnue (code ISO 4217)',
  en: 'Unknown currency (ISO 4217 code)',
});

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** A currency by its ISO 4217 code, in capitals. */
export const Currency = z
  .string()
  .max(3)
  .refine((code) => CURRENCIES.has(code), unknownCurrency)
  .meta({ override: { type: 'string', format: 'currency', pattern: '^[A-Z]{3}$', examples: ['XOF', 'EUR'] } });

/** An amount of money above zero, in the currency's minor units; a million million at most. */
export const PositiveAmount = z.int().positive().max(1e12);
