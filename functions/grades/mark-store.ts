import { timestamp } from '../../platform/clock.ts';
import type { Key } from '../../platform/data/table.ts';
import { absent, put, update, type Write } from '../../platform/data/write.ts';
import { newId } from '../../platform/ids.ts';
import { contributionOf, type Mark, type NewMark } from './mark.ts';
import type { Student } from './student.ts';
import { partitionOf, standing, studentKey, studentStands } from './student-store.ts';
import { table } from './table.ts';

const MARK = 'MARK#';

export const markKey = (studentId: number, id: string): Key => ({ pk: partitionOf(studentId), sk: MARK + id });

/** A mark of this id was entered before. */
export class MarkExists extends Error {}

/** A student with their marks, in the order of entry. */
export interface MarkedStudent extends Student {
  readonly marks: readonly Mark[];
}

/** The mark as it will stand once {@link addMark} wrote it. */
export const draftMark = (mark: NewMark, author: string): Mark => ({
  ...mark,
  id: newId(),
  author,
  at: timestamp(),
  version: 1,
});

/**
 * Enters a mark and counts it in, in one round trip whose cost does not depend on the marks already there.
 * @param along what must be written in the same breath
 * @throws student_not_found, {@link MarkExists}
 */
export const addMark = (studentId: number, mark: Mark, along: readonly Write[] = []): Promise<void> =>
  table.write([
    update(studentKey(studentId), { add: { ...contributionOf(mark) } }, studentStands),
    put(
      { ...markKey(studentId, mark.id), ...mark },
      absent(() => new MarkExists()),
    ),
    ...along,
  ]);

/** A student and all their marks: one query, and one more for each further thousand marks. */
export async function findMarkedStudent(studentId: number): Promise<MarkedStudent | undefined> {
  const items = await table.queryAll<(Student | Mark) & { sk: string }>({ partition: ['pk', partitionOf(studentId)] });
  const isMark = (item: (typeof items)[number]): item is Mark & { sk: string } => item.sk.startsWith(MARK);
  const student = standing(items.find((item): item is Student & { sk: string } => item.sk === 'PROFILE'));
  return student && { ...student, marks: items.filter(isMark) };
}
