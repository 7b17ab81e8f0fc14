/** A stream of numbers from 0 to 1, the same for the same seed: mulberry32. */
export function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Chances, with what a normal distribution has at each. */
export interface Chances {
  readonly chance: Float64Array;
  readonly normal: Float64Array;
}

/** So many of a stream: two of its numbers make one that is normal (Box and Muller), whose chance is then known. */
export function chances(count: number, seed: number): Chances {
  const next = stream(seed);
  const normal = Float64Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    return radius * Math.cos(2 * Math.PI * next());
  });
  return { normal, chance: normal.map(chanceOf) };
}

/** The chance of a normal number to be below: Abramowitz and Stegun 7.1.26, right to seven digits. */
function chanceOf(normal: number): number {
  const x = Math.abs(normal) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const above = (series * Math.exp(-x * x)) / 2;
  return normal > 0 ? 1 - above : above;
}

/** From here on a Poisson number is taken as a normal one, corrected for its skew: the two differ by less than one. */
const MANY = 60;

/**
 * How many come where so many do in the mean: the number of a Poisson distribution at this chance. The same chance gives
 * more where the mean is more, which is why the same year can be lived by schools of every size.
 */
export function poisson(mean: number, { chance, normal }: Chances, at: number): number {
  const z = normal[at] ?? 0;
  if (mean >= MANY) return Math.max(0, Math.round(mean + z * Math.sqrt(mean) + (z * z - 1) / 6));
  const below = chance[at] ?? 0;
  let probability = Math.exp(-mean);
  let sum = probability;
  let count = 0;
  while (sum < below && count < 10 * MANY) {
    count += 1;
    probability *= mean / count;
    sum += probability;
  }
  return count;
}
