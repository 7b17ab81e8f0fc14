import { allow, reachable } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem } from './problems.ts';
import { StudentPath, StudentView } from './student.ts';
import { findStudent } from './student-store.ts';

export const readStudent = operation({
  route: 'GET /students/{id}',
  summary: 'Read a student',
  access: allow('admin', 'teacher', 'owner'),
  path: StudentPath,
  answers: { 200: StudentView },
  problems: [problem.student_not_found],
  versioned: true,
  async handle({ path, caller }) {
    const student = reachable(await findStudent(path.id), caller, problem.student_not_found);
    return ok(student, { etag: student.version });
  },
});
