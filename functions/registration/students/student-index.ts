import { cutToKeyPart, type KeyPart, keyPart } from '../../../platform/base/key-part.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import { type Sharded, sharded } from '../../../platform/data/sharded.ts';
import type { Query } from '../../../platform/data/table.ts';
import type { Item, Key } from '../../../platform/data/write.ts';
import { fold } from '../../../platform/schema/fold.ts';
import { type Filters, type Student, StudentView } from './student.ts';

/** An index of the table: its name and its two key attributes. */
interface Index {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
}

/** The indexes through which students are listed. */
export const INDEXES = {
  id: { name: 'by-id', partition: 'listed', sort: 'listed_as' },
  lastName: { name: 'by-last-name', partition: 'last_initial', sort: 'last_key' },
  firstName: { name: 'by-first-name', partition: 'first_initial', sort: 'first_key' },
  class: { name: 'by-class', partition: 'class_key', sort: 'class_place' },
  debt: { name: 'by-debt', partition: 'owes', sort: 'owes_since' },
} as const satisfies Record<string, Index>;

/** The key attributes of no index at all. */
export const NOWHERE: Readonly<Record<string, undefined>> = Object.fromEntries(
  Object.values(INDEXES).flatMap(({ partition, sort }) => [
    [partition, undefined],
    [sort, undefined],
  ]),
);

/** What every student who is here is listed in, and who left. */
const HERE = sharded(key`STUDENT`);
const GONE = sharded(key`LEFT`);

/** What those are listed in who owe something. */
const OWING = sharded(key`OWES`);

const ATTRIBUTES = [
  ...Object.keys(StudentView.shape),
  'balance',
  'books',
  'imported_marks',
  'imported_by',
  'version',
] as (keyof Student)[];

/** Everything of a student is one partition: the record, and what they owe and paid. */
export const partitionOf = (id: number): KeyText => key`STUDENT#${id}`;

/** The key of a student's record. */
export const studentKey = (id: number): Key => ({ pk: partitionOf(id), sk: key`STUDENT` });

/** Where a student stands with the school. */
type Standing = Pick<Student, 'status' | 'class_name' | 'enrolments'>;

/** Folded text as it begins an index key. */
const searchKey = (folded: string): KeyPart => cutToKeyPart(folded);

/** Before each partition of whoever left: years of them would lengthen every list of those who are here. */
const apart = (hasLeft: boolean, partition: KeyText): KeyText => (hasLeft ? key`LEFT#${partition}` : partition);

/** The partition of a name index: its first letter, so that no single partition takes the names of the whole school. */
const initialOf = (folded: string, hasLeft: boolean): KeyText =>
  apart(hasLeft, key`NAME#${cutToKeyPart([...folded][0] ?? '')}`);

const classKey = (folded: string, hasLeft: boolean): KeyText => apart(hasLeft, key`CLASS#${searchKey(folded)}`);

/** The class by which a student is found: of whoever left, their last. */
const classOf = ({ status, class_name, enrolments }: Standing): string | undefined =>
  status === 'left' ? enrolments?.at(-1)?.class_name : class_name;

// Sixteen digits hold every safe integer, so that text order is number order.
const inOrder = (id: number): KeyPart => keyPart(String(id).padStart(16, '0'));

/** What of a record is stored: one that was read carries its index keys, and an outdated one must not be written back. */
export const recordOf = (student: Student): Record<string, unknown> =>
  Object.fromEntries(ATTRIBUTES.map((attribute) => [attribute, student[attribute]]));

/**
 * The two parts of a name, folded, as a student is found by them. Whoever has a single one may be looked for under either.
 */
function partsOf({ first_name, last_name }: Pick<Student, 'first_name' | 'last_name'>) {
  const [first, last] = [fold(first_name ?? last_name ?? ''), fold(last_name ?? first_name ?? '')];
  return { first, last };
}

/** What a student still owes, by the day on which it is due. Records of older versions know one fee, due as they registered. */
export function owedBy({ balance = 0, books, registered_at }: Pick<Student, 'balance' | 'books' | 'registered_at'>) {
  if (books) return books.owed;
  return balance > 0 ? [{ due_on: registered_at.slice(0, 10), amount: balance }] : [];
}

