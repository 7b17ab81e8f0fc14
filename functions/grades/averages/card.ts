import { meanOf, type Tally, tallyOf, top } from './mean.ts';
import type { Assessment, Counts, Figure, Programme, Result, Scale, Subject } from './vocabulary.ts';

/** What one result, or a sum of plain marks, brings into the subject and the category it stands in. */
export interface Entry extends Tally {
  readonly subject?: string | undefined;
  readonly category?: string | undefined;
}

/** A figure with a name: one category of a subject, to be read by whoever recomputes the subject. */
export interface Line {
  readonly name: string;
  readonly figure: Figure | undefined;
  /** Hundredths. */
  readonly weight: number;
}

/** A subject as it is printed, with all that its figure is the mean of. */
export interface SubjectLine {
  /** None where the marks were entered without a subject, or on a subject that has parts. */
  readonly name: string | undefined;
  readonly figure: Figure | undefined;
  /** Hundredths. */
  readonly weight: number;
  readonly counts: Counts;
  readonly categories: readonly Line[];
  readonly parts: readonly SubjectLine[];
}

/** How many of the coefficients that a student takes carry a figure; both in hundredths, and times terms' weights. */
export interface Coverage {
  readonly covered: bigint;
  readonly taken: bigint;
}

/** The figure of a student in a term, and how much of the term it rests on. */
export interface General {
  readonly general: Figure | undefined;
  readonly coverage: Coverage;
}

/** The figures of one student in a term that holds marks. */
export interface Card extends General {
  readonly subjects: readonly SubjectLine[];
}

/** The weight of what nobody gave one. */
const ONE = 100;

/** What a result brings. An unmarked one has no result; of the statuses `missing` alone counts, as 0 points. */
export function entryOf(assessment: Assessment, result?: Result): Entry {
  const { subject, category, out_of, coefficient: weight, counts } = assessment;
  const points = result && ('score' in result ? result.score : result.status === 'missing' ? 0 : undefined);
  return { subject, category, ...tallyOf({ points, out_of, weight, counts }) };
}

/** A list of results: by category where the class has any, an entry without one of these standing in the first. */
function fromEntries(entries: readonly Entry[], { categories, scale }: Programme) {
  const [first] = categories;
  if (!first) return { figure: meanOf(entries, scale), categories: [] };
  const names = new Set(categories.map(({ name }) => name));
  const by = Map.groupBy(entries, ({ category = '' }) => (names.has(category) ? category : first.name));
  const lines = categories.map(({ name, weight }) => ({ name, weight, figure: meanOf(by.get(name) ?? [], scale) }));
  return { figure: meanOfLines(lines, scale), categories: lines };
}

/** The mean of printed figures, each of them out of the scale. */
const meanOfLines = (lines: readonly (Line | SubjectLine)[], scale: Scale): Figure | undefined =>
  meanOf(
    lines.map(({ figure, ...line }) => tallyOf({ points: figure, out_of: top(scale), ...line })),
    scale,
  );

/** Marks that no subject of the programme claims: a line of their own, of weight 1, where they come to a figure. */
function unclaimed(name: string | undefined, entries: readonly Entry[], programme: Programme): SubjectLine[] {
  const made = fromEntries(entries, programme);
  return made.figure === undefined ? [] : [{ name, weight: ONE, counts: 'always', parts: [], ...made }];
}

/**
 * The figures of one student in a term that holds marks, by the one rule of {@link meanOf}.
 * Subjects stand in the order of the programme, others after them by name; those that the student does not take are left
 * out with their marks.
 * A subject that the programme does not know is one of coefficient 1, and so are the marks without a subject; marks on a
 * subject that has parts are one part more, of coefficient 1.
 *
 * @param student whose card it is: decides which options count.
 * @param entries what their results bring, in any order; only of assessments that the reader may see.
 */
export function cardOf(programme: Programme, student: number, entries: readonly Entry[]): Card {
  const known = new Set<string | undefined>(programme.subjects.map(({ name }) => name));
  const taken = programme.subjects.filter(({ students }) => !students || students.includes(student));
  const by = Map.groupBy(entries, ({ subject }) => subject);

  function lineOf({ name, coefficient: weight, counts = 'always' }: Subject): SubjectLine {
    const own = by.get(name) ?? [];
    const below = taken.filter(({ parent }) => parent === name).map(lineOf);
    if (below.length === 0) return { name, weight, counts, parts: [], ...fromEntries(own, programme) };
    const parts = [...below, ...unclaimed(undefined, own, programme)];
    return { name, weight, counts, categories: [], parts, figure: meanOfLines(parts, programme.scale) };
  }

  const others = [...by.keys()].filter((name) => !known.has(name)).sort();
  const subjects = [
    ...taken.filter(({ parent }) => !known.has(parent)).map(lineOf),
    ...others.flatMap((name) => unclaimed(name, by.get(name) ?? [], programme)),
  ];
  return { subjects, general: meanOfLines(subjects, programme.scale), coverage: coverageOf(subjects) };
}

/** Of the subjects that weigh: a bonus, or one that never counts, is nothing that a rank could lack. */
function coverageOf(subjects: readonly SubjectLine[]): Coverage {
  const weighing = subjects.filter(({ counts }) => counts === 'always');
  const sum = (lines: readonly SubjectLine[]) => BigInt(lines.reduce((all, { weight }) => all + weight, 0));
  return { covered: sum(weighing.filter(({ figure }) => figure !== undefined)), taken: sum(weighing) };
}
