import * as z from 'zod';
import { signedIn } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { StudentView } from '../students/student.ts';
import * as students from '../students/student-store.ts';
import * as holders from './holders.ts';

/** A student as their family chooses among several. */
const OwnStudent = StudentView.pick({ id: true, name: true, class_name: true, status: true });

export const listOwn = operation({
  route: 'GET /students/mine',
  summary: 'List the students of one’s account',
  description:
    'To every account: the student that it is, and those whose guardian it is, by id, whether anything was marked for them or not. Each can be read under its own address.',
  access: signedIn,
  answers: { 200: z.array(OwnStudent) },
  paged: true,
  async handle({ caller, paging }) {
    const { items, next } = await holders.studentsOf(caller.username, paging);
    const found = await students.findMany(items.map(({ student_id }) => student_id));
    // Whether the account is still named on them, the record that was just read says.
    const theirs = found.filter((student) => caller.owns(student) || caller.guards(student));
    return ok(
      theirs.toSorted((a, b) => a.id - b.id),
      { next },
    );
  },
});
