import { timestamp } from '../../../platform/base/clock.ts';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import type { StoredResult } from '../assessments/assessment.ts';
import * as results from '../assessments/result-store.ts';
import { type Assessment, type Book, type Brought, isVisible, scoreIn } from '../classes/book.ts';
import { readPartsWith, sheetKey } from '../classes/book-store.ts';
import { refIn, refOf } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { programmeOr, shownBy } from '../classes/programme.ts';
import { decimal } from '../marks/decimal.ts';
import { addedUp, type Mark, sumsOf } from '../marks/mark.ts';
import * as marks from '../marks/mark-store.ts';
import type { Last } from '../report-cards/card.ts';
import * as cards from '../report-cards/card-store.ts';
import { assessmentsOf } from '../students/enrolment.ts';
import type { Student } from '../students/student.ts';
import type { Calendar } from '../terms/term.ts';
import { told, type Version } from './history.ts';
import type { Notice } from './notice.ts';
import { type Fall, fallsIn } from './notice-store.ts';

/** What is told of one student, and of whom that is. */
export interface Standing {
  readonly student: Student;
  readonly notices: readonly Notice[];
  /** Whether their marks and their row of the book were met between two transactions: DynamoDB lets a reader meet one half applied. */
  readonly whole: boolean;
}

const of = ({ student_id, name }: Student) => ({ student_id, name });

const versionsOfMark = ({ history = [], ...now }: Mark): Version[] =>
  [...history, now].map(({ version, at, grade, coefficient, subject, removed_at }) => ({
    version,
    at,
    what: removed_at === undefined ? JSON.stringify([grade, coefficient, subject]) : undefined,
  }));

function ofMark(student: Student, mark: Mark): Notice[] {
  const { id, subject, grade } = mark;
  return told(versionsOfMark(mark)).map(({ version, at, kind, stands }) => ({
    ...{
      id: `${id}.${student.student_id}.${version}`,
      at,
      kind,
      ...of(student),
      term: marks.termOf(mark),
      result_id: id,
      subject,
    },
    ...{ out_of: 20, ...(stands && { score: grade }) },
  }));
}

const versionsOfResult = ({ history, ...now }: StoredResult): Version[] =>
  [...history, now].map(({ version, at, result }) => ({
    version,
    at,
    what: result === undefined ? undefined : String(result),
  }));

type Definition = Pick<Assessment, 'title' | 'subject' | 'out_of' | 'release_at' | 'released_at'>;

/** What a result was given for: found only where it counts for the student today, here or brought along. */
function definitionIn(book: Book, studentId: number, id: string): Definition | undefined {
  const sheet = book.sheets.get(studentId);
  const own = book.assessments.find((one) => one.id === id && scoreIn(sheet, one) !== undefined);
  return own ?? (sheet?.brought?.[id] as Brought | undefined);
}

function ofResult(student: Student, book: Book, stored: StoredResult, now: string): Notice[] {
  const asked = definitionIn(book, student.student_id, stored.assessment);
  if (!asked || !isVisible(asked, { familyAt: now })) return [];
  const { title, subject, out_of } = asked;
  return told(versionsOfResult(stored), asked).map(({ version, at, kind, stands }) => ({
    ...{ id: `${stored.assessment}.${student.student_id}.${version}`, at, kind, ...of(student), term: stored.term },
    ...{ result_id: stored.assessment, subject, title, out_of: decimal(out_of) },
    ...(stands && results.outcomeOf(stored.result)),
  }));
}

/** That an average fell, where the class shows averages. */
export function ofFall(student: Student, book: Book, { id, at, term, general, pass_mark }: Fall): Notice[] {
  if (!shownBy(programmeOr(book.programme)).general) return [];
  const figures = { general: decimal(general), pass_mark: decimal(pass_mark) };
  return [{ id, at, kind: 'below_pass_mark', ...of(student), term, ...figures }];
}

/** The cards of a student that were published, each version of them. */
export function ofCards(student: Student, { term, versions }: Pick<Last, 'term' | 'versions'>, name: string): Notice[] {
  return versions.map(({ id, version, at }) => ({
    ...{ id, at, kind: version === 1 ? 'report_card' : 'corrected_report_card' },
    ...{ ...of(student), term, title: name, version },
  }));
}

/** Of a book, what a student's notices depend on: a batch and a query, side by side. */
async function partsOf(student: Student, term: KeyPart): Promise<Book> {
  const place = { ref: refIn(student, term), term };
  const [{ book }, assessments] = await Promise.all([
    readPartsWith(place, [sheetKey(place, student.student_id)]),
    assessmentsOf(place),
  ]);
  return { ...book, assessments };
}

/** Whether marks and results come to what stands on the student's row. */
function agree({ assessments, sheets, term }: Book, student: marks.MarkedStudent, stored: readonly StoredResult[]) {
  const sheet = sheets.get(student.student_id);
  const scores = new Map(stored.map(({ assessment, result }) => [assessment, result]));
  const plain = addedUp(student.marks.filter((mark) => marks.termOf(mark) === term).map((mark) => sumsOf(mark)));
  const names = new Set([...Object.keys(sheet ?? {}), ...Object.keys(plain)]);
  return (
    [...names].every((name) => !/^[tw]#/.test(name) || (sheet?.[name] ?? 0) === (plain[name] ?? 0)) &&
    assessments.every((one) => scoreIn(sheet, one) === undefined || scoreIn(sheet, one) === scores.get(one.id))
  );
}

/**
 * What a student's family is told in this school year, made of what stands: so nothing is told before its release, of
 * what was taken away, or twice. Two queries of the student, and two reads for each term with results.
 * @param only where it is given, of that book of their class alone, which is then not read
 * @returns undefined where nobody knows the student
 */
export async function standingOf(studentId: number, calendar: Calendar, only?: Book): Promise<Standing | undefined> {
  const [items, published] = await Promise.all([marks.itemsOf(studentId), only ? [] : cards.allLast(studentId)]);
  const student = marks.markedIn(items);
  if (!student) return undefined;
  const now = timestamp();
  const year = only ? undefined : calendar.yearOf(await classes.leafToShow(refOf(student), calendar));
  const isAsked = (term: string) => (year ? calendar.isIn(term, year) : only?.term === term);
  const stored = results.among(items).filter(({ term }) => isAsked(term));
  const falls = fallsIn(items).filter(({ term }) => isAsked(term));
  const leaves = [...new Set([...stored, ...falls].map(({ term }) => term as KeyPart))];
  const books = only ? [only] : await Promise.all(leaves.map((term) => partsOf(student, term)));
  const bookOf = (term: string) => books.find((book) => book.term === term) as Book;
  const notices = [
    ...student.marks.filter((mark) => isAsked(marks.termOf(mark))).flatMap((mark) => ofMark(student, mark)),
    ...stored.flatMap((one) => ofResult(student, bookOf(one.term), one, now)),
    ...falls.flatMap((one) => ofFall(student, bookOf(one.term), one)),
    ...published
      .filter(({ term }) => isAsked(term))
      .flatMap((one) => ofCards(student, one, calendar.find(one.term)?.name ?? '')),
  ];
  return { student, notices, whole: !only || agree(only, student, stored) };
}
