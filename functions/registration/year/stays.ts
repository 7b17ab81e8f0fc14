import type { Day } from '../../../platform/base/day.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { problem } from '../problems.ts';
import { plusDays } from '../school/day.ts';
import type { Calendar } from '../school/school-store.ts';
import type { Student } from '../students/student.ts';
import {
  begun,
  begunOn,
  type Enrolment,
  earliestNext,
  endedBefore,
  isSameClass,
  laterYear,
  type Outcome,
  openLine,
} from './enrolment.ts';

/** The most stays that a record holds: it travels whole in every message. */
const MOST_STAYS = 100;

/** What of a record says where the student stands. */
export type Standing = Pick<
  Student,
  'status' | 'class_name' | 'requested_class' | 'enrolments' | 'left_on' | 'left_reason'
>;

/** Nothing of it but what is said. */
const standing = (status: Student['status'], enrolments: readonly Enrolment[], more: Standing = {}): Standing => ({
  status,
  enrolments: [...enrolments],
  class_name: openLine(enrolments)?.class_name,
  requested_class: undefined,
  left_on: undefined,
  left_reason: undefined,
  ...more,
});

const IN_THE_FUTURE = {
  fr: 'Ce jour est encore à venir : ce qui change vaut tout de suite',
  en: 'This day is yet to come: what changes takes effect at once',
};

const tooEarly = (earliest: Day) => ({
  fr: `Trop tôt : pas avant le ${earliest}, à cause du dernier séjour en classe`,
  en: `Too early: not before ${earliest}, because of the last stay in a class`,
});

/** @throws invalid_input, `in_the_future` or `before_the_stay`, at this place of the body */
function mustFollow(lines: readonly Enrolment[], day: Day, { today }: Calendar, place: string): void {
  if (day > today) throw invalidField(place, 'in_the_future', IN_THE_FUTURE);
  const earliest = earliestNext(lines, today);
  if (earliest !== undefined && day < earliest) throw invalidField(place, 'before_the_stay', tooEarly(earliest));
}

/** @throws too_many_stays */
function bounded(lines: readonly Enrolment[]): readonly Enrolment[] {
  if (lines.length > MOST_STAYS) throw problem.too_many_stays();
  return lines;
}

/** The stay that goes on, spelt as it is now called and, where a day is said, begun on that day. */
function putRight(lines: readonly Enrolment[], class_name: string, from: Day | undefined, calendar: Calendar) {
  const open = lines.slice(-1).map((one) => ({ ...one, class_name }));
  const before = lines.slice(0, -1);
  const spelt = [...before, ...open];
  if (from === undefined) return spelt;
  mustFollow(before, from, calendar, '#/from');
  // A first stay was entered late; one that follows another is of the year that a roll-over may have said.
  const year = before.length === 0 ? calendar.yearOf(from) : laterYear(calendar.yearOf(from), lines.at(-1));
  return begunOn(spelt, from, year);
}

/**
 * A student in a class from a day on: the stay before ends the day before, and one that began only that day is replaced.
 * The class that they are in already stays one stay; a day that is said with it corrects when it began.
 * @param from today at the school, unless said; never in the future
 * @throws invalid_input, too_many_stays
 */
export function placed(student: Student, class_name: string, from: Day | undefined, calendar: Calendar): Standing {
  const lines = student.enrolments ?? [];
  const open = openLine(lines);
  if (open && isSameClass(open.class_name, class_name))
    return standing('enrolled', putRight(lines, class_name, from, calendar));
  if (from !== undefined) mustFollow(lines, from, calendar, '#/from');
  const last = lines.at(-1);
  const day = from ?? laterDay(calendar.today, earliestFrom(last));
  const year = laterYear(calendar.yearOf(day), last);
  const repeats = last?.year === year && last.repeats;
  return standing('enrolled', bounded(begun(lines, { year, class_name, from: day, repeats })));
}

// A stay that is to begin tomorrow, or that has ended today, is put right from then on.
const earliestFrom = (last: Enrolment | undefined): Day | undefined =>
  last && (last.to === undefined ? last.from : plusDays(last.to, 1));

const laterDay = (day: Day, other: Day | undefined): Day => (other !== undefined && other > day ? other : day);

/** A student in no class from a day on, today unless said. @throws invalid_input */
export function unplaced(student: Student, from: Day | undefined, calendar: Calendar): Standing {
  const lines = student.enrolments ?? [];
  if (!openLine(lines)) return standing('enrolled', lines);
  if (from !== undefined) mustFollow(lines, from, calendar, '#/from');
  return standing('enrolled', endedBefore(lines, from ?? calendar.today));
}

/** A new student in no class. */
export const unassigned: Standing = standing('enrolled', []);

/** A new student, in a class from today on. */
export const enrolled = (class_name: string, { today, yearOf }: Calendar): Standing =>
  standing('enrolled', [{ year: yearOf(today), class_name, from: today, repeats: false }]);

/** A student who waits to be accepted, into a class or none. */
export const requested = (requested_class: string | undefined): Standing =>
  standing('pending', [], { requested_class });

/** What is said of somebody who goes. */
export interface Departure {
  /** The first day on which they are gone. */
  readonly on: Day;
  readonly reason: string;
}

/** A student who is gone from a day on. @throws invalid_input */
export function departed(student: Student, { on, reason }: Departure, calendar: Calendar): Standing {
  const lines = student.enrolments ?? [];
  mustFollow(lines, on, calendar, '#/on');
  return standing('left', endedBefore(lines, on), { left_on: on, left_reason: reason });
}

/** What the roll-over makes of a student: a class of the next year, or none for whoever leaves. */
export interface Promotion {
  readonly year: string;
  readonly outcome: Outcome;
  readonly class_name: string | undefined;
}

/**
 * A student at the end of a school year. Whoever began their last stay only today ends it today, so that the year that
 * is left keeps its line; what comes then begins tomorrow. One line a year: it counts to no bound.
 */
export function promoted(
  student: Student,
  { year, outcome, class_name }: Promotion,
  left_reason: string,
  { today }: Calendar,
): Standing {
  const lines = student.enrolments ?? [];
  const open = openLine(lines);
  const from = open && open.from >= today ? plusDays(open.from, 1) : laterDay(today, earliestFrom(lines.at(-1)));
  if (class_name === undefined)
    return standing('left', endedBefore(lines, from, outcome), { left_on: from, left_reason });
  return standing('enrolled', begun(lines, { year, class_name, from, repeats: outcome === 'repeats' }, outcome));
}

/** The standing of records that are older than stays: one stay, from the day on which they were registered. */
export function derived({ status, class_name, registered_at }: Student, yearOf: Calendar['yearOf']): Standing {
  if (status === 'pending') return requested(class_name);
  const from = registered_at.slice(0, 10);
  const lines = class_name === undefined ? [] : [{ year: yearOf(from), class_name, from, repeats: false }];
  return standing(status ?? 'enrolled', lines);
}