/** Where the index of those who owe has a student: by the day since which they do. */
export function whereOwing(student: Pick<Student, 'id' | 'balance' | 'books' | 'registered_at'>) {
  const [oldest] = owedBy(student);
  if (!oldest) return { owes: undefined, owes_since: undefined };
  return { owes: OWING.of(student.id), owes_since: key`${keyPart(oldest.due_on)}\t${inOrder(student.id)}` };
}

/**
 * Where the indexes have a student. A tab, which no folded text holds, sorts below all that a name may go on with: `Diop`
 * comes before `Diop Ba`, as in a dictionary.
 */
export function placesOf(student: Student) {
  const { id } = student;
  const class_name = classOf(student);
  const hasLeft = student.status === 'left';
  const { first, last } = partsOf(student);
  const place = key`${searchKey(last)}\t${searchKey(first)}\t${inOrder(id)}`;
  return {
    listed: (hasLeft ? GONE : HERE).of(id),
    listed_as: inOrder(id),
    ...(owedBy(student).length > 0 && whereOwing(student)),
    ...(last && { last_initial: initialOf(last, hasLeft), last_key: place }),
    ...(first && {
      first_initial: initialOf(first, hasLeft),
      first_key: key`${searchKey(first)}\t${searchKey(last)}\t${inOrder(id)}`,
    }),
    ...(class_name && { class_key: classKey(fold(class_name), hasLeft), class_place: place }),
  };
}

/** A student as the table holds them: the record with its index keys. */
export function studentItem(student: Student): Item {
  return { ...recordOf(student), ...studentKey(student.id), ...placesOf(student) };
}

/** Where students that pass some filters are looked for. */
type Search = Omit<Query, 'limit' | 'after'>;

const search = (index: Index, value: KeyText | Sharded, prefix?: KeyPart): Search => ({
  index,
  partition: [index.partition, value],
  ...(prefix !== undefined && { sort: [index.sort, 'begins_with', key`${prefix}`] }),
});

/** The search that leaves the least to sift. A year is sifted: the index of classes knows those of today. */
export function searchFor({ class_name, last_name, first_name, year, status }: Filters): Search {
  const hasLeft = status === 'left';
  const last = last_name === undefined ? undefined : searchKey(last_name);
  if (class_name !== undefined && year === undefined) return search(INDEXES.class, classKey(class_name, hasLeft), last);
  if (last_name !== undefined) return search(INDEXES.lastName, initialOf(last_name, hasLeft), last);
  if (first_name !== undefined) return search(INDEXES.firstName, initialOf(first_name, hasLeft), searchKey(first_name));
  return search(INDEXES.id, hasLeft ? GONE : HERE);
}

/** The search for those of whom something is due by a day, the longest due first. */
export const owingBy = (day: string): Search => ({
  index: INDEXES.debt,
  partition: [INDEXES.debt.partition, OWING],
  // Whatever follows a day in the index begins with a tab, which a line feed comes after.
  sort: [INDEXES.debt.sort, '<', key`${keyPart(day)}\n`],
});

const begins = (folded: string, prefix: string | undefined): boolean =>
  prefix === undefined || folded.startsWith(prefix);

const is = <T>(value: T, wanted: T | undefined): boolean => wanted === undefined || value === wanted;

/** Whether they are in the class, or were in the year that is asked for. */
function attends(student: Student, { class_name, year }: Filters): boolean {
  if (year === undefined) return class_name === undefined || fold(classOf(student) ?? '') === class_name;
  return (student.enrolments ?? []).some((one) => one.year === year && is(fold(one.class_name), class_name));
}

/** Folding costs more than all other filters together, so it is left where no name is asked for. */
function isNamed(student: Student, { first_name, last_name }: Filters): boolean {
  if (first_name === undefined && last_name === undefined) return true;
  const { first, last } = partsOf(student);
  return begins(first, first_name) && begins(last, last_name);
}

/** Whether a student passes all filters, those included that an index has already served: its keys are cut short. */
export const passes = (student: Student, filters: Filters): boolean => {
  const { phone, matricule, status, paid } = filters;
  return (
    isNamed(student, filters) &&
    attends(student, filters) &&
    is(student.phone, phone) &&
    is<string | undefined>(student.matricule, matricule) &&
    is(student.status ?? 'enrolled', status) &&
    is(student.paid, paid)
  );
};
