import { dirname } from 'node:path';
import type { Mutant } from './population.ts';

/** Numbers from 0 to 1 in an order that the seed decides: a linear congruence, which is fair enough for a draw. */
function dice(seed: number): () => number {
  let state = BigInt(seed) & 0xff_ff_ff_ff_ff_ff_ff_ffn;
  const next = () => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xff_ff_ff_ff_ff_ff_ff_ffn;
    return Number(state >> 11n) / 2 ** 53;
  };
  // Small seeds lie near each other: the first numbers would, too.
  for (let thrown = 0; thrown < 8; thrown++) next();
  return next;
}

function shuffled<T>(list: readonly T[], next: () => number): T[] {
  return list
    .map((one) => ({ one, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}

/** The folder that a figure is told for: a room of a context, a layer of the platform. */
export const roomOf = ({ file }: Mutant): string => dirname(file).split('/').slice(0, 3).join('/');

/**
 * Draws mutants by lot, from each folder in proportion to what it has, in an order that is as good as a draw: who
 * breaks off has a smaller sample.
 * @param size how many; all where there are fewer
 * @param seed the same draws the same
 */
export function draw(mutants: readonly Mutant[], size: number, seed: number): Mutant[] {
  const next = dice(seed);
  const inFolders = shuffled(mutants, next).sort((a, b) => roomOf(a).localeCompare(roomOf(b)));
  const step = Math.max(1, mutants.length / size);
  const offset = next() * step;
  const count = Math.min(size, mutants.length);
  const chosen = Array.from({ length: count }, (_, at) => inFolders[Math.floor(at * step + offset) % mutants.length]);
  return shuffled(
    chosen.filter((one) => one !== undefined),
    next,
  );
}

/**
 * Between which shares the true one lies, 19 times of 20, by Wilson's score.
 * @param part how many of the sample
 * @param whole the size of the sample
 */
export function interval(part: number, whole: number): readonly [low: number, high: number] {
  if (whole === 0) return [0, 1];
  const z = 1.96;
  const share = part / whole;
  const centre = share + z ** 2 / (2 * whole);
  const reach = z * Math.sqrt((share * (1 - share)) / whole + z ** 2 / (4 * whole ** 2));
  const scale = 1 + z ** 2 / whole;
  return [Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale)];
}
