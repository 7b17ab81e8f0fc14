import { cutToKeyPart, keyPart } from '../../../platform/base/key-part.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import type { Key, Page, Paging } from '../../../platform/data/table.ts';
import { type Item, put, remove, type Write } from '../../../platform/data/write.ts';
import type { Student } from '../students/student.ts';
import { table } from '../table.ts';

/** What is known of an account here: the students that it is named on. */
const partitionOf = (username: string): KeyText => key`ACCOUNT#${cutToKeyPart(username)}`;

// Sixteen digits hold every safe integer, so that text order is number order.
const keyOf = (username: string, id: number): Key => ({
  pk: partitionOf(username),
  sk: key`STUDENT#${keyPart(String(id).padStart(16, '0'))}`,
});

const itemOf = (username: string, id: number): Write => put({ ...keyOf(username, id), student_id: id });

type Named = Pick<Student, 'id' | 'username' | 'guardians'>;

/** The accounts that see a student as family: their own, and their guardians', each once. */
const holdersOf = (student: Named | undefined): string[] => [
  ...new Set([student?.username ?? [], student?.guardians ?? []].flat()),
];

/** Lets a student be found by every account that is named on them from now on, and by no other. */
export function written(before: Named | undefined, after: Named | undefined): Write[] {
  const [had, has] = [holdersOf(before), holdersOf(after)];
  return [
    ...had
      .filter((username) => before && !has.includes(username))
      .map((username) => remove(keyOf(username, before?.id ?? 0))),
    ...has.filter((username) => !had.includes(username)).map((username) => itemOf(username, after?.id ?? 0)),
  ];
}

/** The same for one whom an older version of Campus stored: what is lacking. One read for each account. */
export async function lacking(student: Named): Promise<Write[]> {
  const accounts = holdersOf(student);
  const found = await table.getMany<Item>(accounts.map((username) => keyOf(username, student.id)));
  const known = new Set(found.map(({ pk }) => String(pk)));
  return accounts
    .filter((username) => !known.has(partitionOf(username)))
    .map((username) => itemOf(username, student.id));
}

/**
 * A page of the students that an account was named on when they were last stored, by their ids. Whether it is still, their
 * record says. One query.
 */
export const studentsOf = (username: string, { limit, after }: Paging): Promise<Page<{ student_id: number }>> =>
  table.page({ partition: ['pk', partitionOf(username)], limit, after });
