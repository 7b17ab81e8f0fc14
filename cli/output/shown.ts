import { dateFormat, LOCALES, moneyIn, numberFormat } from '../../platform/base/formats.ts';
import type { Language } from '../language.ts';
import { printable } from '../terminal.ts';
import { type Column, fieldOf } from './output.ts';
import { inLanguage } from './vocabulary.ts';

export const number = (value: number, language: Language, digits = 2): string =>
  numberFormat(LOCALES[language], { maximumFractionDigits: digits, useGrouping: false }).format(value);

/** Money as people write it; the amount is in the currency's smallest unit. */
export function money(amount: number, currency: string, language: Language): string {
  try {
    return moneyIn(LOCALES[language], amount, currency);
  } catch {
    return `${amount} ${currency}`;
  }
}

const time = (value: string, language: Language, withTime: boolean): string => {
  const at = new Date(value);
  if (Number.isNaN(at.valueOf())) return value;
  const clock: Intl.DateTimeFormatOptions = withTime ? { timeStyle: 'short' } : { timeZone: 'UTC' };
  return dateFormat(LOCALES[language], { dateStyle: 'short', ...clock }).format(at);
};

const yes = { en: ['no', 'yes'], fr: ['non', 'oui'] } as const;

/** A value for a person, in one line. */
export function shown(item: object, { field, kind }: Column, language: Language): string {
  const value = fieldOf(item, field);
  if (value === undefined || value === null) return '';
  if (kind === 'number' && typeof value === 'number') return number(value, language);
  if (kind === 'money' && typeof value === 'number')
    return money(value, String((item as { currency?: string }).currency ?? 'EUR'), language);
  if ((kind === 'time' || kind === 'date') && typeof value === 'string') return time(value, language, kind === 'time');
  if (kind === 'word') return inLanguage(String(value), language);
  if (typeof value === 'boolean') return yes[language][Number(value)] ?? '';
  if (Array.isArray(value)) return printable(value.map(inOneWord).join(', '));
  return printable(inOneWord(value));
}

/** What names a thing among several. */
function inOneWord(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { name, title, label, username, quantity } = value as Record<string, unknown>;
  const word = name ?? title ?? label ?? username ?? JSON.stringify(value);
  return quantity === undefined ? String(word) : `${quantity} × ${word}`;
}
