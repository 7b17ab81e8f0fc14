import * as z from 'zod';

/**
 * A whole number in a query: takes decimal digits, gives a number of `least` to `most`. An empty value is none, unlike
 * with a coercion, which reads a nought from it.
 */
export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(least).max(most))
    .meta({ override: { type: 'integer', minimum: least, maximum: most } });
}
