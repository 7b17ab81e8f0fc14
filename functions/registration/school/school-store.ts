import { clock } from '../../../platform/base/clock.ts';
import { type Day, dayIn } from '../../../platform/base/day.ts';
import { key } from '../../../platform/data/key.ts';
import { absent, type Condition, lostUpdate, put, versionIs, type Write } from '../../../platform/data/write.ts';
import { table } from '../table.ts';
import { schoolYear } from './day.ts';
import { type School, SchoolView, UNDESCRIBED } from './school.ts';

const SCHOOL = { pk: key`SCHOOL`, sk: key`SCHOOL` };

/** What counts days and years as the school does. */
export interface Calendar {
  /** The day that it is at the school. */
  readonly today: Day;
  /** The label of the school year that holds a day. */
  readonly yearOf: (day: Day) => string;
}

/** The school, or what is taken for granted of one that nobody has described. One read. */
export const find = async (): Promise<School> => (await table.get<School>(SCHOOL)) ?? UNDESCRIBED;

/** The calendar of a school as it is now. */
export const calendarOf = ({ time_zone, year_starts }: School, now = clock.now()): Calendar => ({
  today: dayIn(time_zone, now),
  yearOf: (day) => schoolYear(day, year_starts),
});

/** The school's calendar. One read. */
export const calendar = async (): Promise<Calendar> => calendarOf(await find());

/**
 * The day that it is at the school: every day of this context begins and ends by it. Half a read unit.
 * @param now milliseconds since the epoch
 */
export async function schoolDay(now = clock.now()): Promise<Day> {
  const school = await table.glance<School>(SCHOOL);
  return calendarOf(school ?? UNDESCRIBED, now).today;
}

const stillAt = ({ version }: School): Condition =>
  version === 0 ? absent(lostUpdate) : versionIs(version, lostUpdate);

/** Puts a school in place of the one that was read. @throws LostUpdate */
export function replace(before: School, { version, ...described }: School): Write[] {
  const record = Object.fromEntries(
    Object.keys(SchoolView.shape).map((name) => [name, described[name as keyof typeof described]]),
  );
  return [put({ ...record, version, ...SCHOOL }, stillAt(before))];
}
