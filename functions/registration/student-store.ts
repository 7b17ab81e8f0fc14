import { timestamp } from '../../platform/clock.ts';
import { mustMatch, optimistically, unchanged } from '../../platform/data/optimistic.ts';
import { absent, put, remove, type Write } from '../../platform/data/write.ts';
import type { CloudEvent } from '../../platform/events/cloud-event.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { entryWrite, newFee } from './ledger-store.ts';
import { problem } from './problems.ts';
import type { Student } from './student.ts';
import { outbox } from './student-events.ts';
import { studentItem, studentKey } from './student-item.ts';
import { table } from './table.ts';
import { claims } from './uniqueness.ts';

/** A student by id. One read. */
export const findStudent = (id: number): Promise<Student | undefined> => table.get(studentKey(id));

/** What a student begins with. */
export type NewStudent = Omit<Student, 'id' | 'paid' | 'notified' | 'registered_at' | 'version'>;

/** The student as they will stand once {@link insertStudent} wrote them, under an id that nobody had before. */
export const draftStudent = async (student: NewStudent): Promise<Student> => ({
  ...student,
  id: await table.next('student'),
  paid: false,
  notified: false,
  registered_at: timestamp(),
  version: 1,
});

/**
 * Stores a new student with the fee they owe, along with what must be written in the same breath.
 * @throws account_already_registered, email_taken, phone_taken
 */
export const insertStudent = (student: Student, along: readonly Write[] = []): Promise<void> =>
  table.write([
    // First, so that a repeated call hears that it is one, and not that its own first try took the email.
    ...along,
    put(
      studentItem(student),
      absent(() => common.busy()),
    ),
    ...claims(undefined, student),
    entryWrite(student.id, newFee(student)),
  ]);

/** How a change is made, beyond what it changes. */
interface Circumstances<Told> {
  /** The version that the caller insists on. */
  readonly ifMatch?: number | undefined;
  /** What to tell other contexts, given the record as it will stand: recorded with the change and sent right after. */
  readonly tell: (after: Student) => Told;
}

const recorded = (events: readonly CloudEvent[]): Write[] => events.map((event) => outbox.record(event));

async function standing(id: number, ifMatch: number | undefined): Promise<Student> {
  const student = await findStudent(id);
  if (!student) throw problem.student_not_found();
  mustMatch(ifMatch, student.version);
  return student;
}

/**
 * Gives a student another whole record, one version on.
 * @param change gives the new record from the present one; it may be asked again when others write meanwhile
 * @returns the record as it stands, and what was told of it
 * @throws student_not_found, stale_version, account_already_registered, email_taken, phone_taken
 */
export async function changeStudent<Told extends readonly CloudEvent[]>(
  id: number,
  change: (current: Student) => Student,
  { ifMatch, tell }: Circumstances<Told>,
): Promise<{ student: Student; told: Told }> {
  const done = await optimistically(ifMatch, async () => {
    const before = await standing(id, ifMatch);
    const student = { ...change(before), version: before.version + 1 };
    const told = tell(student);
    const replaced = put(studentItem(student), unchanged(before.version, problem.student_not_found));
    await table.write([replaced, ...claims(before, student), ...recorded(told)]);
    return { student, told };
  });
  await outbox.send(done.told);
  return done;
}

/**
 * Removes a student: their email, phone and account are free again; the ledger stays, for the accounts.
 * @throws student_not_found, stale_version
 */
export async function removeStudent(
  id: number,
  { ifMatch, tell }: Circumstances<readonly CloudEvent[]>,
): Promise<void> {
  const told = await optimistically(ifMatch, async () => {
    const before = await standing(id, ifMatch);
    const events = tell({ ...before, version: before.version + 1 });
    const removed = remove(studentKey(id), unchanged(before.version, problem.student_not_found));
    await table.write([removed, ...claims(before, undefined), ...recorded(events)]);
    return events;
  });
  await outbox.send(told);
}
