import { allow } from '../../platform/http/access.ts';
import { noContent } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { problem } from './problems.ts';
import { StudentPath } from './student.ts';
import { deleted } from './student-events.ts';
import { removeStudent } from './student-store.ts';

export const deleteStudent = operation({
  route: 'DELETE /students/{id}',
  summary: 'Delete a student',
  description:
    'Their email, phone and account are free again, and the grades service hears of it. What they owed and paid stays in the ledger, which an admin may still read.',
  access: allow('admin'),
  path: StudentPath,
  answers: { 204: null },
  problems: [problem.student_not_found, common.stale_version],
  versioned: true,
  async handle({ path, ifMatch }) {
    await removeStudent(path.id, { ifMatch, tell: (last) => (last.notified ? [deleted(last)] : []) });
    return noContent();
  },
});
