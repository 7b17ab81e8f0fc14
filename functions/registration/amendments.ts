import { invalidField } from '../../platform/http/input.ts';
import { namesOf } from './names.ts';
import type { Amendment, Student } from './student.ts';

const NAMELESS = { fr: 'Un étudiant doit garder un nom', en: 'A student must keep a name' };

// RFC 7396: absent leaves, null removes, anything else replaces.
const merged = <T>(patch: T | null | undefined, present: T | undefined): T | undefined =>
  patch === undefined ? present : (patch ?? undefined);

function renamed(student: Student, { name, first_name, last_name }: Amendment) {
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

/**
 * The record after a merge patch. A new `name` is taken apart anew, a new part
 * keeps the other one.
 * @throws invalid_input when no name would be left
 */
export function amended(student: Student, patch: Amendment): Student {
  const { email, phone, class_name, username } = patch;
  return {
    ...student,
    ...renamed(student, patch),
    email: merged(email, student.email),
    phone: merged(phone, student.phone),
    class_name: merged(class_name, student.class_name),
    username: merged(username, student.username),
  };
}
