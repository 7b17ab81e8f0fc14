import { timestamp } from '../../../platform/base/clock.ts';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import { keyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import {
  type Condition,
  lostUpdate,
  put,
  unchanged,
  vacant,
  versionIs,
  type Write,
} from '../../../platform/data/write.ts';
import { type Brought, resultOf, type Score, type Sheet, type Status } from '../classes/book.ts';
import {
  assessmentKey,
  type BookRef,
  bookIsOpen,
  change,
  openAndStill,
  sealIs,
  sheetKey,
} from '../classes/book-store.ts';
import { decimal, hundredths } from '../marks/decimal.ts';
import { withPast } from '../marks/past.ts';
import { problem } from '../problems.ts';
import { partitionOf } from '../students/student-store.ts';
import { table } from '../table.ts';
import type { ResultView, SingleResult, StoredResult } from './assessment.ts';
import type { Found } from './assessment-store.ts';

/** The key of a student's result in an assessment. */
export const resultKey = (studentId: number, term: KeyPart, assessment: KeyPart): Key => ({
  pk: partitionOf(studentId),
  sk: key`RESULT#${term}#${assessment}`,
});

/** The results in assessments, among everything of a student. */
export const among = (items: readonly { readonly sk: string }[]): StoredResult[] =>
  items.filter(({ sk }) => sk.startsWith('RESULT#')) as unknown as StoredResult[];

const LETTERS = { absent: 'a', exempt: 'e', missing: 'm' } as const satisfies Record<Status, Score>;

/** What was entered as a sheet holds it; undefined where it takes a result away. */
export function scoreSent({ score, status }: Pick<SingleResult, 'score' | 'status'>): Score | undefined {
  if (status) return LETTERS[status];
  return score === null || score === undefined ? undefined : hundredths(score);
}

/** A score or a status as people read it. */
export function outcomeOf(score: Score | undefined): { score?: number; status?: Status } {
  if (score === undefined) return {};
  const result = resultOf(score);
  return 'score' in result ? { score: decimal(result.score) } : result;
}

/** A result as it is read. */
export const viewOf = ({ result, comment, author, at, version }: StoredResult): (typeof ResultView)['_input'] => ({
  ...outcomeOf(result),
  comment,
  author,
  at,
  version,
});

/** Whether what was entered is what stands already; what takes away nothing is. */
export const isSame = (before: StoredResult | undefined, sent: SingleResult): boolean =>
  before?.result === scoreSent(sent) && before?.comment === sent.comment;

/** A result as it stands after it was entered, with all that it was before. */
export function entered(
  before: StoredResult | undefined,
  sent: SingleResult,
  { where }: Found,
  author: string,
): StoredResult {
  const { history = [], ...past } = before ?? {};
  const { assessment: _a, term: _t, ...was } = past as StoredResult;
  const result = scoreSent(sent);
  return {
    assessment: where.id,
    term: where.term,
    ...(result !== undefined && { result }),
    comment: sent.comment,
    author,
    at: timestamp(),
    version: (before?.version ?? 0) + 1,
    history: before ? withPast(history, was) : [],
  };
}

/** A result and all that it was, the newest first. */
export const pastOf = ({ history, ...now }: StoredResult): StoredResult[] =>
  [...history, now]
    .reverse()
    .map((one) => ({ assessment: now.assessment, term: now.term, ...one, history: [] }) as StoredResult);

const asRead = (before: StoredResult | undefined): Condition =>
  before ? versionIs(before.version, lostUpdate) : vacant(lostUpdate);

/** What is entered of one student, and what stood before. */
export interface Entering {
  readonly studentId: number;
  readonly sent: SingleResult;
  readonly before: StoredResult | undefined;
}

const stored = (entering: Entering, found: Found, author: string): Write => {
  const { studentId, sent, before } = entering;
  const at = resultKey(studentId, keyPart(found.where.term), found.where.id);
  return put({ ...at, ...entered(before, sent, found, author) }, asRead(before));
};

/**
 * Enters results of members of the class.
 * @throws term_closed; LostUpdate where a result, the assessment, or who is in the class, is not what was read
 */
export function enter(all: readonly Entering[], found: Found, author: string): Write[] {
  const { where, book, assessment } = found;
  const rows = all.map(({ studentId, sent }) => ({
    key: sheetKey(where, studentId),
    attributes: { set: { student_id: studentId, [`a#${where.nr}`]: scoreSent(sent) } },
  }));
  const counted = {
    key: assessmentKey(where, where.nr),
    attributes: { add: { gen: 1 } },
    // A smaller maximum that came meanwhile would be below a score.
    condition: unchanged(assessment.version, problem.assessment_not_found),
  };
  return [
    ...change(where, [...rows, counted], { condition: openAndStill({ roster: book.head.roster }) }),
    ...all.map((one) => stored(one, found, author)),
  ];
}

/**
 * Corrects the result of a student who took it along to another class: the copy in their row there decides.
 * @param there the book of the class that they are in
 * @throws result_not_found where they took none along; term_closed, LostUpdate
 */
export async function enterAway(one: Entering, found: Found, author: string, there: BookRef): Promise<Write[]> {
  const at = sheetKey(there, one.studentId);
  const sheet = await table.get<Sheet>(at);
  const brought = sheet?.brought?.[found.where.id] as Brought | undefined;
  const result = scoreSent(one.sent);
  if (!sheet || !brought || result === undefined) throw problem.result_not_found();
  if (typeof result === 'number' && result > brought.out_of) throw lostUpdate();
  const row = {
    key: at,
    attributes: { entries: { brought: { [found.where.id]: { ...brought, result } } } },
    condition: sealIs(sheet.seal),
  };
  return [...change(there, [row], { condition: bookIsOpen }), stored(one, found, author)];
}
