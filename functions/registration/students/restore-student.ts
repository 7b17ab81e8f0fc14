import * as z from 'zod';
import { allow, reachable } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { studentRestored } from '../events.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { findDeleted, settleAtOnce } from './retention.ts';
import { type Student, StudentPath, StudentView } from './student.ts';
import * as students from './student-store.ts';
import { DISTINCTIONS, type Distinction } from './uniqueness.ts';

/** What somebody else may have taken since the deletion. */
const Restoration = z.strictObject({ without: z.array(z.enum(DISTINCTIONS)).max(DISTINCTIONS.length) });

/** A student who was deleted, as they were, or as they are there: asked in this order, or one who comes back meanwhile would be neither. */
async function deletedOrThere(id: number) {
  const deleted = await findDeleted(id);
  const record: Student | undefined = deleted ?? (await students.find(id));
  return record && { ...record, deleted };
}

/** A deleted student as they come back, without what they are to do without. */
const restored = (student: Student, without: readonly Distinction[]): Student => ({
  ...student,
  ...Object.fromEntries(without.map((name) => [name, undefined])),
  version: student.version + 1,
});

export const restoreStudent = operation({
  route: 'POST /students/{id}/restore',
  summary: 'Restore a deleted student',
  description:
    'Within 30 days of the deletion, with their ledger, their guardians and, where the grades service knew them, their marks. Where somebody else has their email, phone, matricule or account by now, it is refused (409) and says which; `without` then restores them without it. Again, it answers the student as they stand.',
  access: allow('admin'),
  path: StudentPath,
  body: Restoration.optional(),
  answers: { 200: StudentView },
  problems: [
    problem.student_not_found,
    problem.account_already_registered,
    problem.email_taken,
    problem.phone_taken,
    problem.matricule_taken,
  ],
  changes: table,
  versioned: true,
  async handle({ path, body: { without } = { without: [] }, caller, commit }) {
    const answer = await commit(
      async () => reachable(await deletedOrThere(path.id), caller, problem.student_not_found),
      ({ deleted, ...there }) => {
        if (!deleted) return { answer: ok(there, { etag: there.version }) };
        const student = restored(deleted, without);
        return {
          writes: students.restore(deleted, student),
          events: studentRestored(student),
          answer: ok(student, { etag: student.version }),
        };
      },
    );
    await settleAtOnce(path.id);
    return answer;
  },
});
