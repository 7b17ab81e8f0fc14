import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { problem as common } from '../../../platform/base/problems.ts';
import { allow, reachable } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem as accounts, requireHolders } from '../../../platform/peer/holder.ts';
import { studentChanged } from '../events.ts';
import { problem } from '../problems.ts';
import { StudentPath } from '../students/student.ts';
import * as students from '../students/student-store.ts';
import { table } from '../table.ts';
import { type Guardian, Guardians, GuardiansView, Naming } from './guardian.ts';
import * as guardians from './guardian-store.ts';

/** A student, and what their guardians are to them. */
async function withGuardians(id: number) {
  const [student, named] = await Promise.all([students.find(id), guardians.named(id)]);
  return student && { ...student, named };
}

/** Those who were not named before, and where they stand in the body. */
const newlyNamed = (sent: readonly Guardian[], before: readonly string[] = []) =>
  sent.map(({ username }, i) => ({ username, pointer: `#/${i}` })).filter(({ username }) => !before.includes(username));

export const nameGuardians = operation({
  route: 'PUT /students/{id}/guardians',
  summary: 'Name the guardians of a student',
  description:
    'All of them, ten at most, by the usernames of accounts that exist, whatever their role: from then on these, and nobody else, may see what the student sees. An empty list takes everybody away. Every change is kept, with who made it. A student whom the grades service knows is changed there too.',
  access: allow('admin'),
  path: StudentPath,
  body: Guardians,
  answers: { 200: GuardiansView },
  problems: [problem.student_not_found, accounts.unknown_username, common.peer_unavailable],
  changes: table,
  versioned: true,
  handle: ({ path, body, caller, headers, commit }) =>
    commit(
      async () => reachable(await withGuardians(path.id), caller, problem.student_not_found),
      async ({ named, ...before }) => {
        if (isDeepStrictEqual(body, named)) return { answer: ok(body, { etag: before.version }) };
        await requireHolders(newlyNamed(body, before.guardians), { caller, headers });
        const student = {
          ...before,
          guardians: body.map(({ username }) => username),
          version: before.version + 1,
        };
        return {
          writes: [...students.replace(before, student), ...guardians.record(path.id, body, caller.username)],
          events: studentChanged(student),
          answer: ok(body, { etag: student.version }),
        };
      },
    ),
});

export const readNamings = operation({
  route: 'GET /students/{id}/guardians/history',
  summary: 'Read who named whom as guardians of a student',
  description:
    'Newest first: the first line is who they are now, with what they are to the student. The history of a deleted student is kept for a month.',
  access: allow('admin'),
  path: StudentPath,
  answers: { 200: z.array(Naming) },
  problems: [problem.student_not_found],
  paged: true,
  async handle({ path, caller, paging }) {
    const { items, next } = await guardians.namings(path.id, paging);
    if (items.length === 0 && !paging.after) reachable(await students.find(path.id), caller, problem.student_not_found);
    return ok(items, { next });
  },
});
