import * as z from 'zod';
import { Peer } from '../../../platform/peer/peer.ts';
import { between } from '../school/day.ts';
import type { Calendar } from '../school/school-store.ts';
import { classWord, Outcome } from './enrolment.ts';

const grades = new Peer();

type Headers = Readonly<Record<string, string>>;

/** What of a term is asked of the grades service. */
const Term = z.object({
  id: z.string(),
  name: z.string(),
  parent: z.string().optional(),
  starts_on: z.iso.date().optional(),
  ends_on: z.iso.date().optional(),
  state: z.string(),
});
export type Term = z.output<typeof Term>;

/** What of a line of a council's sheet. */
const SheetLine = z.object({ student_id: z.int(), decision: Outcome.optional() });

/** What of a class in the list of those of a year. */
const ListedClass = z.object({ class_name: z.string() });

/** The one year of a school that has set up none. */
const DEFAULT_TERM = 'default';

const isIn = ({ starts_on, ends_on }: Term, year: string, { yearOf }: Calendar): boolean =>
  starts_on !== undefined && ends_on !== undefined && yearOf(between(starts_on, ends_on)) === year;

/**
 * The school years of the grades service that a year of ours is, those that end first before the others. They lie mostly
 * in it; a school that had none then had the one without dates.
 */
async function allYears(year: string, calendar: Calendar, headers: Headers): Promise<Term[]> {
  const terms = (await grades.list('/terms?limit=200', Term, headers)) ?? [];
  const roots = terms.filter(({ parent }) => parent === undefined);
  const dated = roots.filter((root) => isIn(root, year, calendar));
  const found = dated.length > 0 ? dated : roots.filter(({ id }) => id === DEFAULT_TERM);
  return found.toSorted((a, b) => (a.ends_on ?? '').localeCompare(b.ends_on ?? ''));
}

/**
 * The school years of the grades service in which some classes were taught in a year of ours: where several calendars run
 * side by side, that of the lycée is not asked for when the collège goes up. All of them where none tells of the classes.
 * @throws peer_unavailable
 */
export async function yearsOf(
  year: string,
  classes: readonly string[],
  calendar: Calendar,
  headers: Headers,
): Promise<Term[]> {
  const years = await allYears(year, calendar, headers);
  if (years.length < 2) return years;
  const asked = new Set(classes.map(classWord));
  const taught = await Promise.all(
    years.map(({ id }) => grades.list(`/classes?year=${encodeURIComponent(id)}&limit=200`, ListedClass, headers)),
  );
  const theirs = years.filter((_, i) => taught[i]?.some(({ class_name }) => asked.has(classWord(class_name))));
  return theirs.length > 0 ? theirs : years;
}

/**
 * What the councils of these classes decided, by the student's id. A class without a sheet decided nothing.
 * @throws peer_unavailable
 */
export async function decisionsOf(
  classes: readonly string[],
  years: readonly Term[],
  headers: Headers,
): Promise<ReadonlyMap<number, Outcome>> {
  const asked = years.flatMap(({ id }) =>
    classes.map((name) => `/classes/${encodeURIComponent(name)}/sheets?term=${encodeURIComponent(id)}&limit=200`),
  );
  const sheets = await Promise.all(asked.map((path) => grades.list(path, SheetLine, headers)));
  const lines = sheets.flatMap((sheet) => sheet ?? []);
  return new Map(lines.flatMap(({ student_id, decision }) => (decision ? [[student_id, decision] as const] : [])));
}
