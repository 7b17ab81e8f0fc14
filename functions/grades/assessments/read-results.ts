import * as z from 'zod';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { memberIds } from '../classes/book.ts';
import { subjectOf } from '../classes/programme.ts';
import { pageAmong, sortable } from '../council/members-page.ts';
import { mustReach } from '../marks/place.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { AssessmentPath, ResultLine, type StoredResult } from './assessment.ts';
import * as assessments from './assessment-store.ts';
import * as results from './result-store.ts';

export const readResults = operation({
  route: 'GET /assessments/{id}/results',
  summary: 'Read the results of a class',
  description:
    'One line for each member who takes the subject, in ascending order of their ids, with what they have: a score or a status, neither where nothing is marked. `version` 0 is a result that nobody entered yet; sent along with a line of `PUT`, it is stored onto that version alone.',
  access: allow('admin', 'teacher'),
  path: AssessmentPath,
  answers: { 200: z.array(ResultLine) },
  paged: true,
  problems: [problem.assessment_not_found, problem.not_your_subject],
  async handle({ path, caller, paging }) {
    const { where, assessment, book } = await assessments.find(path.id);
    mustReach(book.programme, assessment.subject, caller, problem.assessment_not_found);
    const takers = book.programme && subjectOf(book.programme, assessment.subject)?.students;
    const ids = memberIds(book).filter((id) => !takers || takers.includes(id));
    const { items, next } = pageAmong(ids, sortable, paging);
    const keys = items.map((id) => results.resultKey(id, where.term, where.id));
    const found = await table.getMany<StoredResult & { pk: string }>(keys);
    const by = new Map(found.map((stored) => [stored.pk, stored]));
    const line = (id: number, i: number) => {
      const stored = by.get(keys[i]?.pk ?? '');
      return {
        ...{ student_id: id, name: book.members[id]?.name ?? '' },
        ...(stored ? results.viewOf(stored) : { version: 0 }),
      };
    };
    return ok(items.map(line), { next });
  },
});
