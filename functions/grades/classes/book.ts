import type { KeyPart } from '../../../platform/base/key-part.ts';
import { type Card, cardOf, type Entry, entryOf } from '../averages/card.ts';
import type { Assessment as Definition, Result } from '../averages/vocabulary.ts';
import type { ClassRef } from './class-ref.ts';
import { arithmeticOf, nameKey, type Programme, programmeOr } from './programme.ts';

/** What a class's averages are computed from: its marks of one term, side by side in one partition. */
export interface Book {
  readonly ref: ClassRef;
  readonly term: KeyPart;
  readonly head: Head | undefined;
  /** Undefined where the class has none. */
  readonly programme: Programme | undefined;
  readonly members: Roster;
  readonly assessments: readonly Assessment[];
  readonly sheets: ReadonlyMap<number, Sheet>;
  /** Whether all was read from between two transactions: DynamoDB lets a query meet one half applied. */
  readonly whole: boolean;
}

/** What every change of a book is conditional on, and raises. */
export interface Head {
  readonly open: boolean;
  /** Members stay as they were when it was closed. */
  readonly frozen?: boolean;
  /** Raised by every change of anything in the book. */
  readonly gen: number;
  /** The version of the programme that the book holds a copy of; 0 where there is none. */
  readonly programme: number;
  /** The version of the roster that it holds a copy of. */
  readonly roster: number;
  /** How many assessments were ever in it. */
  readonly count: number;
  /** Who took results of it along to another class. */
  readonly away: Readonly<Record<string, true>>;
  /** The sum of the seals of everything in the book. */
  readonly seal: number;
}

/** A member of a class: who they are and, where they came from another, in which class they were in which closed term. */
export interface Member {
  readonly name: string;
  readonly was?: Readonly<Record<string, ClassRef>>;
}

/** The members of a class by their id. */
export type Roster = Readonly<Record<string, Member>>;

/** An assessment as it is stored: whole numbers in hundredths, subject and category as they are printed. */
export interface Assessment extends Definition {
  readonly id: KeyPart;
  /** Its number in its book, in base 36: short, since every sheet names it, and told to nobody, since gaps would tell. */
  readonly nr: string;
  readonly title: string;
  readonly date?: string;
  /** When families may see its results, in ISO 8601; at once, unless said. */
  readonly release_at?: string;
  /** When they were let see them before that time, in ISO 8601. */
  readonly released_at?: string;
  readonly version: number;
  /** Raised by every change of its results. */
  readonly gen: number;
}

/** What of an assessment goes along with a result of it, or changes there as it changes here. */
export function definitionOf(assessment: Assessment): Omit<Brought, 'ref' | 'result'> {
  const { subject, category, title, out_of, coefficient, counts, date, release_at, released_at } = assessment;
  const definition = { subject, category, title, out_of, coefficient, counts, date, release_at, released_at };
  return definition as Omit<Brought, 'ref' | 'result'>;
}

/** A result as a sheet holds it: hundredths, or the letter of a status. */
export type Score = number | 'a' | 'e' | 'm';

/** What a student brought from another class: the assessment as it is there, with what they got in it. */
export interface Brought extends Definition, Pick<Assessment, 'title' | 'date' | 'release_at' | 'released_at'> {
  /** The class in whose book the assessment stands. */
  readonly ref: ClassRef;
  readonly result: Score;
}

/**
 * The results of one student in a book. `a#<nr>` is what they got in an assessment; of plain marks, all out of 20, it
 * holds the sums by subject: `t#<subject>` twice the points times their weights, `w#<subject>` the weights, `l#<subject>`
 * the subject as it is printed. Flat names, since DynamoDB sets no part of a map that is not there.
 */
export type Sheet = {
  readonly student_id: number;
  readonly seal: number;
  /** Plain marks of lower ids were replaced: their sums are gone. */
  readonly from?: string;
  readonly brought?: Readonly<Record<string, Brought>>;
} & Readonly<Record<string, unknown>>;

/** What the ranking over all classes holds of this one. */
export interface Standings {
  /** The generation of the book that it was last brought up to. */
  readonly gen: number;
  readonly version: number;
  /** Of each member's entry: its sort key, then what else it holds that may change. */
  readonly entries: Readonly<Record<string, string>>;
  /** How many writes it has taken in that its marker still counts. */
  readonly owed: number;
}

/** The points that plain marks are out of, in hundredths. */
export const PLAIN_OUT_OF = 2000;

const STATUSES = { a: 'absent', e: 'exempt', m: 'missing' } as const;

/** The status of a student without a score. */
export type Status = (typeof STATUSES)[keyof typeof STATUSES];

/** A result of a sheet in the words of the arithmetic. */
export const resultOf = (score: Score): Result => (typeof score === 'number' ? { score } : { status: STATUSES[score] });

/** What a student got in an assessment of the book. */
export const scoreIn = (sheet: Sheet | undefined, { nr }: Pick<Assessment, 'nr'>): Score | undefined =>
  sheet?.[`a#${nr}`] as Score | undefined;

/** Who looks: the staff sees everything, families only what is released by then. */
export type View = 'staff' | { readonly familyAt: string };

/** Whether an assessment may be seen. */
export const isVisible = ({ release_at }: { readonly release_at?: string | undefined }, view: View): boolean =>
  view === 'staff' || release_at === undefined || release_at <= view.familyAt;

/** The sums of plain marks as entries, one for each subject. */
function plainEntries(sheet: Sheet): Entry[] {
  return Object.entries(sheet).flatMap(([name, twice]) => {
    if (!name.startsWith('t#')) return [];
    const subject = name.slice(2);
    return [
      {
        subject: subject || undefined,
        twice: twice as number,
        weight: sheet[`w#${subject}`] as number,
        out_of: PLAIN_OUT_OF,
      },
    ];
  });
}

/** A definition by the names that the arithmetic compares. */
const keyed = <D extends Definition>(definition: D): Definition => ({
  ...definition,
  ...(definition.subject !== undefined && { subject: nameKey(definition.subject) }),
  ...(definition.category !== undefined && { category: nameKey(definition.category) }),
});

/** Everything on a student's sheet that may be seen, as the arithmetic takes it. */
export function entriesOf({ assessments }: Book, sheet: Sheet, view: View): Entry[] {
  const own = assessments.flatMap((assessment) => {
    const score = scoreIn(sheet, assessment);
    return score === undefined || !isVisible(assessment, view) ? [] : [entryOf(keyed(assessment), resultOf(score))];
  });
  const brought = Object.values(sheet.brought ?? {}).filter((one) => isVisible(one, view));
  return [...own, ...brought.map((one) => entryOf(keyed(one), resultOf(one.result))), ...plainEntries(sheet)];
}

/** The figures of one student, whether they are a member or not. */
export function cardIn(book: Book, studentId: number, view: View): Card {
  const sheet = book.sheets.get(studentId);
  return cardOf(arithmeticOf(programmeOr(book.programme)), studentId, sheet ? entriesOf(book, sheet, view) : []);
}

/** The ids of a book's members, in ascending order. */
export const memberIds = ({ members }: Pick<Book, 'members'>): number[] => Object.keys(members).map(Number);
