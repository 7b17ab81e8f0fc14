import { clock } from './clock.ts';
import { dateFormat } from './formats.ts';

/** A calendar day, ISO 8601: `2026-11-26`. */
export type Day = string;

const NUMERIC = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

/**
 * The day that it is in a time zone, summer time heeded.
 * @param timeZone its name in the IANA database
 * @param at milliseconds since the epoch; now, unless said
 */
export function dayIn(timeZone: string, at = clock.now()): Day {
  const parts = new Map(
    dateFormat('en-CA', { timeZone, ...NUMERIC })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}
