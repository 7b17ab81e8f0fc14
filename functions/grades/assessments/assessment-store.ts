import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key, Page, Paging } from '../../../platform/data/table.ts';
import {
  type AttributeChanges,
  absent,
  type Condition,
  type Item,
  lostUpdate,
  present,
  put,
  remove,
  unchanged,
  type Write,
} from '../../../platform/data/write.ts';
import { type Assessment, type Book, type Brought, definitionOf, type Head, type Sheet } from '../classes/book.ts';
import {
  assessmentKey,
  type BookRef,
  bookIsOpen,
  change,
  openAndStill,
  partitionOf,
  readPartsWith,
  sealIs,
  sheetKey,
} from '../classes/book-store.ts';
import { refOf } from '../classes/class-ref.ts';
import { hundredths } from '../marks/decimal.ts';
import { problem } from '../problems.ts';
import type { Student } from '../students/student.ts';
import { studentKey } from '../students/student-store.ts';
import { table } from '../table.ts';
import type { AssessmentChange, NewAssessment } from './assessment.ts';

/** In which book an assessment stands, and how its class is written; it never changes. */
export interface Where extends BookRef {
  readonly id: KeyPart;
  readonly nr: string;
  readonly class_name: string;
}

/** An assessment with the parts of its book that a change of it has to know. */
export interface Found {
  readonly where: Where;
  readonly assessment: Assessment;
  readonly book: Book & { readonly head: Head };
  /** What else was read with it. */
  readonly others: readonly Item[];
}

const whereKey = (id: KeyPart): Key => ({ pk: key`ASSESSMENT#${id}`, sk: key`WHERE` });

/** How many assessments an instance remembers the place of. */
const MOST_REMEMBERED = 2000;

const remembered = new Map<string, Where>();

/** In which book an assessment stands. One read, none where it is remembered. @throws assessment_not_found */
export async function where(id: KeyPart): Promise<Where> {
  const known = remembered.get(id) ?? (await table.get<Where>(whereKey(id)));
  if (!known) throw problem.assessment_not_found();
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(id, known);
  return known;
}

/** Whether an assessment stands. One read. */
export const exists = async (id: KeyPart): Promise<boolean> => (await table.get(whereKey(id))) !== undefined;

/**
 * An assessment with its book's head, members and programme. Two round trips, one where its place is remembered.
 * @param keys of what else is read with it
 * @throws assessment_not_found
 */
export async function find(id: KeyPart, keys: readonly Key[] = []): Promise<Found> {
  const place = await where(id);
  const { book, others } = await readPartsWith(place, [assessmentKey(place, place.nr), ...keys]);
  const assessment = book.assessments.find((one) => one.id === id);
  if (!assessment || !book.head) throw problem.assessment_not_found();
  return { where: place, assessment, book: { ...book, head: book.head }, others };
}

/** An assessment as it will stand once inserted: its number follows the last that its book gave. */
export function draft(sent: NewAssessment, scale: number, { count }: Head): Assessment {
  const { class_name: _c, term: _t, out_of = scale, coefficient, ...rest } = sent;
  const numbers = { out_of: hundredths(out_of), coefficient: hundredths(coefficient) };
  return {
    ...rest,
    ...numbers,
    id: newId(),
    nr: (count + 1).toString(36).padStart(2, '0'),
    version: 1,
    gen: 0,
  } as Assessment;
}

/** Stores a new assessment. @throws term_closed, LostUpdate where the programme changed, or another was faster */
export const insert = (book: BookRef, class_name: string, head: Head, assessment: Assessment): Write[] => [
  ...change(
    book,
    [
      {
        key: assessmentKey(book, assessment.nr),
        attributes: { set: { ...assessment } },
        condition: absent(lostUpdate),
      },
    ],
    { add: { count: 1 }, condition: openAndStill({ programme: head.programme, count: head.count }) },
  ),
  put({ ...whereKey(assessment.id), ...book, id: assessment.id, nr: assessment.nr, class_name }),
];

const inHundredths = ({ out_of, coefficient, ...rest }: AssessmentChange): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value ?? undefined])),
  ...(out_of !== undefined && { out_of: hundredths(out_of) }),
  ...(coefficient !== undefined && { coefficient: hundredths(coefficient) }),
});

/** That a change lets families see at once what they were to see later: notices are told by when that was. */
function releasedBy({ release_at: before }: Assessment, { release_at: after }: AssessmentChange) {
  const now = timestamp();
  if (after === undefined) return {};
  if (after !== null && after > now) return { released_at: undefined };
  return before !== undefined && before > now ? { released_at: now } : {};
}

