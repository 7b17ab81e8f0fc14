import { type Card, cardOf, type Entry, entryOf, type SubjectLine } from '../../functions/grades/averages/card.ts';
import type { Assessment, Programme, Result, Scale } from '../../functions/grades/averages/vocabulary.ts';
import { fc } from './draws.ts';
import { type Sheet, written } from './pocket-calculator.ts';

/** An assessment as far as it is no ordinary one, and what somebody got: points as people write them, or why none. */
export type Given = readonly [Partial<Assessment>, (number | 'absent' | 'exempt' | 'missing')?];

/** What that brings: out of 20 with coefficient 1, unless said. */
export function entryFor([assessment, got]: Given): Entry {
  const ordinary = { out_of: 2000, coefficient: 100, counts: 'always' as const };
  if (got === undefined) return entryOf({ ...ordinary, ...assessment });
  const result = typeof got === 'number' ? { score: Math.round(got * 100) } : { status: got };
  return entryOf({ ...ordinary, ...assessment }, result);
}

/** A class with all that its teachers entered in a term. */
export interface Classroom {
  readonly programme: Programme;
  readonly assessments: readonly Assessment[];
  /** One list for each student, whose number is its place; a result for each assessment, none where unmarked. */
  readonly results: readonly (readonly (Result | undefined)[])[];
}

const STUDENTS = 5;

// Mostly weights as schools choose them, which make ties and halves; sometimes any.
const weight = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(50, 100, 200, 300, 400) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 10_000 }) },
);
const counts = fc.oneof(
  { weight: 4, arbitrary: fc.constant('always' as const) },
  { weight: 1, arbitrary: fc.constantFrom('bonus' as const, 'never' as const) },
);
const NAMES = ['French', 'Maths', 'Oral', 'Written', 'Latin', 'Sport'];

const subject = (name: string, above: readonly string[]) =>
  fc.record(
    {
      name: fc.constant(name),
      coefficient: weight,
      parent: fc.constantFrom(...above, 'nowhere'),
      counts,
      students: fc.subarray(Array.from({ length: STUDENTS }, (_, student) => student)),
    },
    { requiredKeys: ['name', 'coefficient'] },
  );

/** Programmes with every option: parts of parts, options, bonuses, categories or none, all three scales. */
export const anyProgramme: fc.Arbitrary<Programme> = fc
  .record({
    scale: fc.constantFrom<Scale>(20, 10, 100),
    subjects: fc.integer({ min: 0, max: NAMES.length }).chain((n) => {
      const names = NAMES.slice(0, n);
      return fc.tuple(...names.map((name, at) => subject(name, names.slice(0, at))));
    }),
    categories: fc
      .array(weight, { maxLength: 3 })
      .map((weights) => weights.map((each, at) => ({ name: `kind ${at}`, weight: each }))),
    rank_needs: fc.oneof(fc.constant(50), fc.integer({ min: 0, max: 100 })),
  })
  .map((programme) => ({ ...programme, pass_mark: programme.scale * 50 }));

const anyAssessment = ({ scale, subjects, categories }: Programme): fc.Arbitrary<Assessment> =>
  fc.record(
    {
      subject: fc.constantFrom(...subjects.map(({ name }) => name), 'Choir'),
      category: fc.constantFrom(...categories.map(({ name }) => name), 'dropped'),
      out_of: fc.oneof(
        fc.constant(scale * 100),
        fc.constantFrom(500, 1000, 4000),
        fc.integer({ min: 50, max: 100_000 }),
      ),
      coefficient: weight,
      counts,
    },
    { requiredKeys: ['out_of', 'coefficient', 'counts'] },
  );

/** A result of an assessment: most of them in quarters, so that equal figures come about. */
export const anyResult = ({ out_of }: Assessment): fc.Arbitrary<Result | undefined> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 4 }).map((n) => ({ score: Math.floor((out_of * n) / 4) })) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: out_of }).map((score) => ({ score })) },
    { weight: 1, arbitrary: fc.constantFrom('absent', 'exempt', 'missing').map((status) => ({ status })) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );

/** A class in a term, its programme and what it was given. */
export const anyClassroom: fc.Arbitrary<Classroom> = anyProgramme.chain((programme) =>
  fc.array(anyAssessment(programme), { maxLength: 14 }).chain((assessments) =>
    fc.record({
      programme: fc.constant(programme),
      assessments: fc.constant(assessments),
      results: fc.array(fc.tuple(...assessments.map(anyResult)), { minLength: 1, maxLength: STUDENTS }),
    }),
  ),
);

/** What each student got, as their own sheet. */
export const sheetsOf = ({ programme, assessments, results }: Classroom): Sheet[] =>
  results.map((own, student) => ({
    programme,
    student,
    results: assessments.map((assessment, at) => [assessment, own[at]] as const),
  }));

/** The card that the application makes of a sheet. */
export const cardFrom = ({ programme, student, results }: Sheet): Card =>
  cardOf(
    programme,
    student,
    results.map(([assessment, result]) => entryOf(assessment, result)),
  );

/** Every figure of a card by its path, as the oracle names them. */
export function figuresOf(card: Card): Record<string, string> {
  const figures: Record<string, string> = {};
  const note = (path: string, figure: number | undefined) => {
    if (figure !== undefined) figures[path] = written(figure);
  };
  const walk = (above: string, { name = '–', figure, categories, parts }: SubjectLine) => {
    note(above + name, figure);
    for (const category of categories) note(`${above}${name}/${category.name}`, category.figure);
    for (const part of parts) walk(`${above}${name}/`, part);
  };
  for (const line of card.subjects) walk('', line);
  return figures;
}
