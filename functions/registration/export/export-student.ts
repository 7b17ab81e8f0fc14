import * as z from 'zod';
import { timestamp } from '../../../platform/base/clock.ts';
import type { Localized } from '../../../platform/base/language.ts';
import { problem as common } from '../../../platform/base/problems.ts';
import { currentScope } from '../../../platform/base/scope.ts';
import { allow, type Caller, reachable } from '../../../platform/http/access.ts';
import { file } from '../../../platform/http/answer.ts';
import { JSON_UTF8, streamed } from '../../../platform/http/content.ts';
import { operation } from '../../../platform/http/operation.ts';
import { ledgerOf } from '../fees/books.ts';
import { Ledger } from '../fees/ledger.ts';
import * as ledger from '../fees/ledger-store.ts';
import { Naming } from '../guardians/guardian.ts';
import * as guardians from '../guardians/guardian-store.ts';
import { problem } from '../problems.ts';
import { schoolDay } from '../school/school-store.ts';
import { type Student, StudentPath, StudentView } from '../students/student.ts';
import * as students from '../students/student-store.ts';
import { OthersParts, othersParts } from './others-parts.ts';

/** What is not among it, and where to ask. */
const LEFT_OUT: readonly Localized[] = [
  {
    fr: 'Le mot de passe et les sessions : ils ne sont gardés que sous forme d’empreintes, qui ne quittent pas Campus.',
    en: 'The password and the sessions: only digests of them are kept, which do not leave Campus.',
  },
  {
    fr: 'Pour l’élève : ce qui n’est pas encore publié, et qui a consulté ou changé ses données ; l’école le remet sur demande.',
    en: 'For the student: what is not yet released, and who looked at or changed their data; the school hands it out on request.',
  },
];

/** Everything of one person. */
export const StudentExport = z.object({
  made_at: z.iso.datetime(),
  made_by: z.string(),
  student: StudentView,
  ledger: Ledger,
  /** Who named whom as guardians; for admins. */
  guardian_namings: z.array(Naming).optional(),
  ...OthersParts.shape,
  left_out: z.array(z.string()),
});

/** What registration itself knows. */
async function ownPart(student: Student, isAdmin: boolean) {
  const [{ entries }, day, namings] = await Promise.all([
    ledger.find(student.id),
    schoolDay(),
    isAdmin ? guardians.everyNaming(student.id) : undefined,
  ]);
  return { student, ledger: ledgerOf(student.id, entries, day), ...(namings && { guardian_namings: namings }) };
}

async function* documentOf(student: Student, caller: Caller, headers: Readonly<Record<string, string>>) {
  const isAdmin = caller.role === 'admin';
  const [own, others] = await Promise.all([ownPart(student, isAdmin), othersParts(student, isAdmin, headers)]);
  const language = currentScope()?.language ?? 'fr';
  const document = {
    made_at: timestamp(),
    made_by: caller.username,
    ...own,
    ...others,
    left_out: LEFT_OUT.map((one) => one[language]),
  };
  yield `${JSON.stringify(StudentExport.parse(document), null, 2)}\n`;
}

export const exportStudent = operation({
  route: 'GET /students/{id}/export',
  summary: 'Everything that is known of a student, to hand out',
  description:
    'The right of access: the record, the ledger, the marks of every term, the report cards, and of the account that is theirs the profile, the orders, and the persons with their health data. Each context tells what it shows this caller anyway; `left_out` says what is not among it.',
  access: allow('admin', 'owner'),
  path: StudentPath,
  answers: { 200: streamed({ [JSON_UTF8]: StudentExport }) },
  problems: [problem.student_not_found, common.peer_unavailable],
  async handle({ path, caller, headers }) {
    const student = reachable(await students.find(path.id), caller, problem.student_not_found);
    const name = `${student.name} ${timestamp().slice(0, 10)}.json`;
    return file(documentOf(student, caller, headers), { type: JSON_UTF8, name });
  },
});
