import * as z from 'zod';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { ClassPath } from '../classes/class.ts';
import { classFigures } from '../figures/standings.ts';
import { decimal } from '../marks/decimal.ts';
import { problem } from '../problems.ts';
import { councilOf, idsOf, mustHead } from './council.ts';
import * as councils from './council-store.ts';
import { pageAmong, sortable } from './members-page.ts';
import { mentionFor } from './mention.ts';
import { SheetView, type StoredSheet, TermQuery } from './sheet.ts';

/** A sheet without what its readers need not see of its keys. */
export const standing = (stored: StoredSheet | undefined) => stored ?? { version: 0 };

export const readSheets = operation({
  route: 'GET /classes/{class_name}/sheets',
  summary: 'The sheets of the class council',
  description:
    'One line for each member, in ascending order of their ids: absences, lateness, conduct, remark, mention and decision, with the average and the mention that the programme proposes for it. `version` 0 is a sheet that nobody wrote yet. What was read may be sent back.',
  access: allow('admin', 'teacher'),
  path: ClassPath,
  query: TermQuery,
  answers: { 200: z.array(SheetView) },
  paged: true,
  problems: [problem.class_not_found, problem.term_not_found, problem.not_head_teacher],
  async handle({ path, query, caller, paging }) {
    const council = await councilOf(path.class_name, query.term);
    mustHead(council, caller);
    const { ref, term, calendar, members } = council;
    const { items: ids, next } = pageAmong(idsOf(council), sortable, paging);
    const [figures, said] = await Promise.all([classFigures(ref, term, calendar, 'staff'), councils.of(ids, term.id)]);
    const generals = new Map(figures.ranking.members.map(({ student, general }) => [student, general]));
    const view = (id: number) => {
      const general = generals.get(id);
      const proposed = mentionFor(figures.programme, general);
      return {
        ...{ student_id: id, name: members[id]?.name ?? '', ...standing(said.get(id)?.sheet) },
        ...(general !== undefined && { general: decimal(general) }),
        ...(proposed !== undefined && { proposed_mention: proposed }),
      };
    };
    return ok(ids.map(view), { next });
  },
});
