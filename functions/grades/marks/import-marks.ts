import * as z from 'zod';
import { keyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import { type Condition, lostUpdate, put, type Write } from '../../../platform/data/write.ts';
import { commit } from '../../../platform/events/commit.ts';
import { StudentTold } from '../students/student.ts';
import { partitionOf } from '../students/student-store.ts';
import { table } from '../table.ts';
import { Grade, type Mark, MOST_GRADES } from './mark.ts';
import * as marks from './mark-store.ts';
import { place } from './place.ts';
import type { Place } from './remembered.ts';

/** What registration tells where an import brings marks of a student: all of them, and who imported. */
export const MarksTold = StudentTold.extend({ marks: z.array(Grade).max(MOST_GRADES), by: z.string().min(1) });
export type MarksTold = z.output<typeof MarksTold>;

/** Of which version of registration's record the marks are that were imported last. */
interface Imported {
  readonly of: number;
}

const importedKey = (studentId: number) => ({ pk: partitionOf(studentId), sk: key`IMPORTED` });

const isNewer = ({ version }: MarksTold): Condition => ({
  when: 'attribute_not_exists(pk) OR #of < :of',
  names: { '#of': 'of' },
  values: { ':of': version },
  otherwise: lostUpdate,
});

const noteOf = (told: MarksTold): Write => put({ ...importedKey(told.id), of: told.version }, isNewer(told));

/** What is in one list and not in the other, each as often as it is. */
function without<T>(all: readonly T[], others: readonly number[], gradeOf: (one: T) => number): T[] {
  const left = [...others];
  return all.filter((one) => {
    const at = left.indexOf(gradeOf(one));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** The id of the mark at a place of a message: the same however often it arrives. */
const markId = (eventId: string, index: number) => keyPart(eventId.slice(0, -2) + index.toString(16).padStart(2, '0'));

/** Makes the imported marks of a term those that are told, one after the other, beside those that teachers entered. */
async function mend(told: MarksTold, eventId: string, standing: readonly Mark[]): Promise<void> {
  const gradeOf = ({ grade }: Mark) => grade;
  for (const gone of without(standing, told.marks, gradeOf))
    await commit(table, async () => {
      const [student, mark] = await Promise.all([marks.list(told.id), marks.find(told.id, gone.id)]);
      if (!student || !mark || mark.removed_at !== undefined) return {};
      const { subject, comment, grade, coefficient } = mark;
      return marks.amend(student, mark, { subject, comment, grade, coefficient, isRemoved: true }, told.by);
    });
  const added = without([...told.marks.entries()], standing.map(gradeOf), ([, grade]) => grade);
  for (const [i, grade] of added)
    await commit(table, async () => {
      const mark = { ...marks.draft({ grade, coefficient: 1 }, told.by, markId(eventId, i)), imported: true as const };
      return { writes: marks.insert(told.id, mark, await place(told.id)) };
    });
  await commit(table, async () => ({ writes: (await isKnown(told)) ? [] : [noteOf(told)] }));
}

const isKnown = async ({ id, version }: MarksTold): Promise<boolean> =>
  ((await table.get<Imported>(importedKey(id)))?.of ?? 0) >= version;

/** All of a student's marks at once, where none stand that they could be mixed with. */
async function set(told: MarksTold, where: Place): Promise<Write[]> {
  const writes = await marks.replaceAll(told.id, told.marks, where, told.by, { imported: true });
  return [noteOf(told), ...writes];
}

/**
 * Makes the marks that an import brought the imported marks of the student in the open term; those that teachers entered
 * stay as they are. Told twice it changes nothing, and an older import changes nothing after a newer one.
 * @throws no_open_term, term_closed and the like: the message is then kept until somebody opens the term
 */
export async function importMarks(told: MarksTold, eventId: string): Promise<void> {
  if (await isKnown(told)) return;
  const { term } = await place(told.id);
  const standing = (await marks.list(told.id))?.marks.filter((mark) => marks.termOf(mark) === term) ?? [];
  if (standing.length > 0) {
    const imported = standing.filter((mark) => mark.imported);
    return mend(told, eventId, imported);
  }
  await commit(table, async () => {
    if (await isKnown(told)) return {};
    return { writes: await set(told, await place(told.id)) };
  });
}
