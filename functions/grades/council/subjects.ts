import type { Caller } from '../../../platform/http/access.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { type Reach, reachIn } from '../classes/access.ts';
import { type Subject, subjectOf } from '../classes/programme.ts';
import { problem } from '../problems.ts';
import type { Council } from './council.ts';

/** What of a class is a teacher's to remark on. @throws class_not_found where nothing is */
export function reachOf({ today }: Council, caller: Caller): Reach {
  const reach = reachIn(today, caller);
  if (!reach.any) throw problem.class_not_found();
  return reach;
}

const UNKNOWN_SUBJECT = { fr: 'Cette matière n’est pas au programme', en: 'This subject is not in the programme' };

/** A subject as it is printed, and who takes it. */
export interface Remarked {
  readonly name: string;
  readonly takes: (studentId: number) => boolean;
}

const remarked = ({ name, students }: Pick<Subject, 'name' | 'students'>): Remarked => ({
  name,
  takes: (id) => students === undefined || students.includes(id),
});

/** A subject of the class; any, where it has no programme. @throws not_your_subject; invalid_input */
export function subjectIn({ programme }: Council, name: string, reach: Reach): Remarked {
  if (!reach.subject(name)) throw problem.not_your_subject();
  const subject = programme ? subjectOf(programme, name) : { name };
  if (!subject) throw invalidField('query/subject', 'unknown_subject', UNKNOWN_SUBJECT);
  return remarked(subject);
}

/** All subjects of the programme that are theirs. */
export const subjectsIn = ({ programme }: Council, reach: Reach): Remarked[] =>
  (programme?.subjects ?? []).filter(({ name }) => reach.subject(name)).map(remarked);
