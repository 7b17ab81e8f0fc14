import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { amended } from './amendments.ts';
import { problem } from './problems.ts';
import { Amendment, StudentPath, StudentView } from './student.ts';
import { changed } from './student-events.ts';
import { changeStudent } from './student-store.ts';

export const amendStudent = operation({
  route: 'PATCH /students/{id}',
  summary: 'Change a student',
  description:
    'A JSON merge patch: null takes an optional field away. A student whom the grades service knows is changed there too.',
  access: allow('admin'),
  path: StudentPath,
  body: Amendment,
  answers: { 200: StudentView },
  problems: [
    problem.student_not_found,
    problem.account_already_registered,
    problem.email_taken,
    problem.phone_taken,
    common.stale_version,
  ],
  versioned: true,
  async handle({ path, body, ifMatch }) {
    const { student } = await changeStudent(path.id, (current) => amended(current, body), {
      ifMatch,
      tell: (after) => (after.notified ? [changed(after)] : []),
    });
    return ok(student, { etag: student.version });
  },
});
