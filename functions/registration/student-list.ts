import type { Key, Page, Question } from '../../platform/data/table.ts';
import type { Item } from '../../platform/data/write.ts';
import type { Paging } from '../../platform/http/operation.ts';
import { fold } from '../../platform/text.ts';
import type { Filters, Student } from './student.ts';
import { ALL, classKey, INDEXES, type Index, initialOf, searchKey } from './student-item.ts';
import { findStudent } from './student-store.ts';
import { table } from './table.ts';
import { type Claim, claimKey } from './uniqueness.ts';

// What one page may read at most, when its filters let little of what an index gives through.
const CHUNK = 250;
const MOST_CHUNKS = 4;

type Listed = Student & Item;

/** Where in which index to look: the one that leaves the least to sift. */
function placeOf({ class_name, last_name, first_name }: Filters): { index: Index; value: string; prefix?: string } {
  const last = last_name === undefined ? {} : { prefix: searchKey(last_name) };
  if (class_name !== undefined) return { index: INDEXES.class, value: classKey(class_name), ...last };
  if (last_name !== undefined) return { index: INDEXES.lastName, value: initialOf(last_name), ...last };
  if (first_name !== undefined)
    return { index: INDEXES.firstName, value: initialOf(first_name), prefix: searchKey(first_name) };
  return { index: INDEXES.id, value: ALL };
}

const begins = (text: string | undefined, prefix: string | undefined): boolean =>
  prefix === undefined || fold(text ?? '').startsWith(prefix);

const is = <T>(value: T, wanted: T | undefined): boolean => wanted === undefined || value === wanted;

/** Whether a student passes all filters, those included that an index has already served: its keys are cut short. */
const passes = (student: Student, { first_name, last_name, class_name, phone, paid }: Filters): boolean =>
  begins(student.first_name, first_name) &&
  begins(student.last_name, last_name) &&
  is(fold(student.class_name ?? ''), class_name) &&
  is(student.phone, phone) &&
  is(student.paid, paid);

async function byPhone(phone: string, filters: Filters): Promise<Page<Student>> {
  const claim = await table.get<Claim>(claimKey('phone', phone));
  const student = claim && (await findStudent(claim.student_id));
  return { items: student && passes(student, filters) ? [student] : [], next: undefined };
}

const keyIn = ({ partition, sort }: Index, { pk, sk, ...item }: Listed): Key =>
  ({ pk, sk, [partition]: item[partition], [sort]: item[sort] }) as Key;

async function throughIndex(filters: Filters, { limit, after }: Paging): Promise<Page<Student>> {
  const { index, value, prefix } = placeOf(filters);
  const question: Omit<Question, 'limit'> = {
    index: index.name,
    partition: [index.partition, value],
    ...(prefix !== undefined && { sort: [index.sort, 'begins_with', prefix] }),
  };
  const found: Listed[] = [];
  let next = after;
  // One more than the page, to know whether another follows.
  for (let chunk = 0; chunk <= MOST_CHUNKS && found.length <= limit; chunk += 1) {
    const size = chunk === 0 ? limit + 1 : CHUNK;
    const page: Page<Listed> = await table.query<Listed>({ ...question, limit: size, after: next });
    found.push(...page.items.filter((student) => passes(student, filters)));
    next = page.next;
    if (!next) break;
  }
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last && found.length > limit ? keyIn(index, last) : next };
}

/**
 * One page of the students that pass the filters: by id, or by name where a name or a class is asked for. A page may be
 * short, even empty, with more to follow, where few of those read pass.
 */
export const listStudents = (filters: Filters, paging: Paging): Promise<Page<Student>> =>
  filters.phone === undefined ? throughIndex(filters, paging) : byPhone(filters.phone, filters);
