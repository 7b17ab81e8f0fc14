import { cutToKeyPart } from '../../../platform/base/key-part.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import { put, remove, type Write } from '../../../platform/data/write.ts';
import { table } from '../table.ts';
import type { Student } from './student.ts';

/** What is known of an account here: the students that it is named on. */
const partitionOf = (username: string): KeyText => key`ACCOUNT#${cutToKeyPart(username)}`;

const keyOf = (username: string, studentId: number): Key => ({
  pk: partitionOf(username),
  sk: key`STUDENT#${studentId}`,
});

/** The accounts that see a student as family: their own, and their guardians', each once. */
export const holdersOf = (student: Pick<Student, 'username' | 'guardians'> | undefined): string[] => [
  ...new Set([student?.username ?? [], student?.guardians ?? []].flat()),
];

/**
 * Lets a student be found by every account that is named on them, and by no other; with their profile, in one
 * transaction. Who was named before is written again, since profiles of older versions of Campus are found by none.
 * @param before the profile as it was read
 */
export function written(before: Student | undefined, after: Student): Write[] {
  const wanted = holdersOf(after);
  const gone = holdersOf(before).filter((username) => !wanted.includes(username));
  const { student_id } = after;
  return [
    ...gone.map((username) => remove(keyOf(username, student_id))),
    ...wanted.map((username) => put({ ...keyOf(username, student_id), student_id })),
  ];
}

/**
 * The students that an account was named on when their profile was last written, in ascending order of their key. Whether
 * it is still, their profile says. One query.
 */
export async function studentsOf(username: string): Promise<number[]> {
  const found = await table.queryAll<{ student_id: number }>({ partition: ['pk', partitionOf(username)] });
  return found.map(({ student_id }) => student_id);
}
