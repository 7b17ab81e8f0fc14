import * as z from 'zod';
import { rule } from '../../platform/http/rule.ts';
import { line } from '../../platform/text.ts';

const STEP = 0.01;

const hundredths = (value: number): number => Math.round(value * 100);

const isInSteps = (value: number): boolean => hundredths(value) / 100 === value;

const tooFine = rule('too_fine', { fr: 'Deux décimales au plus', en: 'At most two decimals' });

/** A mark on the scale 0–20, in steps of 0.01: a finer one is refused rather than rounded behind the teacher's back. */
export const Grade = z.number().min(0).max(20).refine(isInSteps, tooFine).meta({ multipleOf: STEP });

/** How much a mark weighs in the average: above 0, at most 100, in steps of 0.01. */
export const Coefficient = z.number().positive().max(100).refine(isInSteps, tooFine).meta({ multipleOf: STEP });

/** What a teacher enters: `POST /add_grade/{student_id}`. */
export const NewMark = z.strictObject({
  grade: Grade,
  subject: line(100).optional(),
  coefficient: Coefficient.default(1),
  comment: line(500).optional(),
});
export type NewMark = z.output<typeof NewMark>;

/** A mark as it is stored. */
export interface Mark extends NewMark {
  /** UUIDv7: marks sort in the order they were entered. */
  readonly id: string;
  /** The username of who entered it. */
  readonly author: string;
  readonly at: string;
  readonly version: number;
}

/**
 * What the marks of a student add up to. Whole numbers, since sums of decimals drift: 0.1 + 0.2 is not 0.3.
 * The average is `weighted_sum / coefficient_sum / 100`.
 */
export interface Totals {
  readonly marks_count: number;
  /** The sum of grade × coefficient, in ten-thousandths. */
  readonly weighted_sum: number;
  /** The sum of the coefficients, in hundredths. */
  readonly coefficient_sum: number;
}

export const NO_MARKS: Totals = { marks_count: 0, weighted_sum: 0, coefficient_sum: 0 };

/** What one mark adds to its student's totals. */
export const contributionOf = ({ grade, coefficient }: Pick<Mark, 'grade' | 'coefficient'>): Totals => ({
  marks_count: 1,
  weighted_sum: hundredths(grade) * hundredths(coefficient),
  coefficient_sum: hundredths(coefficient),
});
