import { lostUpdate } from '../../../platform/data/write.ts';
import { allow } from '../../../platform/http/access.ts';
import { noContent, ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { scoreIn } from '../classes/book.ts';
import * as books from '../classes/book-store.ts';
import { programmeOr } from '../classes/programme.ts';
import { hundredths } from '../marks/decimal.ts';
import { mustReach } from '../marks/place.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { AssessmentChange, AssessmentPath, AssessmentView, Deletion, viewOf } from './assessment.ts';
import * as history from './assessment-history.ts';
import type { Away, Found } from './assessment-store.ts';
import * as assessments from './assessment-store.ts';
import { mustFitCategory } from './create-assessment.ts';

/** No result stands above what could be had, here or where it was taken along. @throws score_above */
async function mustHold({ where, assessment }: Found, outOf: number | undefined, away: readonly Away[]): Promise<void> {
  if (outOf === undefined || hundredths(outOf) >= assessment.out_of) return;
  const { sheets, whole } = await books.read(where);
  if (!whole) throw lostUpdate();
  const here = [...sheets.values()].map((sheet) => scoreIn(sheet, assessment));
  const scores = [...here, ...away.map(({ sheet }) => sheet.brought?.[assessment.id]?.result)];
  if (scores.some((score) => typeof score === 'number' && score > hundredths(outOf))) throw problem.score_above();
}

export const changeAssessment = operation({
  route: 'PATCH /assessments/{id}',
  summary: 'Change an assessment',
  description:
    'A JSON merge patch: null takes an optional field away. Scores are never rescaled. In a closed term `release_at` alone may change.',
  access: allow('admin', 'teacher'),
  path: AssessmentPath,
  body: AssessmentChange,
  answers: { 200: AssessmentView },
  problems: [problem.assessment_not_found, problem.not_your_subject, problem.term_closed, problem.score_above],
  changes: table,
  versioned: true,
  handle: ({ path, body, caller, commit }) =>
    commit(
      async () => {
        const found = await assessments.find(path.id);
        mustReach(found.book.programme, found.assessment.subject, caller, problem.assessment_not_found);
        return { ...found, version: found.assessment.version };
      },
      async (found) => {
        const after = assessments.changed(found.assessment, body);
        if (body.category !== undefined) mustFitCategory(programmeOr(found.book.programme), after.category);
        const away = await assessments.away(found);
        await mustHold(found, body.out_of, away);
        return {
          writes: [
            ...assessments.replace(found, body, away),
            ...history.noted(found.assessment, after, caller.username),
          ],
          answer: ok(viewOf(after, found.where), { etag: after.version }),
        };
      },
    ),
});

export const deleteAssessment = operation({
  route: 'DELETE /assessments/{id}',
  summary: 'Delete an assessment',
  description: 'With its results only where `with_results=true` says so.',
  access: allow('admin', 'teacher'),
  path: AssessmentPath,
  query: Deletion,
  answers: { 204: null },
  problems: [
    problem.assessment_not_found,
    problem.not_your_subject,
    problem.term_closed,
    problem.assessment_has_results,
  ],
  changes: table,
  versioned: true,
  handle: ({ path, query, caller, commit }) =>
    commit(
      async () => {
        const found = await assessments.find(path.id);
        mustReach(found.book.programme, found.assessment.subject, caller, problem.assessment_not_found);
        if (found.assessment.gen > 0 && !query.with_results) throw problem.assessment_has_results();
        return { ...found, version: found.assessment.version };
      },
      async (found) => ({
        writes: assessments.erase(found, await assessments.away(found)),
        answer: noContent(),
      }),
    ),
});
