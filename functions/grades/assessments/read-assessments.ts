import * as z from 'zod';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { reachIn } from '../classes/access.ts';
import { readParts } from '../classes/book-store.ts';
import { classRef } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { nameKey } from '../classes/programme.ts';
import { leafToRead } from '../figures/term-to-read.ts';
import { mustReach } from '../marks/place.ts';
import { problem } from '../problems.ts';
import * as terms from '../terms/term-store.ts';
import { AssessmentFilters, AssessmentPath, AssessmentView, viewOf } from './assessment.ts';
import * as assessments from './assessment-store.ts';

export const listAssessments = operation({
  route: 'GET /assessments',
  summary: 'List the assessments of a class',
  description: 'Of a term, and of a subject if one is named; to a teacher, those of their own subjects.',
  access: allow('admin', 'teacher'),
  query: AssessmentFilters,
  paged: true,
  answers: { 200: z.array(AssessmentView) },
  problems: [problem.class_not_found, problem.term_not_found, problem.term_is_divided],
  async handle({ query, caller, paging }) {
    const ref = classRef(query.class_name);
    const [calendar, listed] = await Promise.all([terms.calendar(), classes.find(ref)]);
    const term = (await leafToRead(calendar, query.term, ref)).id;
    const book = { ref, term };
    const { programme } = await readParts(book);
    const reach = reachIn(programme, caller);
    if (!listed || !reach.any) throw problem.class_not_found();
    const wanted = query.subject && nameKey(query.subject);
    const { items, next } = await assessments.page(
      book,
      paging,
      ({ subject }) =>
        reach.subject(subject) && (wanted === undefined || (subject !== undefined && nameKey(subject) === wanted)),
    );
    return ok(
      items.map((one) => viewOf(one, { class_name: listed.class_name, term })),
      { next },
    );
  },
});

export const readAssessment = operation({
  route: 'GET /assessments/{id}',
  summary: 'Read an assessment',
  access: allow('admin', 'teacher'),
  path: AssessmentPath,
  answers: { 200: AssessmentView },
  problems: [problem.assessment_not_found, problem.not_your_subject],
  versioned: true,
  async handle({ path, caller }) {
    const { where, assessment, book } = await assessments.find(path.id);
    mustReach(book.programme, assessment.subject, caller, problem.assessment_not_found);
    return ok(viewOf(assessment, where), { etag: assessment.version });
  },
});
