import { roundedQuotient } from '../../../platform/base/decimal.ts';
import { rootBelow } from './exact.ts';
import { top } from './mean.ts';
import type { Figure, Programme } from './vocabulary.ts';

/** The histogram's bins: twentieths of the scale. */
const BINS = 20;

/** What is told of the figures of a class. Hundredths of a point, each rounded once, half up. */
export interface Distribution {
  readonly mean: Figure;
  readonly median: Figure;
  readonly min: Figure;
  readonly max: Figure;
  /** Of the population: the class is all there is, and no sample of anything. */
  readonly standard_deviation: Figure;
  /** Of those who have a figure, in hundredths of a per cent. */
  readonly pass_rate: number;
}

/** The statistics of a class: no distribution where nobody has a figure. */
export interface Statistics {
  /** Members, with or without a figure. */
  readonly size: number;
  /** Those who have one. */
  readonly count: number;
  readonly distribution: Distribution | undefined;
  /** How many figures fall in each twentieth of the scale, from the lowest; the highest point falls in the last. */
  readonly histogram: readonly number[];
}

/** The middle one, or the mean of both that are: of at least one figure, in ascending order. */
function medianOf(sorted: readonly Figure[]): Figure {
  const upper = sorted[sorted.length >> 1] ?? 0;
  const lower = sorted[(sorted.length - 1) >> 1] ?? 0;
  return roundedQuotient(BigInt(lower + upper), 2n);
}

/** √(n·Σx² − (Σx)²) ÷ n, whose root is the only number here that no fraction equals: rounded by its whole part. */
function deviationOf(figures: readonly Figure[], sum: number): Figure {
  const n = BigInt(figures.length);
  const squares = BigInt(figures.reduce((all, figure) => all + figure * figure, 0));
  // ⌊√N ÷ n + ½⌋ = ⌊(⌊√4N⌋ + n) ÷ 2n⌋, whole numbers throughout: what lies between two of them decides nothing.
  const root = rootBelow(4n * (n * squares - BigInt(sum) ** 2n));
  return Number((root + n) / (2n * n));
}

function histogramOf(figures: readonly Figure[], scale: Programme['scale']): number[] {
  const width = top(scale) / BINS;
  const bins = Array.from({ length: BINS }, () => 0);
  for (const figure of figures) {
    const bin = Math.min((figure - (figure % width)) / width, BINS - 1);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}

/**
 * The statistics of a class, in a subject or in general, made of its members' printed figures.
 *
 * @param members one for each member who is in the class at the end of the term, undefined for who has no figure.
 */
export function statisticsOf(
  members: readonly (Figure | undefined)[],
  { scale, pass_mark }: Pick<Programme, 'scale' | 'pass_mark'>,
): Statistics {
  const figures = members.filter((figure) => figure !== undefined).sort((a, b) => a - b);
  const [min, max] = [figures[0], figures.at(-1)];
  const tally = { size: members.length, count: figures.length, histogram: histogramOf(figures, scale) };
  if (min === undefined || max === undefined) return { ...tally, distribution: undefined };
  // Figures are at most 10,000: their squares add up exactly in plain numbers for ninety million members.
  const sum = figures.reduce((all, figure) => all + figure, 0);
  const n = BigInt(figures.length);
  const passed = BigInt(figures.filter((figure) => figure >= pass_mark).length);
  const distribution = {
    mean: roundedQuotient(BigInt(sum), n),
    median: medianOf(figures),
    min,
    max,
    standard_deviation: deviationOf(figures, sum),
    pass_rate: roundedQuotient(10_000n * passed, n),
  };
  return { ...tally, distribution };
}
