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

/** For whom something is written: in which language, and by the clocks of which time zone. */
interface Reader {
  readonly language: Language;
  readonly zone: string;
}

const DATE = /^\d{4}-\d\d-\d\d$/;

/** A date, which is the same everywhere, or the day of an instant: `9 nov. 2026`. */
export const day = (at: string, { language, zone }: Reader): string =>
  dateFormat(LOCALES[language], { dateStyle: 'medium', timeZone: DATE.test(at) ? 'UTC' : zone }).format(new Date(at));

/** An instant to the minute. */
export const moment = (at: string, { language, zone }: Reader): string =>
  dateFormat(LOCALES[language], { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(at));
