import { invalidField } from '../../../platform/schema/input.ts';
import type { Calendar } from '../school/school-store.ts';
import { placed, type Standing, unplaced } from '../year/stays.ts';
import { canBeReached } from './contact.ts';
import { namesOf } from './names.ts';
import type { Amendment, Student } from './student.ts';

const NAMELESS = { fr: 'Un étudiant doit garder un nom', en: 'A student must keep a name' };

// RFC 7396: absent leaves, null removes, anything else replaces.
const merged = <T>(patch: T | null | undefined, present: T | undefined): T | undefined =>
  patch === undefined ? present : (patch ?? undefined);

const ACCEPTED = {
  fr: 'Une inscription acceptée ne redevient pas une demande',
  en: 'A registration that was accepted is no request again',
};

/** Whether only the whole name says something new, its parts being sent back as they were read. */
const isRetitled = (student: Student, { name, first_name, last_name }: Amendment): boolean =>
  name !== undefined &&
  name !== student.name &&
  merged(first_name, student.first_name) === student.first_name &&
  merged(last_name, student.last_name) === student.last_name;

function renamed(student: Student, patch: Amendment) {
  const { name, first_name, last_name } = isRetitled(student, patch) ? { name: patch.name } : patch;
  if (name === undefined && first_name === undefined && last_name === undefined) return {};
  const present: Partial<Student> = name === undefined ? student : {};
  const names = namesOf({
    name,
    first_name: merged(first_name, present.first_name),
    last_name: merged(last_name, present.last_name),
  });
  if (!names) throw invalidField('#/name', 'required', NAMELESS);
  return names;
}

const LEAVING = {
  fr: 'Un départ a une date et une raison : POST /students/{id}/leave',
  en: 'Whoever leaves does so on a day and for a reason: POST /students/{id}/leave',
};

const CLASSLESS = { fr: 'Une date demande une classe', en: 'A day asks for a class' };

const UNREACHABLE = {
  fr: 'Il faut un téléphone, une adresse e-mail, ou un contact qui en a',
  en: 'A phone, an e-mail address, or a contact who has one is needed',
};

/** @throws invalid_input where a status is set that only something else brings about */
function mustSayPossible({ status: before = 'enrolled' }: Student, { status }: Amendment): void {
  if (status === 'pending' && before !== 'pending') throw invalidField('#/status', 'read_only', ACCEPTED);
  if (status === 'left' && before !== 'left') throw invalidField('#/status', 'read_only', LEAVING);
}

/** Where the student stands: an admin who says so, or who puts them into a class, has accepted them, or taken them back. */
function standingAfter(student: Student, patch: Amendment, calendar: Calendar): Standing {
  mustSayPossible(student, patch);
  const { class_name, from } = patch;
  if (from !== undefined && class_name === undefined) throw invalidField('#/from', 'class_missing', CLASSLESS);
  if (typeof class_name === 'string') return placed(student, class_name, from, calendar);
  const { status = 'enrolled', requested_class } = student;
  const accepts = patch.status === 'enrolled' && status !== 'enrolled';
  if (accepts && requested_class !== undefined && class_name === undefined)
    return placed(student, requested_class, undefined, calendar);
  if (accepts || (status === 'enrolled' && class_name === null)) return unplaced(student, from, calendar);
  return class_name === null ? { requested_class: undefined } : {};
}

/** The particulars that a patch takes away or replaces one by one. */
const PLAIN = [
  'email',
  'phone',
  'username',
  'matricule',
  'birth_date',
  'birth_place',
  'sex',
  'contacts',
] as const satisfies readonly (keyof Amendment & keyof Student)[];

const particularsAfter = (student: Student, patch: Amendment): Partial<Student> =>
  Object.fromEntries(PLAIN.map((name) => [name, merged<unknown>(patch[name], student[name])]));

/**
 * The record after a merge patch, one version on. A new `name` is taken apart anew, a new part keeps the other one.
 * @throws invalid_input when no name and no way to reach anybody would be left, when an accepted registration would be
 *   none, or a stay in a class would begin on an impossible day; too_many_stays
 */
export function amended(student: Student, patch: Amendment, calendar: Calendar): Student {
  const after: Student = {
    ...student,
    ...renamed(student, patch),
    ...particularsAfter(student, patch),
    ...standingAfter(student, patch, calendar),
    version: student.version + 1,
  };
  if (canBeReached(student) && !canBeReached(after)) throw invalidField('#/email', 'no_way_to_reach', UNREACHABLE);
  return after;
}
