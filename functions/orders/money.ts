import * as z from 'zod';
import { rule } from '../../platform/http/rule.ts';

const unknownCurrency = rule('unknown_currency', {
  fr: 'Monnaie inconnue (ISO 4217)',
  en: 'Unknown currency (ISO 4217)',
});

/** A currency by its ISO 4217 code, `EUR` or `XOF`. */
export const Currency = z
  .string()
  .length(3)
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), unknownCurrency);

/** The currency of a price that names none: the CFA franc, which has no minor unit. */
export const DEFAULT_CURRENCY = 'XOF';

/** A price in integer minor units of its currency. */
export const Price = z.int().min(1).max(100_000_000);
