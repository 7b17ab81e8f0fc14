import { problem as common } from '../../../platform/base/problems.ts';
import { allow, reachable } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { readOnlyIn } from '../../../platform/http/read-only.ts';
import { problem as accounts, requireHolder, requireHolders } from '../../../platform/peer/holder.ts';
import { studentChanged } from '../events.ts';
import { problem } from '../problems.ts';
import * as schools from '../school/school-store.ts';
import { table } from '../table.ts';
import { amended } from './amendments.ts';
import { accountsNamed } from './contact.ts';
import { Amendment, StudentPath, StudentView } from './student.ts';
import * as students from './student-store.ts';

export const amendStudent = operation({
  route: 'PATCH /students/{id}',
  summary: 'Change a student',
  description:
    'A JSON merge patch: null takes an optional field away. Another `class_name` ends the stay in a class and begins the next, `from` a day that may be past, today unless said; a stay that began that very day is replaced, and the class that they are in already stays one stay, of which `from` corrects the beginning. A class accepts whoever waits, who owes the enrolment fee from then on, and takes back whoever left. A student whom the grades service knows is changed there too.',
  access: allow('admin'),
  path: StudentPath,
  body: Amendment,
  readOnly: readOnlyIn(StudentView, Amendment),
  answers: { 200: StudentView },
  problems: [
    problem.student_not_found,
    problem.account_already_registered,
    problem.email_taken,
    problem.phone_taken,
    problem.matricule_taken,
    problem.too_many_stays,
    accounts.unknown_username,
    common.peer_unavailable,
  ],
  changes: table,
  versioned: true,
  handle: ({ path, body, caller, headers, commit }) =>
    commit(
      async () => reachable(await students.find(path.id), caller, problem.student_not_found),
      async (before) => {
        const { student, writes } = await students.admission(before, amended(before, body, await schools.calendar()));
        if (student.username !== before.username) await requireHolder(student.username, { caller, headers });
        await requireHolders(accountsNamed(student.contacts, before.contacts), { caller, headers });
        return {
          writes: [...students.replace(before, student), ...writes],
          events: studentChanged(student),
          answer: ok(student, { etag: student.version }),
        };
      },
    ),
});
