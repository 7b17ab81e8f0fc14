import * as z from 'zod';
import { signedIn } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { TermView } from './term.ts';
import * as terms from './term-store.ts';

export const listTerms = operation({
  route: 'GET /terms',
  summary: 'The school’s terms',
  description:
    'A forest: a term without `parent` is a school year, marks stand in the leaves. A school that has set up none has one open year. Who closed and opened them, and why, is for the staff.',
  access: signedIn,
  paged: true,
  answers: { 200: z.array(TermView) },
  async handle({ caller, paging }) {
    const { calendar, items, next } = await terms.page(paging);
    const isStaff = caller.role === 'admin' || caller.role === 'teacher';
    const views = items.map((term) => calendar.view(term));
    return ok(isStaff ? views : views.map(({ history: _, ...view }) => view), { next });
  },
});
