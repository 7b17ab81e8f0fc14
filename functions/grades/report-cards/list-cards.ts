import * as z from 'zod';
import { timestamp } from '../../../platform/base/clock.ts';
import { allow, type Caller } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import type { View } from '../classes/book.ts';
import { problem } from '../problems.ts';
import { isFamily } from '../students/family.ts';
import { type Student, StudentPath } from '../students/student.ts';
import { type Calendar, TermId } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';
import { type Card, CardView, type Last } from './card.ts';
import * as cards from './card-store.ts';
import { differs } from './differing.ts';
import { readingOf, studentFor } from './reading.ts';

/** What depends on who reads: families learn when they confirmed it, the staff who did. */
function readsTo({ reads, published_by }: Card, caller: Caller, isFamilys: boolean) {
  const read_at = reads[caller.username];
  if (isFamilys) return read_at === undefined ? {} : { read_at };
  const all = Object.entries(reads).map(([username, at]) => ({ username, at }));
  return { published_by, reads: all.toSorted((a, b) => a.at.localeCompare(b.at)) };
}

type Reader = { readonly caller: Caller; readonly student: Student; readonly calendar: Calendar };

/** A card, and how it stands to what would be printed today. */
async function viewOf(card: Card, last: Last | undefined, { caller, student, calendar }: Reader) {
  const isFamilys = isFamily(student, caller);
  const view: View = isFamilys ? { familyAt: timestamp() } : 'staff';
  const { reads: _r, published_by: _b, has_programme: _p, student_id: _s, ...shown } = card;
  const stands = last?.version === card.version;
  return {
    ...shown,
    ...(last && !stands && { replaced_by: card.version + 1 }),
    ...(last && stands && { differs: await differs(last, student, calendar, view) }),
    ...readsTo(card, caller, isFamilys),
  };
}

export const listCards = operation({
  route: 'GET /grades/{student_id}/report-cards',
  summary: 'The published report cards of a student',
  description:
    'Every version, newest first, with all that it prints. Of each that stands, `differs` tells whether it would be printed otherwise today; an older one names the version that replaced it. To teachers, those of the classes that they head.',
  access: allow('admin', 'teacher', 'owner', 'guardian'),
  path: StudentPath,
  query: z.object({ term: TermId.optional() }),
  answers: { 200: z.array(CardView) },
  paged: true,
  problems: [problem.student_not_found],
  async handle({ path, query, caller, paging }) {
    const [student, calendar] = await Promise.all([studentFor(path.student_id, caller), terms.calendar()]);
    const { isTheirs, known } = await readingOf(student, caller, calendar);
    const isAsked = (card: Card) => (query.term === undefined || card.term === query.term) && isTheirs(card);
    const [{ items, next }, standing] = await Promise.all([
      cards.page(path.student_id, paging, isAsked),
      cards.allLast(path.student_id),
    ]);
    if (!known && items.length === 0) throw problem.student_not_found();
    const last = new Map(standing.map((one) => [one.term, one]));
    const reader = { caller, student, calendar };
    return ok(await Promise.all(items.map((card) => viewOf(card, last.get(card.term), reader))), { next });
  },
});
