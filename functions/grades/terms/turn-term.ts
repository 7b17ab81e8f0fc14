import * as z from 'zod';
import { timestamp } from '../../../platform/base/clock.ts';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { rule } from '../../../platform/schema/rule.ts';
import { line } from '../../../platform/schema/text.ts';
import type { ClassRef } from '../classes/class-ref.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { classesNamed, closeClasses, closeLeaf, reopenClasses, reopenLeaf } from './closing.ts';
import { type Calendar, type Term, TermPath, TermView, type Turn } from './term.ts';
import * as terms from './term-store.ts';

const reasonNeeded = rule('required', {
  fr: 'Rouvrir une période demande une raison',
  en: 'Opening a term again takes a reason',
});

const Turning = z
  .strictObject({
    open: z.boolean(),
    class_names: z.array(line(100)).min(1).max(100).optional(),
    reason: line(500).optional(),
  })
  .refine(({ open, reason }) => !open || reason !== undefined, { ...reasonNeeded, path: ['reason'] });

/** @param refs the classes that are meant; all, unless said */
async function turnLeaf(leaf: Term, turn: Turn, calendar: Calendar, refs: readonly ClassRef[] | undefined) {
  if (refs) return (turn.open ? reopenClasses : closeClasses)(leaf, turn, refs, calendar);
  return turn.open ? reopenLeaf(leaf, turn, calendar) : closeLeaf(leaf, turn);
}

export const turnTerm = operation({
  route: 'PATCH /terms/{id}',
  summary: 'Close a term, or open it again',
  description:
    'For all classes or for some. Closing locks marks, members, programmes and weights, class after class; the answer comes after the last, or says `closing` where they are thousands. Opening again takes a reason, which is kept. Of a term that is divided, everything below it.',
  access: allow('admin'),
  path: TermPath,
  body: Turning,
  answers: { 200: TermView },
  problems: [problem.term_not_found, problem.class_not_found, problem.term_closed],
  changes: table,
  async handle({ path, body, caller, commit }) {
    const calendar = await terms.calendar();
    const term = calendar.find(path.id);
    if (!term) throw problem.term_not_found();
    const turn: Turn = { ...body, by: caller.username, at: timestamp() };
    const refs = body.class_names && (await classesNamed(body.class_names));
    for (const leaf of calendar.leavesOf(term)) await turnLeaf(leaf, turn, calendar, refs);
    return commit(async () => {
      const after = await terms.calendar();
      return { answer: ok(after.view(after.find(term.id) ?? term)) };
    });
  },
});
