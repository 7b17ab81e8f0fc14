import { newId } from '../../../platform/base/ids.ts';
import { cutToKeyPart, type KeyPart, keyPart } from '../../../platform/base/key-part.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import {
  absent,
  type Item,
  type Key,
  lostUpdate,
  put,
  remove,
  update,
  versionIs,
  type Write,
} from '../../../platform/data/write.ts';
import { fold } from '../../../platform/schema/fold.ts';
import { problem } from '../problems.ts';
import type { Student } from '../students/student.ts';
import { partitionOf, studentKey, whereOwing } from '../students/student-index.ts';
import { table } from '../table.ts';
import { booksOf } from './books.ts';
import { balanceOf, type Entry, enrolmentFee, type Fee, type Received } from './ledger.ts';

/** A student, undefined once deleted, and all that they owe and paid, in the order in which it was recorded. */
export interface Account {
  readonly student: Student | undefined;
  readonly entries: readonly Entry[];
}

/** The account of a student who is there. */
export interface OpenAccount extends Account {
  readonly student: Student;
}

/** Whether an item of a student's partition is a line of their ledger. */
export const isLine = ({ sk }: Pick<Item, 'sk'>): boolean => sk.startsWith('LEDGER#');

/** The account of a student. One query of some ten items. */
export async function find(studentId: number): Promise<Account> {
  const items = await table.queryAll<Item>({ partition: ['pk', partitionOf(studentId)] });
  const student = items.find(({ sk }) => sk === studentKey(studentId).sk);
  const entries = items.filter(isLine) as unknown as Entry[];
  // By their ids, which are in order of time: keys are not.
  return { student: student as Student | undefined, entries: entries.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** Whether a record and lines that one query gave are of one moment: it may have met a change half-way. */
function agree({ balance, books }: Student, entries: readonly Entry[]): boolean {
  if (books) return books.lines === entries.length;
  return balance === undefined || balance === balanceOf(entries).amount;
}

/** The account of a student, for a change. @throws LostUpdate where record and lines are not of one moment */
export async function findWhole(studentId: number): Promise<Account> {
  const { student, entries } = await find(studentId);
  if (student && !agree(student, entries)) throw lostUpdate();
  return { student, entries };
}

/** What the lines of a student's ledger come to, for a record from before it had a balance. */
export const booksFor = async (studentId: number) => booksOf((await findWhole(studentId)).entries);

/** The fee that a student owes from their acceptance on, whatever later students owe. @param at when they were accepted */
export const newFee = (at: string): Fee => ({ id: newId(), kind: 'fee', ...enrolmentFee(), at });

/** What names a fee: nobody is charged two of one name in one year, however it is written. */
export const feeName = ({ label = '', year = '' }: Pick<Fee, 'label' | 'year'>): KeyPart =>
  cutToKeyPart(`${year}#${fold(label)}`);

/** What may stand once in a ledger says so by its key: a fee of its name, the reversal of a payment. */
function sortKey(entry: Entry): KeyText {
  if (entry.kind === 'reversal') return key`LEDGER#REVERSAL#${keyPart(entry.payment_id)}`;
  if (entry.kind === 'fee' && entry.label !== undefined) return key`LEDGER#FEE#${feeName(entry)}`;
  return key`LEDGER#${keyPart(entry.id)}`;
}

/** Adds a line to a student's ledger. @throws LostUpdate where it stands already */
export const add = (studentId: number, entry: Entry): Write[] => [
  put({ pk: partitionOf(studentId), sk: sortKey(entry), ...entry }, absent(lostUpdate)),
];

/**
 * Adds lines to the ledger of a student that was read whole, and what they come to to the student's record.
 * @throws LostUpdate, also where the student is gone meanwhile
 */
export function append({ student, entries }: OpenAccount, ...lines: readonly Entry[]): Write[] {
  const { id, version } = student;
  const books = booksOf([...entries, ...lines]);
  const set = { ...books, ...whereOwing({ ...student, ...books }) };
  return [
    update(studentKey(id), { set, add: { version: 1 } }, versionIs(version, lostUpdate)),
    ...lines.flatMap((line) => add(id, line)),
  ];
}

/** The item that says that a payment of this method and reference stands. */
const referenceKey = (method: string | undefined, reference: string): Key => ({
  pk: key`REFERENCE#${cutToKeyPart(JSON.stringify([method ?? '', reference]).toLowerCase())}`,
  sk: key`REFERENCE`,
});

/** The key of a payment's reference, if it has one. */
export const referencesOf = ({ method, reference }: Received): Key[] =>
  reference === undefined ? [] : [referenceKey(method, reference)];

/** Whoever records one payment twice, for whichever student, is told so. @throws reference_taken */
export const claimReference = (studentId: number, payment: Received): Write[] =>
  referencesOf(payment).map((item) =>
    put(
      { ...item, student_id: studentId, payment_id: payment.id },
      absent(() => problem.reference_taken()),
    ),
  );

/** Lets the reference of a payment that stands no more be recorded again. */
export const freeReference = (payment: Received): Write[] => referencesOf(payment).map((one) => remove(one));
