import type { Limit } from './limits.ts';
import { Year } from './year.ts';

/** How the students are spread, and the lists with them. */
export interface Spread {
  /** Students of a school where a stack holds several; otherwise it holds one school, of all of them. */
  readonly school?: number;
  /** Over how many keys a list is spread that can be. */
  readonly shards?: number;
  readonly seed?: number;
}

const LEAST = 100;

/** Above so many students nobody asks. */
export const MOST = 1_000_000_000;

/** So many sizes to a power of ten: two digits of each are told. */
const STEPS = 40;

/** How much there is of what a limit limits, at so many students. */
export const amountAt = (limit: Limit, students: number, { school, shards = 1, seed }: Spread = {}): number =>
  limit.of({
    stack: new Year(students, seed),
    school: new Year(Math.min(students, school ?? students), seed),
    shards,
  });

const sizeAt = (step: number): number => Math.round(LEAST * 10 ** (step / STEPS));

/**
 * At how many students a limit is met: the smallest of sizes that lie 6 % apart at which there is more than it bears,
 * found by halving. @returns undefined where a thousand million do not meet it
 */
export function reach(limit: Limit, spread: Spread = {}): number | undefined {
  const isOver = (step: number): boolean => amountAt(limit, sizeAt(step), spread) > limit.most;
  let [under, over] = [0, STEPS * Math.log10(MOST / LEAST)];
  if (!isOver(over)) return undefined;
  if (isOver(under)) return sizeAt(under);
  while (over - under > 1) {
    const middle = Math.floor((under + over) / 2);
    if (isOver(middle)) over = middle;
    else under = middle;
  }
  return sizeAt(over);
}
