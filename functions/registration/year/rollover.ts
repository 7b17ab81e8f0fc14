import * as z from 'zod';
import { rule } from '../../../platform/schema/rule.ts';
import { ClassName, classWord, Outcome } from './enrolment.ts';

/** The most moves and the most students named in one call: a body has a thousand fields. */
const MOST_MOVES = 200;
const MOST_NAMED = 300;

/** A school year by its label: two calendar years that follow each other, or one where the school counts like the calendar. */
const Year = z
  .string()
  .regex(/^\d{4}(?:-\d{4})?$/)
  .refine(
    (label) => {
      const [first, second] = label.split('-').map(Number);
      return second === undefined || second === Number(first) + 1;
    },
    rule('no_school_year', {
      fr: 'Une année scolaire s’écrit comme 2026-2027',
      en: 'A school year is written like 2026-2027',
    }),
  )
  .meta({ override: { type: 'string', pattern: '^\\d{4}(-\\d{4})?$', examples: ['2026-2027'] } });

/** Where a class goes; null where its students have finished. */
const Move = z.strictObject({ class_name: ClassName, to: ClassName.nullable() });
export type Move = z.output<typeof Move>;

/** What is said of one student, whatever the council decided and their class does. */
const Ruling = z.strictObject({ id: z.int().min(1), outcome: Outcome, class_name: ClassName.optional() });
export type Ruling = z.output<typeof Ruling>;

const namedTwice = rule('named_twice', { fr: 'Déjà nommé', en: 'Named already' });

const notTheNext = rule('not_the_next_year', {
  fr: 'Ce n’est pas l’année qui suit',
  en: 'This is not the year that follows',
});

const firstYear = (label: string): number => Number(label.slice(0, 4));

/** The places of what stands before already. */
function* repeated<T>(all: readonly T[]): Generator<number> {
  const seen = new Set<T>();
  for (const [i, one] of all.entries()) {
    if (seen.has(one)) yield i;
    seen.add(one);
  }
}

/** `POST /students/rollover`. */
export const Rollover = z
  .strictObject({
    from: Year,
    to: Year,
    moves: z.array(Move).max(MOST_MOVES).default([]),
    students: z.array(Ruling).max(MOST_NAMED).default([]),
  })
  .superRefine(({ from, to, moves, students }, context) => {
    const refuse = (path: (string | number)[], why: object) => context.addIssue({ code: 'custom', path, ...why });
    if (firstYear(to) !== firstYear(from) + 1) refuse(['to'], notTheNext);
    for (const i of repeated(moves.map(({ class_name }) => classWord(class_name))))
      refuse(['moves', i, 'class_name'], namedTwice);
    for (const i of repeated(students.map(({ id }) => id))) refuse(['students', i, 'id'], namedTwice);
  });
export type Rollover = z.output<typeof Rollover>;

/** By what a student's next year was settled; `done` where it had been before this call, `left` where they are gone. */
const Why = z.enum(['said', 'decision', 'move', 'done', 'left']);

/** What becomes of one student. */
export const Passage = z.object({
  id: z.int(),
  name: z.string(),
  /** Their class of the year that is left. */
  class_name: z.string().optional(),
  outcome: Outcome.optional(),
  /** Their class of the next year; none for whoever leaves. */
  to: z.string().optional(),
  why: Why,
  /** Whether it stands. */
  done: z.boolean(),
});
export type Passage = z.output<typeof Passage>;

/** What a roll-over comes to. */
export const RolloverView = z.object({
  from: z.string(),
  to: z.string(),
  dry_run: z.boolean(),
  /** Whether everybody's passage stands; if not, the same call goes on with the others. */
  complete: z.boolean(),
  counts: z.object({
    promoted: z.int(),
    repeats: z.int(),
    conditional: z.int(),
    leaves: z.int(),
  }),
  students: z.array(Passage),
  /** Classes of the year that is left for which no move was given: nobody in them was touched but who was named. */
  without_move: z.array(z.object({ class_name: z.string(), students: z.int() })),
  /** Terms of the year that is left which are still open: the real run refuses them. */
  open_terms: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type RolloverView = z.output<typeof RolloverView>;
