import { timestamp } from '../../platform/clock.ts';
import { put, update, type Write } from '../../platform/data/write.ts';
import { newId } from '../../platform/ids.ts';
import { balanceOf, type Entry, enrolmentFee, type Payment } from './ledger.ts';
import { problem } from './problems.ts';
import type { Student } from './student.ts';
import { partitionOf, studentKey } from './student-item.ts';
import { table } from './table.ts';

/** Another call recorded the payment first, so there is nothing left to do. */
class AlreadyPaid extends Error {}

/** The write that adds a line to a student's ledger. */
export const entryWrite = (studentId: number, entry: Entry): Write =>
  put({ pk: partitionOf(studentId), sk: `LEDGER#${entry.id}`, ...entry });

/** The fee that a student owes from their registration on, whatever later students owe. */
export const newFee = ({ registered_at }: Student): Entry => ({
  id: newId(),
  kind: 'fee',
  ...enrolmentFee(),
  at: registered_at,
});

/** A student, undefined once deleted, and all that they owe and paid. */
export interface Account {
  readonly student: Student | undefined;
  readonly entries: readonly Entry[];
}

/** The account of a student. One query of a few items. */
export async function findAccount(id: number): Promise<Account> {
  const items = await table.queryAll<{ sk: string }>({ partition: ['pk', partitionOf(id)] });
  const student = items.find(({ sk }) => sk === studentKey(id).sk);
  const entries = items.filter((item) => item !== student);
  return { student: student as Student | undefined, entries: entries as unknown as Entry[] };
}

/**
 * Records the one payment that settles a student's enrolment, along with what must be written in the same breath.
 * Where another call was first, their payment stands and only the rest is written.
 * @throws student_not_found
 */
export async function confirmPayment(
  { id, entries, recordedBy }: { id: number; entries: readonly Entry[]; recordedBy: string },
  payment: Payment,
  along: readonly Write[] = [],
): Promise<void> {
  const due = balanceOf(entries);
  const { amount = due.amount, currency = due.currency, method } = payment;
  const entry: Entry = {
    id: newId(),
    kind: 'payment',
    amount,
    currency,
    method,
    settles: currency === due.currency ? amount : due.amount,
    recorded_by: recordedBy,
    at: timestamp(),
  };
  const paid = update(
    studentKey(id),
    { set: { paid: true }, add: { version: 1 } },
    {
      when: '#paid = :no',
      names: { '#paid': 'paid' },
      values: { ':no': false },
      otherwise: (student) => (student ? new AlreadyPaid() : problem.student_not_found()),
    },
  );
  await table.write([...along, paid, entryWrite(id, entry)]).catch(async (error: unknown) => {
    if (!(error instanceof AlreadyPaid)) throw error;
    if (along.length > 0) await table.write(along);
  });
}
