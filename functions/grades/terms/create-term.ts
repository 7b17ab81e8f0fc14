import { allow } from '../../../platform/http/access.ts';
import { created } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { type Calendar, NewTerm, TermView } from './term.ts';
import * as terms from './term-store.ts';

const OUTSIDE = {
  fr: 'La période doit tenir dans celle dont elle fait partie',
  en: 'The term must lie within the one that it is a part of',
};

/** @throws term_not_found; invalid_input where it does not lie within the term above it */
function mustFit({ parent, starts_on, ends_on }: NewTerm, calendar: Calendar): void {
  if (parent === undefined) return;
  const above = calendar.find(parent);
  if (!above) throw problem.term_not_found();
  const { starts_on: first = starts_on, ends_on: last = ends_on } = above;
  if (starts_on < first) throw invalidField('#/starts_on', 'outside_parent', OUTSIDE);
  if (ends_on > last) throw invalidField('#/ends_on', 'outside_parent', OUTSIDE);
}

export const createTerm = operation({
  route: 'POST /terms',
  summary: 'Create a term',
  description:
    'A school year without `parent`; else a part of another term, which must not hold marks. Several calendars may run side by side.',
  access: allow('admin'),
  body: NewTerm,
  answers: { 201: TermView },
  problems: [problem.term_not_found, problem.term_has_marks, problem.term_closed],
  changes: table,
  idempotent: true,
  handle: ({ body, commit }) =>
    commit(async () => {
      const calendar = await terms.calendar();
      mustFit(body, calendar);
      const term = terms.draft(body);
      return { writes: terms.insert(term), answer: created(calendar.with(term).view(term), `/terms/${term.id}`) };
    }),
});
