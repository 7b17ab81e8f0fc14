import type { Caller } from '../../../platform/http/access.ts';
import { type Programme, subjectOf } from './programme.ts';

/** What a member of the staff may read and enter in a class. */
export interface Reach {
  /** Whether anything of the class is theirs: its averages, its ranking. */
  readonly any: boolean;
  /** Whether the marks of a subject are; undefined is the marks without one. */
  readonly subject: (name: string | undefined) => boolean;
}

/** Of whoever is not confined. */
export const EVERYTHING: Reach = { any: true, subject: () => true };

/**
 * What an administrator or a teacher reaches in a class: a class without a programme is open to every teacher, one with
 * it to the teachers of its subjects, each to their own, and to its head teacher whole.
 * @param programme undefined where the class has none
 */
export function reachIn(programme: Programme | undefined, { role, username }: Caller): Reach {
  if (role === 'admin' || !programme || programme.head_teacher === username) return EVERYTHING;
  const teaches = (teachers: readonly string[]) => teachers.includes(username);
  return {
    any: programme.subjects.some(({ teachers }) => teaches(teachers)),
    subject: (name) => teaches(teachersOf(programme, name)),
  };
}

/** Whoever teaches a subject teaches its parts. */
function teachersOf(programme: Programme, name: string | undefined): readonly string[] {
  const subject = subjectOf(programme, name);
  return subject ? [...subject.teachers, ...teachersOf(programme, subject.parent)] : [];
}
