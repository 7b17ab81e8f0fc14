import { dateFormat, LOCALES, moneyIn, numberFormat } from '../../../platform/base/formats.ts';
import type { Language } from '../../../platform/base/language.ts';

/** A number as people write it: `12,5`. @param digits as many decimals at least */
export const number = (value: number, language: Language, digits = 0): string =>
  numberFormat(LOCALES[language], { minimumFractionDigits: digits, maximumFractionDigits: 2 }).format(value);

/** A number as people type it: `12,5`, without anything between thousands. */
export const typedNumber = (value: number, language: Language): string =>
  language === 'fr' ? String(value).replace('.', ',') : String(value);

/** An amount in the minor units of its currency as people write it. */
export const money = (amount: number, currency: string, language: Language): string =>
  moneyIn(LOCALES[language], amount, currency);

/** A date, or the day of an instant in a time zone: `9 nov. 2026`. */
export const day = (at: string, language: Language, timeZone = 'UTC'): string =>
  dateFormat(LOCALES[language], { dateStyle: 'medium', timeZone }).format(new Date(at));

/** An instant to the minute, in a time zone. */
export const moment = (at: string, language: Language, timeZone = 'UTC'): string =>
  dateFormat(LOCALES[language], { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at));
