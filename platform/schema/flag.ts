import * as z from 'zod';

/** True or false in a query, in any case: several languages write `True`. */
export const Flag = z
  .string()
  .max(5)
  .toLowerCase()
  .pipe(z.enum(['true', 'false']))
  .transform((text) => text === 'true')
  .meta({ override: { type: 'string', enum: ['true', 'false'] } });
