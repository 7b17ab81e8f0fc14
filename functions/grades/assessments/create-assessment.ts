import { allow } from '../../../platform/http/access.ts';
import { created } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { type ClassRef, classRef } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { nameKey, type Programme, programmeOr } from '../classes/programme.ts';
import { mustTeach } from '../marks/place.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import type { Calendar, Term } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';
import { AssessmentView, NewAssessment, viewOf } from './assessment.ts';
import * as history from './assessment-history.ts';
import * as assessments from './assessment-store.ts';

/** The open leaf that is named, or the one that holds today. @throws no_open_term, term_not_found, term_is_divided, term_closed */
async function leafIn(calendar: Calendar, id: string | undefined, ref: ClassRef): Promise<Term> {
  const leaf = id === undefined ? await classes.leafFor(ref, calendar) : calendar.find(id);
  if (!leaf) throw id === undefined ? problem.no_open_term() : problem.term_not_found();
  if (calendar.childrenOf(leaf.id).length > 0) throw problem.term_is_divided();
  if (leaf.state !== 'open') throw problem.term_closed();
  return leaf;
}

const NONE = {
  fr: 'Cette classe ne distingue pas de catégories',
  en: 'This class has no categories',
};

const NEEDED = {
  fr: 'Cette classe distingue des catégories : nommez-en une',
  en: 'This class has categories: name one of them',
};

/** In a class with categories an assessment names one of them, in any other none. @throws invalid_input */
export function mustFitCategory({ categories }: Programme, category: string | undefined): void {
  if (categories.length === 0 && category === undefined) return;
  const isOne = category !== undefined && categories.some(({ name }) => nameKey(name) === nameKey(category));
  if (isOne) return;
  const text = categories.length === 0 ? NONE : NEEDED;
  throw invalidField('#/category', category === undefined ? 'required' : 'unknown_category', text);
}

export const createAssessment = operation({
  route: 'POST /assessments',
  summary: 'Create an assessment',
  description:
    'Of a class, in a subject and a term: the open one that holds today, unless said. Its results are hidden from families until `release_at`.',
  access: allow('admin', 'teacher'),
  body: NewAssessment,
  answers: { 201: AssessmentView },
  problems: [
    problem.class_not_found,
    problem.no_open_term,
    problem.term_not_found,
    problem.term_is_divided,
    problem.term_closed,
    problem.not_your_subject,
  ],
  changes: table,
  idempotent: true,
  handle: ({ body, caller, commit }) =>
    commit(async () => {
      const ref = classRef(body.class_name);
      const [calendar, listed] = await Promise.all([terms.calendar(), classes.find(ref)]);
      if (!listed) throw problem.class_not_found();
      const term = await leafIn(calendar, body.term, ref);
      const place = { ref, term: term.id };
      const { head, programme } = await classes.openedBook(place, term, calendar);
      mustTeach(programme, body.subject, caller, problem.class_not_found);
      mustFitCategory(programmeOr(programme), body.category);
      const assessment = assessments.draft(body, programmeOr(programme).scale, head);
      const { class_name } = listed;
      return {
        writes: [
          ...assessments.insert(place, class_name, head, assessment),
          ...history.noted(undefined, assessment, caller.username),
        ],
        answer: created(viewOf(assessment, { class_name, term: term.id }), `/assessments/${assessment.id}`),
      };
    }),
});
