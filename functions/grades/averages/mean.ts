import { roundedQuotient } from '../../../platform/base/decimal.ts';
import { leastCommonMultiple } from './exact.ts';
import type { Counts, Figure, Scale } from './vocabulary.ts';

/**
 * What something brings into the mean above it. Tallies of the same `out_of` add up, field by field, so that a thousand
 * plain marks may be kept as one.
 */
export interface Tally {
  /** Twice points × weight, in hundredths of each: twice, so that half the scale is whole for every `out_of`. */
  readonly twice: number;
  /** The points that could be had, in hundredths. */
  readonly out_of: number;
  /** Hundredths; 0 for what adds to the sum alone, or brings nothing. */
  readonly weight: number;
}

/** What stands below a mean: a result of an assessment, or a figure, which is out of the scale. */
export interface Part {
  /** Hundredths, up to `out_of`; undefined for what has no figure. */
  readonly points: number | undefined;
  readonly out_of: number;
  /** Hundredths. */
  readonly weight: number;
  /** Always, unless said. */
  readonly counts?: Counts | undefined;
}

/** A scale's highest point, in the unit of figures. */
export const top = (scale: Scale): Figure => scale * 100;

/** What a part brings: nothing without points or with `never`; as a `bonus` what exceeds half, and no weight. */
export function tallyOf({ points, out_of, weight, counts = 'always' }: Part): Tally {
  if (points === undefined || counts === 'never') return { twice: 0, out_of, weight: 0 };
  if (counts === 'bonus') return { twice: Math.max(0, 2 * points - out_of) * weight, out_of, weight: 0 };
  return { twice: 2 * points * weight, out_of, weight };
}

function exact(sum: number): bigint {
  if (!Number.isSafeInteger(sum)) throw new RangeError(`${sum} is no exact sum of points or weights`);
  return BigInt(sum);
}

/**
 * The one rule of all averages: **a figure is the weighted mean of the printed figures right below it that exist,
 * rounded once, half up, to hundredths.**
 *
 * Results make the figure of a category, or of the subject where there are no categories; categories make a sub-subject,
 * sub-subjects a subject, subjects the general figure, and the general figures of terms that of the term above them, up
 * to the year. A result enters as score ÷ `out_of` × scale, unrounded; everything else as it is printed, so that whoever
 * holds the sheet can recompute it with a pocket calculator. What has no figure drops out with its weight; with nothing
 * below but what adds, there is no figure; and none is above the scale.
 *
 * @throws RangeError where a sum is not whole, or so large that it may have been rounded.
 * @example devoirs 11/20 and 6/10 → 11.50; composition 9 → (11.50 + 9) ÷ 2 = 10.25
 */
export function meanOf(tallies: readonly Tally[], scale: Scale): Figure | undefined {
  // A tally of one result is at most 2 × 100,000 × 10,000: plain numbers stay exact up to four million of them.
  const twiceBy = new Map<number, number>();
  let weight = 0;
  for (const tally of tallies) {
    twiceBy.set(tally.out_of, (twiceBy.get(tally.out_of) ?? 0) + tally.twice);
    weight += tally.weight;
  }
  if (weight === 0) return undefined;
  // Brought to a common denominator, which leaves 2^53 behind at once where assessments are out of 7, 13 and 19.99.
  const common = [...twiceBy.keys()].map(BigInt).reduce(leastCommonMultiple);
  let sum = 0n;
  for (const [outOf, twice] of twiceBy) sum += exact(twice) * (common / BigInt(outOf));
  const figure = roundedQuotient(sum * BigInt(top(scale)), 2n * common * exact(weight));
  return Math.min(figure, top(scale));
}
