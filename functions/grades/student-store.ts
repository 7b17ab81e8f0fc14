import { timestamp } from '../../platform/clock.ts';
import type { Key } from '../../platform/data/table.ts';
import { type Condition, put, update, type Write } from '../../platform/data/write.ts';
import { NO_MARKS } from './mark.ts';
import { problem } from './problems.ts';
import type { NewSpace, Student, StudentGone, StudentTold } from './student.ts';
import { table } from './table.ts';

/** Everything of a student is one partition, so that a single query reads it. */
export const partitionOf = (studentId: number): string => `STUDENT#${studentId}`;

export const studentKey = (studentId: number): Key => ({ pk: partitionOf(studentId), sk: 'PROFILE' });

class AlreadyKnown extends Error {}

const unlessKnown = (error: unknown): void => {
  if (!(error instanceof AlreadyKnown)) throw error;
};

const notFromRegistration: Condition = {
  when: 'attribute_not_exists(pk) OR #version = :none',
  names: { '#version': 'version' },
  values: { ':none': 0 },
  otherwise: (student) => (student?.deleted_at ? problem.student_deleted() : new AlreadyKnown()),
};

const newerThanStored = (version: number): Condition => ({
  when: 'attribute_not_exists(pk) OR #version < :incoming',
  names: { '#version': 'version' },
  values: { ':incoming': version },
  otherwise: () => new AlreadyKnown(),
});

// An index can find the students of a class, but not which classes there are.
const classOf = (class_name: string): Write => put({ pk: 'CLASSES', sk: class_name, class_name });

const registerClass = async ({ class_name }: { class_name?: string | undefined }): Promise<void> => {
  if (class_name !== undefined) await table.write([classOf(class_name)]);
};

// Adding nothing creates the totals where there are none, and leaves them alone where there are.
const withTotals = (studentId: number, set: Record<string, unknown>, condition: Condition): Write =>
  update(studentKey(studentId), { set: { ...set, student_id: studentId }, add: { ...NO_MARKS } }, condition);

/**
 * Opens the space for a student's marks, along with what must be written in the same breath. What registration told of
 * the student stays as it is, and so do marks.
 * @throws student_deleted
 */
export async function openSpace({ id, ...particulars }: NewSpace, along: readonly Write[] = []): Promise<void> {
  await registerClass(particulars);
  const space = withTotals(id, { ...particulars, version: 0 }, notFromRegistration);
  await table.write([space, ...along]).catch(async (error: unknown) => {
    unlessKnown(error);
    if (along.length > 0) await table.write(along);
  });
}

/** Takes over what registration tells of a student, unless something newer is known. */
export async function learnStudent(told: StudentTold): Promise<void> {
  const { id, name, class_name, username, phone, version } = told;
  await registerClass(told);
  const profile = { name, class_name, username, phone, version, deleted_at: undefined };
  await table.write([withTotals(id, profile, newerThanStored(version))]).catch(unlessKnown);
}

/** Takes a student out of reach and forgets who they were, unless something newer is known. The marks stay. */
export async function forgetStudent({ id, version }: StudentGone): Promise<void> {
  const nobody = { name: undefined, class_name: undefined, username: undefined, phone: undefined };
  const tombstone = { ...nobody, version, deleted_at: timestamp() };
  await table.write([withTotals(id, tombstone, newerThanStored(version))]).catch(unlessKnown);
}

/** Lets a write through only where the student is known and not deleted. @throws student_not_found */
export const studentStands: Condition = {
  when: 'attribute_exists(pk) AND attribute_not_exists(deleted_at)',
  otherwise: () => problem.student_not_found(),
};

/** The student, unless deletion made them unreachable. */
export const standing = (student: Student | undefined): Student | undefined =>
  student?.deleted_at === undefined ? student : undefined;
