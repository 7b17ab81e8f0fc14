import type { Item, Key } from '../../platform/data/write.ts';
import { fold } from '../../platform/text.ts';
import { type Student, StudentView } from './student.ts';

/** Everything of a student is one partition: the record, and what they owe and paid. */
export const partitionOf = (id: number): string => `STUDENT#${id}`;

export const studentKey = (id: number): Key => ({ pk: partitionOf(id), sk: 'STUDENT' });

/** An index of the table: its name and its two key attributes. */
export interface Index {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
}

export const INDEXES = {
  id: { name: 'by-id', partition: 'listed', sort: 'listed_as' },
  lastName: { name: 'by-last-name', partition: 'last_initial', sort: 'last_key' },
  firstName: { name: 'by-first-name', partition: 'first_initial', sort: 'first_key' },
  class: { name: 'by-class', partition: 'class_key', sort: 'class_place' },
} as const satisfies Record<string, Index>;

/** The partition of the index that lists every student. */
export const ALL = 'STUDENT';

// A compatibility character may fold into eighteen: uncut, a legal name would not fit an index key.
const LONGEST_KEY = 100;

/** Folded text as it begins an index key. */
export const searchKey = (folded: string): string => [...folded].slice(0, LONGEST_KEY).join('');

/** The partition of a name index: its first letter, so that no single partition takes the names of the whole school. */
export const initialOf = (folded: string): string => `NAME#${[...folded][0] ?? ''}`;

export const classKey = (folded: string): string => `CLASS#${searchKey(folded)}`;

// Sixteen digits hold every safe integer, so that text order is number order.
const inOrder = (id: number): string => String(id).padStart(16, '0');

const ATTRIBUTES = [...Object.keys(StudentView.shape), 'version'] as (keyof Student)[];

// A record that was read carries its index keys, and an outdated one must not be written back.
const recordOf = (student: Student): Record<string, unknown> =>
  Object.fromEntries(ATTRIBUTES.map((attribute) => [attribute, student[attribute]]));

/** A student as the table holds them: the record with its index keys. */
export function studentItem(student: Student): Item {
  const { id, first_name, last_name, class_name } = student;
  const first = fold(first_name ?? '');
  const last = fold(last_name ?? '');
  return {
    ...recordOf(student),
    ...studentKey(id),
    listed: ALL,
    listed_as: inOrder(id),
    ...(last_name && { last_initial: initialOf(last), last_key: `${searchKey(last)}#${inOrder(id)}` }),
    ...(first_name && { first_initial: initialOf(first), first_key: `${searchKey(first)}#${inOrder(id)}` }),
    ...(class_name && {
      class_key: classKey(fold(class_name)),
      class_place: `${searchKey(last)}#${searchKey(first)}#${inOrder(id)}`,
    }),
  };
}
