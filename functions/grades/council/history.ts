import * as z from 'zod';
import type { Paging } from '../../../platform/data/table.ts';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { IntegerId } from '../../../platform/schema/identifiers.ts';
import { HistoryLine } from '../changes.ts';
import { ClassPath } from '../classes/class.ts';
import { nameKey } from '../classes/programme.ts';
import { problem } from '../problems.ts';
import { type Council, councilOf, mustHead } from './council.ts';
import * as councils from './council-store.ts';
import { RemarksQuery } from './remark.ts';
import { TermQuery } from './sheet.ts';
import { reachOf, subjectIn } from './subjects.ts';

const Student = { student_id: IntegerId };

/** One page of what was ever said of a member of the class; of anybody else there is nothing to tell. */
async function historyIn(
  { members, term }: Council,
  studentId: number,
  paging: Paging,
  isAsked: (told: councils.Told) => boolean,
) {
  if (!members[studentId]) return ok([]);
  const { items, next } = await councils.history(studentId, term.id, paging, isAsked);
  return ok(items, { next });
}

export const readSheetHistory = operation({
  route: 'GET /classes/{class_name}/sheets/history',
  summary: 'What a sheet was, and who changed it when',
  description: 'Of one student in one term, newest first; each change with what it changed, from what to what.',
  access: allow('admin', 'teacher'),
  path: ClassPath,
  query: TermQuery.extend(Student),
  answers: { 200: z.array(HistoryLine) },
  paged: true,
  problems: [problem.class_not_found, problem.term_not_found, problem.not_head_teacher],
  async handle({ path, query, caller, paging }) {
    const council = await councilOf(path.class_name, query.term);
    mustHead(council, caller);
    return historyIn(council, query.student_id, paging, ({ subject }) => subject === undefined);
  },
});

export const readRemarkHistory = operation({
  route: 'GET /classes/{class_name}/remarks/history',
  summary: 'What a remark was, and who changed it when',
  description: 'Of one student in one subject and term, newest first.',
  access: allow('admin', 'teacher'),
  path: ClassPath,
  query: RemarksQuery.extend(Student),
  answers: { 200: z.array(HistoryLine) },
  paged: true,
  problems: [problem.class_not_found, problem.term_not_found, problem.not_your_subject],
  async handle({ path, query, caller, paging }) {
    const council = await councilOf(path.class_name, query.term);
    const { name } = subjectIn(council, query.subject, reachOf(council, caller));
    const isAsked = ({ subject }: councils.Told): boolean =>
      subject !== undefined && nameKey(subject) === nameKey(name);
    return historyIn(council, query.student_id, paging, isAsked);
  },
});
