import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import * as z from 'zod';
import { onDemand } from '../base/on-demand.ts';
import { unformatted } from './characters.ts';
import { rule } from './rule.ts';

/** The country in which a number without a country code is read (`PHONE_REGION`, ISO 3166-1 alpha-2; Senegal). */
const region = (): CountryCode => (process.env.PHONE_REGION || 'SN') as CountryCode;

const invalidPhone = rule('invalid_phone', {
  fr: 'Numéro de téléphone invalide ; écrivez-le comme +221 77 123 45 67',
  en: 'Invalid phone number; write it like +221 77 123 45 67',
});

/** Old spellings that address books still hold and of which each has one number of today. */
const FORMER: readonly (readonly [written: RegExp, today: string])[] = [
  // Mexico had a 1 before mobile numbers that were called from abroad, until 2019; it is still put through.
  [/^\+521(?=\d{10}$)/, '+52'],
  // Benin put 01 before its numbers of eight digits in November 2024.
  [/^\+229(?=\d{8}$)/, '+22901'],
];

// A trunk prefix that is not dialled after a country code: +221 (0)77…
const TRUNK_ZERO = /^((?:\+|00)[\d\s.-]*)\(0\)/;

type Numbers = typeof import('libphonenumber-js/max');

/** The numbering plans of all countries, half as large again as all else that reads a student. */
const numbers = (): Numbers => onDemand<Numbers>('libphonenumber-js/max');

const read = (text: string): PhoneNumber | undefined =>
  numbers().parsePhoneNumberFromString(text, { defaultCountry: region(), extract: false });

/** The number that a text is, provided that it can be dialled as it stands: an extension has no place in E.164. */
function numberIn(text: string): string | undefined {
  const number = read(unformatted(text).replace(/\s+/g, ' ').trim().replace(/^tel:/i, '').replace(TRUNK_ZERO, '$1'));
  if (!number || number.ext) return undefined;
  if (number.isValid()) return number.number;
  const [written, today = ''] = FORMER.find(([one]) => one.test(number.number)) ?? [];
  const now = written && read(number.number.replace(written, today));
  return now?.isValid() ? now.number : undefined;
}

/** A phone number in any usual spelling that a country has given out; gives E.164, so that one number has one spelling. */
export const Phone = z
  .string()
  .max(40)
  .transform((text, context) => {
    const number = numberIn(text);
    if (number) return number as string;
    context.addIssue({ code: 'custom', ...invalidPhone });
    return z.NEVER;
  })
  .meta({ override: { type: 'string', format: 'phone', maxLength: 40, examples: ['+221771234567', '77 123 45 67'] } })
  .brand<'KeyPart'>();

/** The same in a query, where an unescaped + arrives as a space. */
export const PhoneInQuery = z
  .string()
  .max(40)
  .transform((text) => unformatted(text).replace(/^ /, '+'))
  .pipe(Phone)
  .meta({ ...Phone.meta() });
