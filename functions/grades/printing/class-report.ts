import type { Caller } from '../../../platform/http/access.ts';
import { statisticsOf } from '../averages/statistics.ts';
import { reachIn } from '../classes/access.ts';
import { classRef } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { arithmeticOf, passMark, programmeOr } from '../classes/programme.ts';
import { membersFigures, readable } from '../figures/class-stats.ts';
import { labelsOf } from '../figures/report.ts';
import { type ClassFigures, classFigures } from '../figures/standings.ts';
import { termToRead } from '../figures/term-to-read.ts';
import { decimal } from '../marks/decimal.ts';
import { problem } from '../problems.ts';
import { school } from '../school-store.ts';
import type { Calendar, Term } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';
import type { ClassReport, Statistics } from './report-page.ts';

function statisticsIn(figures: ClassFigures, subject: string | undefined): Statistics {
  const { distribution, ...counts } = statisticsOf(
    membersFigures(figures, subject),
    arithmeticOf(programmeOr(figures.programme)),
  );
  return { ...counts, ...readable(distribution) };
}

/** The names of the subjects that somebody of the class has a figure in, as they are printed, in the order of their cards. */
function subjectsIn({ cards, book }: ClassFigures): string[] {
  const names = new Map<string, string>();
  for (const [id, { subjects }] of cards) {
    const labels = labelsOf(book, id, 'staff');
    const all = subjects.flatMap((one) => [one, ...one.parts]);
    for (const { name, figure } of all)
      if (name !== undefined && figure !== undefined && !names.has(name)) names.set(name, labels.get(name) ?? name);
  }
  return [...names.values()];
}

/** The name of the school year of a term, where the term is not the whole of it. */
export function yearOf(term: Term, calendar: Calendar): string | undefined {
  const year = calendar.yearOf(term);
  return year.id === term.id ? undefined : year.name;
}

/**
 * The report of a class in a term: to a teacher, with the statistics of their own subjects.
 * @throws class_not_found, term_not_found
 */
export async function classReport(name: string, termId: string | undefined, caller: Caller): Promise<ClassReport> {
  const ref = classRef(name);
  const [calendar, listed, letterhead] = await Promise.all([terms.calendar(), classes.find(ref), school()]);
  const term = await termToRead(calendar, termId, ref);
  if (!listed) throw problem.class_not_found();
  const figures = await classFigures(ref, term, calendar, 'staff');
  const reach = reachIn(figures.programme, caller);
  if (!reach.any) throw problem.class_not_found();
  const programme = programmeOr(figures.programme);
  return {
    school: letterhead,
    class_name: listed.class_name,
    term,
    year: yearOf(term, calendar),
    scale: programme.scale,
    pass_mark: passMark(programme),
    statistics: statisticsIn(figures, undefined),
    subjects: subjectsIn(figures)
      .filter((subject) => reach.subject(subject))
      .map((subject) => ({ name: subject, ...statisticsIn(figures, subject) })),
    members: figures.ranking.members.map(({ name: of, rank, general }) => ({
      ...{ name: of, rank },
      ...(general !== undefined && { average: decimal(general) }),
    })),
    on: terms.today(),
  };
}
