import * as z from 'zod';
import { unformatted } from '../../../platform/schema/characters.ts';
import { rule } from '../../../platform/schema/rule.ts';

const invalidMatricule = rule('invalid_matricule', {
  fr: 'Un matricule a des lettres, des chiffres, et entre eux . / - _, 40 caractères au plus',
  en: 'A matricule has letters, digits, and between them . / - _, 40 characters at most',
});

const DASHES = /\p{Pd}/gu;

// As a register has it, whoever typed it: in capitals, without the spaces that only group it.
const normalised = (text: string): string =>
  unformatted(text).normalize('NFKC').replaceAll(DASHES, '-').replaceAll(/\s+/g, '').toUpperCase();

/** The number under which the ministry or the school knows a student: capitals, no spaces. Leading zeros count. */
export const Matricule = z
  .string()
  .max(160)
  .transform(normalised)
  .refine((text) => /^[\p{L}\p{N}](?:[\p{L}\p{N}._/-]{0,38}[\p{L}\p{N}])?$/u.test(text), invalidMatricule)
  .meta({ override: { type: 'string', minLength: 1, maxLength: 160, examples: ['2019-TH-0123', '19384756K'] } })
  .brand<'KeyPart'>();
