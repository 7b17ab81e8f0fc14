import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import * as z from 'zod';
import { rule } from './http/rule.ts';
import { wire } from './http/wire.ts';

/** The country in which a number without a country code is read (`PHONE_REGION`, ISO 3166-1 alpha-2; Senegal). */
const region = (): CountryCode => (process.env.PHONE_REGION || 'SN') as CountryCode;

const invalidPhone = rule('invalid_phone', { fr: 'Numéro de téléphone invalide', en: 'Invalid phone number' });

/** A phone number in any usual spelling; gives E.164, so that one number has one spelling. */
export const Phone = z
  .string()
  .max(40)
  .transform((text, context) => {
    const number = parsePhoneNumberFromString(text, { defaultCountry: region(), extract: false });
    if (number?.isPossible()) return number.number as string;
    context.addIssue({ code: 'custom', ...invalidPhone });
    return z.NEVER;
  })
  .meta(wire({ type: 'string', format: 'phone', maxLength: 40, examples: ['+221771234567', '77 123 45 67'] }));
