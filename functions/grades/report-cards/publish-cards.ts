import * as z from 'zod';
import { optimistically } from '../../../platform/data/optimistic.ts';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { Flag } from '../../../platform/schema/flag.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { ClassPath } from '../classes/class.ts';
import { councilOf, mustHead } from '../council/council.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { peopleOf } from './people.ts';
import { type Drawing, draw, mustBePublishable, NewCards, PublicationView, published, viewOf } from './publication.ts';

const REASON = {
  fr: 'Remplacer des bulletins publiés demande une raison',
  en: 'Replacing published report cards takes a reason',
};

/** @throws invalid_input where cards are to be replaced and nothing says why */
function mustSayWhy({ drawn }: Drawing, reason: string | undefined): void {
  if (reason === undefined && drawn.some(({ line }) => line.result === 'replaces'))
    throw invalidField('#/reason', 'required', REASON);
}

export const publishCards = operation({
  route: 'POST /classes/{class_name}/report-cards',
  summary: 'Publish the report cards of a class',
  description:
    'Of a term that is closed for the class, with nothing in it that families may not see yet. Each card is a numbered version, frozen as it is printed. Again: a new version of each card that would be printed otherwise, and of no other; that takes a `reason`. With `dry_run=true` nothing is written: it tells what would become of each card, what it lacks, and what stands in the way. Broken off, the same call goes on with the cards that are left.',
  access: allow('admin', 'teacher'),
  path: ClassPath,
  query: z.object({ dry_run: Flag.optional() }),
  body: NewCards,
  answers: { 200: PublicationView },
  problems: [
    problem.class_not_found,
    problem.term_not_found,
    problem.not_head_teacher,
    problem.term_not_closed,
    problem.unreleased_results,
  ],
  changes: table,
  async handle({ path, query, body, headers, caller, commit }) {
    const council = await councilOf(path.class_name, body.term);
    mustHead(council, caller);
    if (query.dry_run) return ok(viewOf(await optimistically(() => draw(council)), [], true));
    const people = await peopleOf(council.programme, headers);
    const publishing = { by: caller.username, reason: body.reason };
    const next = async () => {
      const drawing = await draw(council, people);
      mustBePublishable(drawing);
      mustSayWhy(drawing, body.reason);
      return { ...published(drawing, publishing), drawing };
    };
    const done: PublicationView['cards'][number][] = [];
    for (;;) {
      let step = { isWhole: true, done: [] as typeof done };
      const answer = await commit(async () => {
        const { writes, news, drawing, ...rest } = await next();
        step = rest;
        return { writes: [...writes, ...news], answer: ok(viewOf(drawing, done, false)) };
      });
      if (step.isWhole) return answer;
      done.push(...step.done);
    }
  },
});
