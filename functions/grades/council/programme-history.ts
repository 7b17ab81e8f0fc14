import * as z from 'zod';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { HistoryLine } from '../changes.ts';
import { ClassPath, YearQuery } from '../classes/class.ts';
import { classRef } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import * as programmes from '../classes/programme-history.ts';
import { yearIn } from '../classes/read-classes.ts';
import { problem } from '../problems.ts';
import * as terms from '../terms/term-store.ts';
import { mustHead } from './council.ts';

export const readProgrammeHistory = operation({
  route: 'GET /classes/{class_name}/history',
  summary: 'What the programme of a class was, and who changed it when',
  description:
    'Coefficients, weights, teachers and settings of a school year, newest first; each change with what it changed, from what to what.',
  access: allow('admin', 'teacher'),
  path: ClassPath,
  query: YearQuery,
  answers: { 200: z.array(HistoryLine) },
  paged: true,
  problems: [problem.class_not_found, problem.term_not_found, problem.not_head_teacher],
  async handle({ path, query, caller, paging }) {
    const ref = classRef(path.class_name);
    const [calendar, listed] = await Promise.all([terms.calendar(), classes.find(ref)]);
    if (!listed) throw problem.class_not_found();
    const year = (await yearIn(calendar, query.year, ref)).id;
    mustHead({ today: (await classes.programme(ref, year))?.programme }, caller);
    const { items, next } = await programmes.page(ref, year, paging);
    return ok(items, { next });
  },
});
