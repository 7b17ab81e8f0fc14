import type { Day } from '../../../platform/base/day.ts';

/** So many days after a day; before it where they are negative. A day is no 24 hours, so no clock is asked. */
export function plusDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The day halfway between two. */
export function between(first: Day, last: Day): Day {
  const middle = (Date.parse(first) + Date.parse(last)) / 2;
  return new Date(middle).toISOString().slice(0, 10);
}

/** The label of the school year of which this is the first calendar year. */
const labelled = (year: number, starts: string): string => (starts === '01-01' ? String(year) : `${year}-${year + 1}`);

/**
 * The label of the school year that holds a day: `2026-2027`, or `2026` where it is the calendar's.
 * @param starts month and day on which one begins, `08-01`
 */
export function schoolYear(day: Day, starts: string): string {
  const year = Number(day.slice(0, 4));
  return labelled(day.slice(5) >= starts ? year : year - 1, starts);
}
