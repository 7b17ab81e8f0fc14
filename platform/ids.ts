import { uuidv7 } from 'uuidv7';
import * as z from 'zod';
import { wire } from './http/wire.ts';

/** A new time-sortable identifier (UUIDv7, RFC 9562). */
export const newId = (): string => uuidv7();

/** The smallest UUIDv7 of an instant: everything made before `ms` (since the epoch) sorts below it. */
export function lowestIdAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** A UUID as a path parameter: order, payment, mark and session ids. */
export const Uuid = z.guid().toLowerCase();

/** A generated integer id as a path parameter: persons, students, products. Takes digits, gives a number. */
export const IntegerId = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .refine(Number.isSafeInteger)
  .meta(wire({ type: 'integer', format: 'int64', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }));
