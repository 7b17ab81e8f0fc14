import { cutToKeyPart, type KeyPart, keyPart } from '../../../platform/base/key-part.ts';
import { fold } from '../../../platform/schema/fold.ts';

/** What a class is found by, or the one student of a class of their own. */
export type ClassRef = KeyPart;

/** A class by its name, compared folded and without spaces: `4eB` is `4e B`. */
export const classRef = (name: string): ClassRef => cutToKeyPart(`class:${fold(name).replaceAll(' ', '')}`);

/** What tells in which class somebody is. */
interface Pupil {
  readonly student_id: number;
  readonly class_name?: string | undefined;
  readonly status?: string | undefined;
  readonly enrolments?: readonly { readonly class_name: string }[] | undefined;
}

/** The class of a student, of one who left the last. A student without a class is a class of their own. */
export function refOf({ student_id, class_name, status, enrolments }: Pupil): ClassRef {
  const name = class_name ?? (status === 'left' ? enrolments?.at(-1)?.class_name : undefined);
  return name === undefined ? keyPart(`alone:${student_id}`) : classRef(name);
}

/** In which class a student's results of a leaf stand: where they were then, else where they are. */
export const refIn = (
  student: Pupil & { readonly was?: Readonly<Record<string, ClassRef>> },
  leaf: KeyPart,
): ClassRef => student.was?.[leaf] ?? refOf(student);
