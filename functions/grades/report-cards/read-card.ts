import * as z from 'zod';
import { timestamp } from '../../../platform/base/clock.ts';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { IntegerId } from '../../../platform/schema/identifiers.ts';
import { problem } from '../problems.ts';
import { StudentPath } from '../students/student.ts';
import { table } from '../table.ts';
import { TermId } from '../terms/term.ts';
import * as cards from './card-store.ts';
import { cardOf } from './chosen.ts';
import { studentFor } from './reading.ts';

const CardPath = StudentPath.extend({ version: IntegerId });

export const readCard = operation({
  route: 'POST /grades/{student_id}/report-cards/{version}/read',
  summary: 'Confirm having read a report card',
  description:
    'As a parent’s signature on paper: who, and when, once for each account; again answers the first time. Without `term`, of the term of which a card was published last. The staff sees who has.',
  access: allow('owner', 'guardian'),
  path: CardPath,
  query: z.object({ term: TermId.optional() }),
  answers: { 200: z.object({ term: z.string(), version: z.int(), read_at: z.iso.datetime() }) },
  problems: [problem.student_not_found, problem.report_card_not_found],
  changes: table,
  async handle({ path, query, caller, commit }) {
    await studentFor(path.student_id, caller);
    return commit(async () => {
      const card = await cardOf(path.student_id, query.term, path.version);
      const before = card.reads[caller.username];
      const read_at = before ?? timestamp();
      return {
        writes: before === undefined ? [cards.markRead(card, caller.username, read_at)] : [],
        answer: ok({ term: card.term as string, version: card.version, read_at }),
      };
    });
  },
});
