import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import * as z from 'zod';

/** The country in which a number without a country code is read (`PHONE_REGION`, ISO 3166-1 alpha-2; Senegal). */
const region = (): CountryCode => (process.env.PHONE_REGION || 'SN') as CountryCode;

/** A phone number in any usual spelling; gives E.164, so that one number has one spelling. */
export const Phone = z
  .string()
  .max(40)
  .transform((text, context) => {
    const number = parsePhoneNumberFromString(text, { defaultCountry: region(), extract: false });
    if (number?.isPossible()) return number.number as string;
    context.addIssue({ code: 'custom', params: { code: 'invalid_phone' }, message: 'Numéro de téléphone invalide' });
    return z.NEVER;
  });