/** An assessment as it stands after a change. */
export const changed = (assessment: Assessment, change: AssessmentChange): Assessment =>
  ({
    ...assessment,
    ...inHundredths(change),
    ...releasedBy(assessment, change),
    version: assessment.version + 1,
  }) as Assessment;

/** The rows of students who took results of an assessment along to another class. */
export interface Away {
  readonly book: BookRef;
  readonly studentId: number;
  readonly sheet: Sheet;
}

/** Finds them where they are now. Two round trips, none where nobody ever left with results. */
export async function away({ where: { id, term }, book: { head } }: Found): Promise<Away[]> {
  const ids = Object.keys(head.away).map(Number);
  if (ids.length === 0) return [];
  const gone = await table.getMany<Student>(ids.map(studentKey));
  const places = gone.map((student) => ({
    studentId: student.student_id,
    book: { ref: student.was?.[term] ?? refOf(student), term },
  }));
  const sheets = await table.getMany<Sheet & Key>(places.map(({ book, studentId }) => sheetKey(book, studentId)));
  return places.flatMap(({ book, studentId }) => {
    const { pk, sk } = sheetKey(book, studentId);
    const sheet = sheets.find((one) => one.pk === pk && one.sk === sk);
    const brought = sheet?.brought as Readonly<Record<string, Brought>> | undefined;
    return sheet && brought?.[id] ? [{ book, studentId, sheet }] : [];
  });
}

/** The same change where somebody took it along: in a book of another class, while that takes it. */
function changedAway(
  { id }: Assessment,
  { book, studentId, sheet }: Away,
  after: Assessment | undefined,
  bookTakesIt: Condition,
): Write[] {
  const before = sheet.brought?.[id] as Brought;
  const entries = { brought: { [id]: after && { ...before, ...definitionOf(after) } } };
  const condition = sealIs(sheet.seal);
  return change(book, [{ key: sheetKey(book, studentId), attributes: { entries }, condition }], {
    condition: bookTakesIt,
  });
}

/** Lets a release date through into a book, closed or not; anything else only while it is open. */
const mayChange = (change: AssessmentChange): Condition =>
  Object.keys(change).some((name) => name !== 'release_at')
    ? bookIsOpen
    : present(() => problem.assessment_not_found());

/**
 * Puts an assessment in place of the one that was read.
 * @param elsewhere the rows that hold it in other books
 * @throws term_closed, LostUpdate; score_above is judged before, and holds as long as no result came meanwhile
 */
export function replace(
  { where: place, assessment }: Found,
  sent: AssessmentChange,
  elsewhere: readonly Away[],
): Write[] {
  const after = changed(assessment, sent);
  const condition: Condition = {
    when: '#version = :read AND gen = :gen',
    names: { '#version': 'version' },
    values: { ':read': assessment.version, ':gen': assessment.gen },
    otherwise: (current) => (current ? lostUpdate() : problem.assessment_not_found()),
  };
  const { version, released_at } = after;
  const attributes: AttributeChanges = { set: { ...inHundredths(sent), version, released_at } };
  return [
    ...change(place, [{ key: assessmentKey(place, place.nr), attributes, condition }], {
      condition: mayChange(sent),
    }),
    ...elsewhere.flatMap((one) => changedAway(assessment, one, after, mayChange(sent))),
  ];
}

/** Deletes an assessment: its results count no longer, here and where they were taken along. @throws as {@link replace} */
export function erase({ where: place, assessment }: Found, elsewhere: readonly Away[]): Write[] {
  const removed = assessmentKey(place, place.nr);
  const condition = unchanged(assessment.version, problem.assessment_not_found);
  const { seal } = assessment as Assessment & { readonly seal: number };
  return [
    ...change(place, [{ removed, seal, condition: asSealed(condition, seal) }], { condition: bookIsOpen }),
    remove(whereKey(place.id)),
    ...elsewhere.flatMap((one) => changedAway(assessment, one, undefined, bookIsOpen)),
  ];
}

/** The seal that leaves the head's sum is the one that stands: a result that came meanwhile changed it. */
const asSealed = (condition: Condition, seal: number): Condition => ({
  ...condition,
  when: `${condition.when} AND seal = :seal`,
  values: { ...condition.values, ':seal': seal },
});

/** One page of what a class was asked in a term, in the order of entry, sifted. */
export const page = (
  { ref, term }: BookRef,
  paging: Paging,
  shown: (assessment: Assessment) => boolean,
): Promise<Page<Assessment>> =>
  table.sift<Assessment, Assessment>(
    { partition: ['pk', partitionOf(ref)], sort: ['sk', 'begins_with', key`T#${term}#2A#`], ...paging },
    (all) => all.map((one) => (shown(one) ? one : undefined)),
  );
