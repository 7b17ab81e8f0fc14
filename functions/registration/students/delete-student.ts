import { problem as common } from '../../../platform/base/problems.ts';
import { allow, reachable } from '../../../platform/http/access.ts';
import { noContent } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { studentDeleted } from '../events.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { mustHaveNoCards } from './report-cards.ts';
import { settleAtOnce } from './retention.ts';
import { StudentPath } from './student.ts';
import * as students from './student-store.ts';

export const deleteStudent = operation({
  route: 'DELETE /students/{id}',
  summary: 'Delete a student',
  description:
    'For mistakes: whoever goes leaves the school, and one of whom a report card was published cannot be deleted. They are hidden at once, their email, phone, matricule and account are free again, and the grades service hears of it. They can be restored within 30 days, and are gone after that. A ledger with payments is kept as long as the school has set (`RETENTION_YEARS`), and an admin may still read it.',
  access: allow('admin'),
  path: StudentPath,
  answers: { 204: null },
  problems: [problem.student_not_found, problem.has_published_cards, common.peer_unavailable],
  changes: table,
  versioned: true,
  async handle({ path, caller, headers, commit }) {
    const answer = await commit(
      async () => reachable(await students.find(path.id), caller, problem.student_not_found),
      async (student) => {
        await mustHaveNoCards(student, headers);
        return {
          writes: students.erase(student),
          events: studentDeleted(student),
          answer: noContent(),
        };
      },
    );
    await settleAtOnce(path.id);
    return answer;
  },
});
