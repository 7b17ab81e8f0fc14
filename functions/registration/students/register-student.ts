import * as z from 'zod';
import { keyPart } from '../../../platform/base/key-part.ts';
import { problem as common } from '../../../platform/base/problems.ts';
import { countTry } from '../../../platform/data/tally.ts';
import { allow, type Caller } from '../../../platform/http/access.ts';
import { created } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem as accounts, requireHolder, requireHolders } from '../../../platform/peer/holder.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { problem } from '../problems.ts';
import * as schools from '../school/school-store.ts';
import { table } from '../table.ts';
import { enrolled, requested, unassigned } from '../year/stays.ts';
import { accountsNamed } from './contact.ts';
import { namesOf } from './names.ts';
import { Registration, type Student } from './student.ts';
import * as students from './student-store.ts';

/** How often an account may try to register itself: once is enough for whoever is who they say. */
const SELF_REGISTRATIONS = { most: 10, seconds: 3600 };

type Headers = Readonly<Record<string, string>>;

/** Whose a new student is, and where they stand with the school. */
type Standing = Pick<Student, 'username' | 'status' | 'class_name' | 'requested_class' | 'enrolments'>;

const STAFF_ONLY = {
  fr: 'Seule l’école rattache le compte d’une autre personne',
  en: 'Only the school names the account of somebody else',
};

/** In a class from today on, or in none. */
const inClass = async (class_name: string | undefined) =>
  class_name === undefined ? unassigned : enrolled(class_name, await schools.calendar());

/** Staff enrol anybody, for an account that exists or for none. @throws unknown_username, peer_unavailable */
async function byStaff(body: Registration, caller: Caller, headers: Headers): Promise<Standing> {
  await requireHolder(body.username, { caller, headers });
  await requireHolders(accountsNamed(body.contacts), { caller, headers });
  return { username: body.username, ...(await inClass(body.class_name)) };
}

/** Anybody else registers only themself, and waits. @throws forbidden, too_many_requests, invalid_input */
async function byThemself(body: Registration, caller: Caller): Promise<Standing> {
  const { username = caller.username, contacts, class_name } = body;
  if (username !== caller.username) throw common.forbidden();
  const [account] = accountsNamed(contacts);
  if (account) throw invalidField(account.pointer, 'staff_only', STAFF_ONLY);
  await countTry(table, keyPart(`REGISTER#${caller.username}`), SELF_REGISTRATIONS);
  return { username, ...requested(class_name) };
}

export const registerStudent = operation({
  route: 'POST /register',
  summary: 'Register a student',
  description:
    'A student may register themself, once: `pending` until an admin accepts it, by `PATCH` of `status` or `class_name`. A class that they name is asked for, and begins with the acceptance. Until then the e-mail, the phone and the matricule are kept from nobody, and no answer says whether somebody has them. `name` becomes first + last name where these are given; a name alone is taken apart: a word in capitals is the family name where the others are not (`DIOP Fatou`), particles go with what follows (`Awa de la Fontaine`), else the last word is it; a single word is found as first and as last name. A `username` is that of an account that exists; whoever has none yet claims the record later, by a code. A phone, an e-mail or a contact who has one must be there; contacts may be those of other students too.',
  access: allow('admin', 'teacher', 'student'),
  body: Registration,
  answers: { 201: z.object({ message: z.string(), id: z.int() }) },
  problems: [
    common.forbidden,
    common.too_many_requests,
    problem.account_already_registered,
    problem.email_taken,
    problem.phone_taken,
    problem.matricule_taken,
    accounts.unknown_username,
    common.peer_unavailable,
  ],
  changes: table,
  idempotent: true,
  async handle({ body, caller, headers, commit }) {
    const standing = await (caller.role === 'student' ? byThemself(body, caller) : byStaff(body, caller, headers));
    const student = await students.draft({ ...body, ...namesOf(body), ...standing });
    return commit(() => ({
      writes: students.insert(student),
      answer: created({ message: 'Etudiant enregistré avec succès', id: student.id }, `/students/${student.id}`),
    }));
  },
});
