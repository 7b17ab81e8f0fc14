import * as z from 'zod';
import { rule } from '../../../platform/schema/rule.ts';

const STEP = 0.01;

/** A number of at most two decimals as the whole hundredths that the arithmetic counts in. */
export const hundredths = (value: number): number => Math.round(value * 100);

/** Whole hundredths as the number that people read. */
export const decimal = (value: number): number => value / 100;

const isInSteps = (value: number): boolean => hundredths(value) / 100 === value;

const tooFine = rule('too_fine', { fr: 'Deux décimales au plus', en: 'At most two decimals' });

/** A number of at most two decimals: a finer one is refused rather than rounded behind the teacher's back. */
export const decimals = (least: number, most: number) =>
  z.number().min(least).max(most).refine(isInSteps, tooFine).meta({ multipleOf: STEP });

/** A coefficient or a weight: above 0, at most 100, in steps of 0.01. */
export const Factor = z.number().positive().max(100).refine(isInSteps, tooFine).meta({ multipleOf: STEP });
