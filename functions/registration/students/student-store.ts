import { timestamp } from '../../../platform/base/clock.ts';
import { changesTo } from '../../../platform/data/changes.ts';
import type { Page, Paging } from '../../../platform/data/table.ts';
import { type Item, lostUpdate, put, unchanged, update, versionIs, type Write } from '../../../platform/data/write.ts';
import * as ledger from '../fees/ledger-store.ts';
import * as holders from '../guardians/holders.ts';
import { problem } from '../problems.ts';
import { UNDESCRIBED } from '../school/school.ts';
import { calendarOf } from '../school/school-store.ts';
import { table } from '../table.ts';
import { derived, type Standing } from '../year/stays.ts';
import * as retention from './retention.ts';
import { type Filters, type Student, StudentView } from './student.ts';
import { NOWHERE, passes, placesOf, searchFor, studentItem, studentKey } from './student-index.ts';
import { type Claim, claimKey, claims } from './uniqueness.ts';

/** What is read of a student who is only shown: not the keys of the indexes, a third of the record. */
const READ = Object.keys(StudentView.shape);

/** What is read at once for a page whose filters let little of what an index gives through. */
const CHUNK = 250;

/** What a student begins with. */
type NewStudent = Omit<Student, 'id' | 'paid' | 'balance' | 'notified' | 'registered_at' | 'version'>;

/** Where a student stands whose record is older than stays in classes. No school had said then how it counts its years. */
const staysOf = (student: Student): Standing =>
  student.enrolments ? {} : derived(student, calendarOf(UNDESCRIBED).yearOf);

const asRead = (student: Student): Student => (student.enrolments ? student : { ...student, ...staysOf(student) });

/** A student by id. One read. */
export async function find(id: number): Promise<Student | undefined> {
  const student = await table.get<Student>(studentKey(id));
  return student && asRead(student);
}

/** The students of these ids as they stand now, in any order; those that are missing are left out. */
export const findMany = async (ids: readonly number[]): Promise<Student[]> =>
  (await table.getMany<Student>(ids.map(studentKey))).map(asRead);

/** Everybody who has not left, by id, as the index knew them a moment ago. A read unit for each 8 KB. */
export const everybody = async (): Promise<Student[]> => (await table.queryAll<Student>(searchFor({}))).map(asRead);

/** Whoever holds what only one may have, wherever they stand. */
async function listHolder(distinction: 'phone' | 'matricule', value: string, filters: Filters): Promise<Page<Student>> {
  const claim = await table.get<Claim>(claimKey(distinction, value));
  const student = claim && (await find(claim.student_id));
  return { items: student && passes(student, filters) ? [student] : [], next: undefined };
}

function listThroughIndex(filters: Filters, paging: Paging): Promise<Page<Student>> {
  const passing = (students: readonly Student[]) =>
    students.map(asRead).map((student) => (passes(student, filters) ? student : undefined));
  return table.sift({ ...searchFor(filters), ...paging }, passing, CHUNK);
}

/**
 * One page of the students that pass the filters: by id, or by name where a name or a class is asked for. A page may be
 * short, even empty, with more to follow, where few of those read pass. Those who left are a list of their own.
 */
export function list(filters: Filters, paging: Paging): Promise<Page<Student>> {
  if (filters.matricule !== undefined) return listHolder('matricule', filters.matricule, filters);
  if (filters.phone !== undefined) return listHolder('phone', filters.phone, filters);
  return listThroughIndex(filters, paging);
}

/** All students that pass the filters, in the order of {@link list}, as many at a time as one read brings. */
export async function* batches(filters: Filters): AsyncGenerator<Student[], undefined> {
  const { matricule, phone } = filters;
  if (matricule !== undefined || phone !== undefined) yield (await list(filters, { limit: 1, after: undefined })).items;
  else
    for await (const some of table.batches<Student>(searchFor(filters), READ))
      yield some.map(asRead).filter((student) => passes(student, filters));
}

/** Reserves ids that nobody ever had. One round trip. @returns the first of them; the others follow */
export const reserveIds = async (count: number): Promise<number> => (await table.next('student', count)) - count + 1;

/** A student as they will stand once inserted. One round trip, for an id that nobody ever had. */
export const draft = async (student: NewStudent): Promise<Student> => drafted(student, await reserveIds(1));

/** The same under an id that was reserved. */
export const drafted = (student: NewStudent, id: number): Student => ({
  ...student,
  id,
  paid: student.status === 'pending',
  notified: false,
  registered_at: timestamp(),
  version: 1,
});

/**
 * Stores a new student, with the fee that they owe from now on; whoever waits to be accepted owes none yet.
 * @throws account_already_registered, email_taken, phone_taken, matricule_taken
 */
export function insert(student: Student): Write[] {
  const fees = student.status === 'pending' ? [] : [ledger.newFee(student.registered_at)];
  const record = studentItem({ ...student, balance: fees[0]?.amount ?? 0 });
  const found = holders.written(undefined, student);
  return [put(record), ...claims(undefined, student), ...found, ...fees.flatMap((fee) => ledger.add(student.id, fee))];
}

/** What accepting a student who waited adds to what they owe: the fee, unless an older version took it at registration. */
export async function admission(before: Student, after: Student): Promise<{ student: Student; writes: Write[] }> {
  if (before.status !== 'pending' || after.status === 'pending') return { student: after, writes: [] };
  const { entries } = await ledger.find(after.id);
  if (entries.some(({ kind }) => kind === 'fee')) return { student: after, writes: [] };
  const fee = ledger.newFee(timestamp());
  return { student: { ...after, balance: fee.amount, paid: false }, writes: ledger.add(after.id, fee) };
}

/**
 * Puts a student in place of the one that was read.
 * @throws student_not_found, LostUpdate, account_already_registered, email_taken, phone_taken, matricule_taken
 */
export const replace = (before: Student, after: Student): Write[] => [
  put(studentItem(after), unchanged(before.version, problem.student_not_found)),
  ...claims(before, after),
  ...holders.written(before, after),
];

/** The same where one who is gone meanwhile is nothing to tell: whoever commits then reads anew. @throws LostUpdate */
export const advance = (before: Student, after: Student): Write[] => [
  put(studentItem(after), versionIs(before.version, lostUpdate)),
];

/**
 * Hides a student that was read: their email, phone, matricule and account are free again, all else waits for their return.
 * @throws LostUpdate
 */
export const erase = (student: Student): Write[] => [
  ...retention.hide(student),
  ...claims(student, undefined),
  ...holders.written(student, undefined),
];

/**
 * Brings a deleted student back.
 * @param after as they then stand, a version on
 * @throws LostUpdate, account_already_registered, email_taken, phone_taken, matricule_taken
 */
export const restore = (deleted: retention.Deleted, after: Student): Write[] => [
  ...retention.bringBack(deleted, after),
  ...claims(undefined, after),
  ...holders.written(undefined, after),
];

/**
 * What puts an item, as it was read, where the lists look for it and its family finds it, gives it its stays in classes,
 * and says what a student owes. @throws LostUpdate
 */
export async function migrated(item: Item): Promise<Write[]> {
  if (item.sk !== 'STUDENT') return [];
  const stored = item as Item & Student;
  const books = stored.balance === undefined ? await ledger.booksFor(stored.id) : {};
  const known = { ...staysOf(stored), ...books };
  const student = { ...stored, ...known };
  const changed = changesTo(item, { ...NOWHERE, ...placesOf(student), ...known });
  const places = changed
    ? [update(studentKey(student.id), { set: changed }, versionIs(student.version, lostUpdate))]
    : [];
  return [...places, ...(await holders.lacking(student))];
}
