import * as z from 'zod';
import type { Day } from '../../../platform/base/day.ts';
import { fold } from '../../../platform/schema/fold.ts';
import { line } from '../../../platform/schema/text.ts';
import { plusDays } from '../school/day.ts';

/** A class by its name. */
export const ClassName = line(100);

/** What the end of a school year brings: `conditional` goes up as `promoted` does, and says that it may be taken back. */
export const Outcome = z.enum(['promoted', 'repeats', 'conditional', 'leaves']);
export type Outcome = z.output<typeof Outcome>;

/** One stay in a class. Those of a student follow one another and never overlap; the last may be open. */
export const Enrolment = z.object({
  /** The school year that it belongs to: `2026-2027`. */
  year: z.string(),
  class_name: z.string(),
  /** The first day there. */
  from: z.iso.date(),
  /** The last day there; none while they are there. */
  to: z.iso.date().optional(),
  /** Whether they do this year over again. */
  repeats: z.boolean(),
  /** What the end of the year brought, where it ended there. */
  outcome: Outcome.optional(),
});
export type Enrolment = z.output<typeof Enrolment>;

type Lines = readonly Enrolment[];

/** A class name as two are compared: `4eB` is `4e B`. */
export const classWord = (name: string): string => fold(name).replaceAll(' ', '');

/** Whether two names are those of one class. */
export const isSameClass = (one: string, other: string): boolean => classWord(one) === classWord(other);

/** The stay that goes on, if any does. */
export function openLine(lines: Lines): Enrolment | undefined {
  const last = lines.at(-1);
  return last?.to === undefined ? last : undefined;
}

/**
 * The first day on which the next stay may begin: what began only then is taken for a slip and replaced. A stay that
 * begins tomorrow (after a roll-over on its first day) may be put right today.
 */
export function earliestNext(lines: Lines, today: Day): Day | undefined {
  const last = lines.at(-1);
  if (!last) return undefined;
  if (last.to !== undefined) return plusDays(last.to, 1);
  return last.from < today ? last.from : today;
}

/** The lines of whoever is in no class from a day on: what would begin later never was. */
export function endedBefore(lines: Lines, day: Day, outcome?: Outcome): Enrolment[] {
  return lines
    .filter(({ from }) => from < day)
    .map((one) =>
      one.to === undefined || one.to >= day
        ? { ...one, to: plusDays(day, -1), ...(outcome !== undefined && { outcome }) }
        : one,
    );
}

/** A stay about to begin. */
type Beginning = Omit<Enrolment, 'to' | 'outcome'>;

const goesOn = (last: Enrolment | undefined, { year, class_name, from }: Beginning): last is Enrolment =>
  last?.to === plusDays(from, -1) && last.year === year && isSameClass(last.class_name, class_name);

/**
 * The lines of whoever is in a class from a day on. Back in the class that they had only just left, the stay there goes on.
 * @param outcome what ends the stay before, at the end of a year
 */
export function begun(lines: Lines, next: Beginning, outcome?: Outcome): Enrolment[] {
  const before = endedBefore(lines, next.from, outcome);
  const last = before.at(-1);
  if (!goesOn(last, next)) return [...before, next];
  const { to: _, outcome: __, ...open } = last;
  return [...before.slice(0, -1), open];
}

/** The lines once the last stay, which goes on, began on another day: one with the stay before, where they then touch. */
export function begunOn(lines: Lines, from: Day, year: string): Enrolment[] {
  const last = lines.at(-1);
  if (!last) return [];
  const { class_name, repeats } = last;
  return begun(lines.slice(0, -1), { year, class_name, from, repeats });
}

/** The later of two school years: nobody goes back to a year that is over. */
export const laterYear = (year: string, last: Enrolment | undefined): string =>
  last && last.year > year ? last.year : year;
