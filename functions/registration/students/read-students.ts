import * as z from 'zod';
import { allow, type Caller, reachable } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { Filters, type Student, StudentPath, StudentView } from './student.ts';
import * as students from './student-store.ts';

/** What of a student the guardian sees who asks: of those who stand beside the child, themself alone. */
function asGuardian({ guardians: _, contacts, ...student }: Student, { username }: Caller) {
  const own = contacts?.filter((one) => one.username === username);
  return { ...student, ...(own?.length && { contacts: own }) };
}

export const readStudent = operation({
  route: 'GET /students/{id}',
  summary: 'Read a student',
  description:
    'A guardian is not told who the others are, and of the contacts is shown themself alone: parents who live apart are not told each other’s numbers.',
  access: allow('admin', 'teacher', 'owner', 'guardian'),
  path: StudentPath,
  answers: { 200: StudentView },
  problems: [problem.student_not_found],
  versioned: true,
  async handle({ path, caller }) {
    const student = reachable(await students.find(path.id), caller, problem.student_not_found);
    const shown = caller.entitled || caller.owns(student) ? student : asGuardian(student, caller);
    return ok(shown, { etag: student.version });
  },
});

export const listStudents = operation({
  route: 'GET /students',
  summary: 'List students',
  description:
    'First and last names by prefix; accents, case and the kind of an apostrophe do not count; class, phone, matricule, status and `paid` exactly. Those who left are shown with `status=left` only, their last class counting as theirs, or by phone or matricule, which find one person wherever they stand. `year` finds who was in a class that year, with `class_name` in that one. By id, or by name where a name or a class is asked for. A page may be short with more to follow: only a missing `Link` ends the list.',
  access: allow('admin', 'teacher'),
  query: Filters,
  paged: true,
  answers: { 200: z.array(StudentView) },
  async handle({ query, paging }) {
    const { items, next } = await students.list(query, paging);
    return ok(items, { next });
  },
});
