import * as z from 'zod';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { HistoryLine } from '../changes.ts';
import { mustReach } from '../marks/place.ts';
import { problem } from '../problems.ts';
import { AssessmentPath } from './assessment.ts';
import * as history from './assessment-history.ts';
import * as assessments from './assessment-store.ts';

export const readAssessmentHistory = operation({
  route: 'GET /assessments/{id}/history',
  summary: 'What an assessment was, and who changed it when',
  description:
    'Coefficient, maximum, release and whatever else was changed of it, newest first, each from what to what. What students got in it has a history of its own: `GET /grades/{student_id}/{result_id}/history`.',
  access: allow('admin', 'teacher'),
  path: AssessmentPath,
  answers: { 200: z.array(HistoryLine) },
  paged: true,
  problems: [problem.assessment_not_found, problem.not_your_subject],
  async handle({ path, caller, paging }) {
    const { assessment, book } = await assessments.find(path.id);
    mustReach(book.programme, assessment.subject, caller, problem.assessment_not_found);
    const { items, next } = await history.page(path.id, paging);
    return ok(items, { next });
  },
});
