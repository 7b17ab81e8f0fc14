import * as z from 'zod';

/** A UUID as a path parameter: order, payment, mark and session ids. */
export const Uuid = z.guid().toLowerCase().brand<'KeyPart'>();

/** A generated integer id as a path parameter: persons, students, products. Takes digits, gives a number. */
export const IntegerId = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .refine(Number.isSafeInteger)
  .meta({ override: { type: 'integer', format: 'int64', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } });
