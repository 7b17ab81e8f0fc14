import { dateFormat, LOCALES, moneyIn, numberFormat } from '../base/formats.ts';
import type { Language } from '../base/language.ts';

const LONG = { dateStyle: 'long', timeZone: 'UTC' } as const;

/** What stands where there is no figure. */
export const NONE = '–';

/** A figure as a document writes it: `12,50`; a dash where there is none. */
export const figure = (value: number | undefined, language: Language, digits = 2): string =>
  value === undefined
    ? NONE
    : numberFormat(LOCALES[language], { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** A number with no more decimals than it has: `2`, `1,5`. */
export const plain = (value: number, language: Language): string =>
  numberFormat(LOCALES[language], { maximumFractionDigits: 2 }).format(value);

/** A day, `2026-11-26`, in words: `26 novembre 2026`; the first of a month is `1er` in French. */
export function day(iso: string, language: Language): string {
  const written = dateFormat(LOCALES[language], LONG).format(new Date(`${iso.slice(0, 10)}T00:00:00Z`));
  return language === 'fr' ? written.replace(/^1 /, '1er ') : written;
}

/** From one day to another: `1 octobre – 19 décembre 2026`. */
export const days = (from: string, to: string, language: Language): string =>
  dateFormat(LOCALES[language], LONG).formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));

/** Money in its currency's own way: `50 000 F CFA`. @param amount in minor units */
export const money = (amount: number, currency: string, language: Language): string =>
  moneyIn(LOCALES[language], amount, currency);
