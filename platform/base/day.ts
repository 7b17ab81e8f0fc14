import { clock } from './clock.ts';

/** A calendar day, ISO 8601: `2026-11-26`. */
export type Day = string;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for each zone: it costs a hundred times what using it does. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, format);
  return format;
}

/**
 * The day that it is in a time zone, summer time heeded.
 * @param timeZone its name in the IANA database
 * @param at milliseconds since the epoch; now, unless said
 */
export function dayIn(timeZone: string, at = clock.now()): Day {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}
