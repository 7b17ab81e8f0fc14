import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { type KeyPart, keyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import {
  absent,
  alreadyDone,
  type Condition,
  lostUpdate,
  put,
  unchanged,
  type Write,
} from '../../../platform/data/write.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import type { Sheet } from '../classes/book.ts';
import { bookIsOpen, change, sealIs, sheetKey } from '../classes/book-store.ts';
import { refIn } from '../classes/class-ref.ts';
import { problem } from '../problems.ts';
import type { Student } from '../students/student.ts';
import { known, partitionOf } from '../students/student-store.ts';
import { table } from '../table.ts';
import { DEFAULT_TERM } from '../terms/term.ts';
import { addedUp, type Mark, type NewMark, sumOf, sumsOf } from './mark.ts';
import { withPast } from './past.ts';
import { type Place, stillThere } from './remembered.ts';

const MARK = key`MARK#`;

/** A student with their plain marks, in the order of entry. */
export interface MarkedStudent extends Student {
  readonly marks: readonly Mark[];
}

/** From which mark on the plain marks of a term stand: those before were replaced. */
interface Replaced {
  readonly term: string;
  readonly from: string;
}

/** The key of a mark. */
export const markKey = (studentId: number, id: string): Key => ({
  pk: partitionOf(studentId),
  sk: key`MARK#${keyPart(id)}`,
});

/** The leaf that a mark stands in. */
export const termOf = ({ term = DEFAULT_TERM.id }: Mark): KeyPart => term;

/** Whether a mark was entered for somebody of another name, before registration told of the student. */
export const isPutApart = ({ marks_from = '' }: Student, { id }: Mark): boolean => id < marks_from;

/** An item of a student's partition. */
export type StudentItem = (Student | Mark | Replaced) & { readonly sk: string };

/**
 * Everything of a student that marks and notices are made of: one query, and one more for each further thousand items.
 * What sorts before is passed over: what was set aside, report cards, and what a council said.
 */
export const itemsOf = (studentId: number): Promise<StudentItem[]> =>
  table.queryAll<StudentItem>({ partition: ['pk', partitionOf(studentId)], sort: ['sk', '>=', key`FELL#`] });

/** A student and all plain marks that stand. One query, as {@link itemsOf}. */
export const list = async (studentId: number): Promise<MarkedStudent | undefined> => markedIn(await itemsOf(studentId));

/** A student and all plain marks that stand, among everything of theirs. */
export function markedIn(items: readonly StudentItem[]): MarkedStudent | undefined {
  const named = (prefix: string) => items.filter(({ sk }) => sk.startsWith(prefix)) as unknown;
  const [profile] = named('PROFILE') as Student[];
  const student = known(profile);
  if (!student) return undefined;
  const from = new Map((named('FROM#') as Replaced[]).map((one) => [one.term, one.from]));
  const stands = (mark: Mark) =>
    mark.removed_at === undefined && !isPutApart(student, mark) && mark.id >= (from.get(termOf(mark)) ?? '');
  return { ...student, marks: (named(MARK) as Mark[]).filter(stands) };
}

/** All plain marks that a student ever had, in the order of entry. */
export const all = (studentId: number): Promise<Mark[]> =>
  table.queryAll<Mark>({ partition: ['pk', partitionOf(studentId)], sort: ['sk', 'begins_with', MARK] });

/** One plain mark, taken away or not. One read. */
export const find = (studentId: number, id: string): Promise<Mark | undefined> => table.get(markKey(studentId, id));

/** A mark as it will stand once inserted. */
export const draft = (mark: NewMark, author: string, id: KeyPart = newId()): Mark => ({
  ...mark,
  id,
  author,
  at: timestamp(),
  version: 1,
});

/** How many subjects a student may have plain marks in, in one term: each makes their row longer. */
const MOST_SUBJECTS = 60;

const tooManySubjects = () =>
  invalidField('#/subject', 'too_many_subjects', {
    fr: `Cet élève a déjà des notes dans ${MOST_SUBJECTS} matières`,
    en: `This student has marks in ${MOST_SUBJECTS} subjects already`,
  });

/**
 * The mark was not replaced with those before it, and its subject is not one too many.
 * @param replaced what is said where it was
 */
function mayStand({ id, subject }: Mark, replaced: () => Error): Condition {
  const stands = '(attribute_not_exists(#from) OR #from <= :id)';
  const names = { '#from': 'from' };
  if (subject === undefined) return { when: stands, names, values: { ':id': id }, otherwise: replaced };
  return {
    when: `${stands} AND (attribute_not_exists(subjects) OR contains(subjects, :subject) OR size(subjects) < :most)`,
    names,
    values: { ':id': id, ':subject': sumOf(subject), ':most': MOST_SUBJECTS },
    otherwise: (sheet) => (String(sheet?.from ?? '') > id ? replaced() : tooManySubjects()),
  };
}

/** The same of a row on which the mark stands: one that is gone went with a student who was deleted, or to another class. */
function stillStands(mark: Mark): Condition {
  const { when, otherwise, ...rest } = mayStand(mark, problem.result_not_found);
  return {
    ...rest,
    when: `attribute_exists(pk) AND ${when}`,
    otherwise: (row) => (row ? otherwise(row) : lostUpdate()),
  };
}

/** What of a mark's subject its student's row holds: how it is printed, and that it is one of theirs. */
const labelled = (subject: string) => ({
  set: { [`l#${sumOf(subject)}`]: subject },
  add: { subjects: new Set([sumOf(subject)]) },
});

/**
 * Enters a mark and counts it in, unread: the cost does not depend on the marks already there.
 * @throws LostUpdate where the place no longer holds; AlreadyDone where a mark of this id stands
 */
export function insert(studentId: number, mark: Mark, place: Place): Write[] {
  const label = mark.subject === undefined ? undefined : labelled(mark.subject);
  const row = {
    key: sheetKey(place, studentId),
    attributes: { set: { student_id: studentId, ...label?.set }, add: { ...sumsOf(mark), ...label?.add } },
    condition: mayStand(mark, lostUpdate),
  };
  return [
    ...change(place, [row], { condition: stillThere(place, studentId) }),
    put({ ...markKey(studentId, mark.id), ...mark, term: place.term }, absent(alreadyDone)),
  ];
}

const fromKey = (studentId: number, term: KeyPart): Key => ({ pk: partitionOf(studentId), sk: key`FROM#${term}` });

const isPlain = (name: string): boolean => /^(?:[tlw]#|subjects$)/.test(name);

/**
 * Sets the plain marks of a term anew; those before stay in the table, and count no longer. One read.
 * @param more what all of the new ones have
 * @throws LostUpdate where the place no longer holds, or a mark came meanwhile
 */
export async function replaceAll(
  studentId: number,
  grades: readonly number[],
  place: Place,
  author: string,
  more: Pick<Mark, 'imported'> = {},
): Promise<Write[]> {
  const at = sheetKey(place, studentId);
  const sheet = await table.get<Sheet>(at);
  const from = newId();
  const all = grades.map((grade): Mark => ({ ...draft({ grade, coefficient: 1 }, author), ...more }));
  const gone = Object.fromEntries(
    Object.keys(sheet ?? {})
      .filter(isPlain)
      .map((name) => [name, undefined]),
  );
  const condition = sheet ? sealIs(sheet.seal) : absent(lostUpdate);
  const set = { ...gone, ...addedUp(all.map((mark) => sumsOf(mark))), student_id: studentId, from };
  return [
    ...change(place, [{ key: at, attributes: { set }, condition }], { condition: stillThere(place, studentId) }),
    put({ ...fromKey(studentId, place.term), term: place.term, from }),
    ...all.map((mark) => put({ ...markKey(studentId, mark.id), ...mark, term: place.term })),
  ];
}

/** What a mark becomes. */
export interface MarkChange extends Pick<Mark, 'grade' | 'coefficient'> {
  readonly subject: string | undefined;
  readonly comment: string | undefined;
  readonly isRemoved: boolean;
}

/**
 * Changes a plain mark, with all that it was before, and what it adds to its student's row.
 * @returns the mark as it then stands, and what is written
 * @throws result_not_found where it was replaced; term_closed, LostUpdate
 */
export function amend(student: Student, mark: Mark, to: MarkChange, author: string): { mark: Mark; writes: Write[] } {
  const term = termOf(mark);
  const { history = [], removed_at, ...was } = mark;
  const { isRemoved, ...values } = to;
  const at = timestamp();
  const after: Mark = {
    ...was,
    ...values,
    author,
    at,
    version: mark.version + 1,
    history: withPast(history, { ...was, ...(removed_at !== undefined && { removed_at }) }),
    ...(isRemoved && { removed_at: at }),
  } as Mark;
  const sums = [...(removed_at === undefined ? [sumsOf(mark, -1)] : []), ...(isRemoved ? [] : [sumsOf(after)])];
  const label = after.subject === undefined ? undefined : labelled(after.subject);
  const book = { ref: refIn(student, term), term };
  const row = {
    key: sheetKey(book, student.student_id),
    attributes: { set: { ...label?.set }, add: { ...addedUp(sums), ...label?.add } },
    condition: stillStands(after),
  };
  return {
    mark: after,
    writes: [
      ...change(book, [row], { condition: bookIsOpen }),
      put({ ...markKey(student.student_id, mark.id), ...after }, unchanged(mark.version, problem.result_not_found)),
    ],
  };
}

/** A mark and all that it was, the newest first. */
export const pastOf = ({ history = [], ...now }: Mark): Mark[] => [...history, now].reverse();
