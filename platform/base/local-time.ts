import { dateFormat } from './formats.ts';

/** A time of day on a calendar day, as clocks on the wall show it: `2026-11-26T08:30`. */
export type LocalTime = string;

const DAY_MS = 86_400_000;
const LOCAL_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/;

const WALL = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;

/** What the clocks of a zone show, as if it were UTC. */
function wall(timeZone: string, at: number): number {
  const parts = Object.fromEntries(
    dateFormat('en-US', { ...WALL, timeZone })
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** How far the clocks of a zone are ahead of UTC. */
const offset = (timeZone: string, at: number): number => wall(timeZone, at) - Math.floor(at / 1000) * 1000;

/**
 * What the clocks of a time zone show at an instant, to the minute.
 * @param timeZone its name in the IANA database
 * @param at ISO 8601, or milliseconds since the epoch
 */
export const localTime = (timeZone: string, at: string | number): LocalTime =>
  new Date(wall(timeZone, new Date(at).getTime())).toISOString().slice(0, 16);

/**
 * When the clocks of a time zone show this. Where they show it twice, as in autumn, it is the first time; where they skip
 * it, as in spring, as much later as they skip.
 * @returns ISO 8601 in UTC; undefined where the text is no local time
 */
export function instantOf(timeZone: string, text: LocalTime): string | undefined {
  const [, year, month, day, hour, minute] = (LOCAL_TIME.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined) return undefined;
  const shown = Date.UTC(year, month - 1, day, hour, minute);
  // Out of range: the thirtieth of February, 25 o'clock.
  if (Number.isNaN(shown) || new Date(shown).toISOString().slice(0, 16) !== text) return undefined;
  const before = shown - offset(timeZone, shown - DAY_MS);
  const after = shown - offset(timeZone, shown + DAY_MS);
  const isShown = (at: number) => wall(timeZone, at) === shown;
  return new Date(isShown(before) || !isShown(after) ? before : after).toISOString();
}
