import * as z from 'zod';
import type { Paging } from '../../../platform/data/table.ts';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import type { Calendar, Term } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';
import { ClassPath, ClassView, ListedClass, viewOf, YearQuery } from './class.ts';
import { type ClassRef, classRef } from './class-ref.ts';
import * as classes from './class-store.ts';
import { NO_PROGRAMME } from './programme.ts';

/** The school year that is asked for, or this one. @throws term_not_found */
export async function yearIn(calendar: Calendar, id: string | undefined, ref: ClassRef): Promise<Term> {
  const term = id === undefined ? await classes.leafToShow(ref, calendar) : calendar.find(id);
  if (!term) throw problem.term_not_found();
  return calendar.yearOf(term);
}

/** The classes of a school year. @throws term_not_found */
async function inYear(id: string, paging: Paging) {
  const calendar = await terms.calendar();
  const term = calendar.find(id);
  if (!term) throw problem.term_not_found();
  return classes.listOf(calendar.yearOf(term), calendar, paging);
}

export const listClasses = operation({
  route: 'GET /classes',
  summary: 'List the classes',
  description:
    'By name, with how many are in each today: every class that somebody was ever in, or with `year` those that had a programme or marks in that school year, and how many were in each at its end. A page may be short with more to follow: only a missing `Link` ends the list.',
  access: allow('admin', 'teacher'),
  query: YearQuery,
  paged: true,
  answers: { 200: z.array(ListedClass) },
  problems: [problem.term_not_found],
  async handle({ query, paging }) {
    const { items, next } = query.year === undefined ? await classes.list(paging) : await inYear(query.year, paging);
    return ok(items, { next });
  },
});

export const readClass = operation({
  route: 'GET /classes/{class_name}',
  summary: 'Read a class: programme, teachers, members',
  description:
    'Names of classes are compared without spaces, accents and case. The members are those of today, with `year` those at the end of that school year, once it is over. The version is that of the programme.',
  access: allow('admin', 'teacher'),
  path: ClassPath,
  query: YearQuery,
  answers: { 200: ClassView },
  problems: [problem.class_not_found, problem.term_not_found],
  versioned: true,
  async handle({ path, query }) {
    const ref = classRef(path.class_name);
    const [calendar, listed] = await Promise.all([terms.calendar(), classes.find(ref)]);
    if (!listed) throw problem.class_not_found();
    const year = await yearIn(calendar, query.year, ref);
    const [taught, members] = await Promise.all([
      classes.programme(ref, year.id),
      classes.membersOf(ref, query.year === undefined ? undefined : year, calendar),
    ]);
    const view = viewOf({ ...listed, year: year.id }, taught?.programme ?? NO_PROGRAMME, members);
    return ok(view, { etag: taught?.version ?? 0 });
  },
});
