/** The measurements of the board, in the order in which they are made: each the name of a file beside this one. */
export const NAMES: readonly string[] = [
  'bundles',
  'cold',
  'functions',
  'lukewarm',
  'warm',
  'peers',
  'authorizer',
  'cli',
  'start',
  'http',
  'consumer',
  'import',
  'export',
  'pdf',
  'flood',
  'cache',
  'units',
];

/** The figures of one round, by name. What is compared is measured in the same round, one right after the other. */
export type Round = Readonly<Record<string, number>>;

/** A line of the board, made of the figures of each round. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  /** The value of one round; a ratio is made within the round. */
  readonly of: (round: Round) => number;
  /** Which values are the good ones. */
  readonly better: 'lower' | 'higher';
  readonly goal?: number;
}

/** A table beside the rows: what a reader looks up, and nothing has a goal of. */
export interface Detail {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A measurement. */
export interface Bench {
  /** What is measured, in one sentence. */
  readonly about: string;
  readonly rows: readonly Row[];
  /** How many rounds; one where nothing of it is up to chance. */
  readonly rounds?: number;
  /** What the first round says in full. */
  readonly detail?: (round: Round) => Detail;
  /** Prepares, then gives a round each time it is asked for one; cleans up when it is left. */
  readonly measure: () => AsyncGenerator<Round>;
}

/** A row with what came out. */
export interface Measured extends Omit<Row, 'of'> {
  readonly median: number;
  readonly best: number;
  /** How far the middle half of the rounds lies apart, as a part of the median. */
  readonly spread: number;
}

/** What came out of a measurement. */
export interface Outcome {
  readonly about: string;
  /** The day on which it was measured. */
  readonly date: string;
  readonly rounds: number;
  readonly rows: readonly Measured[];
  readonly detail?: Detail;
  /** Why some of it is not to be believed. */
  readonly doubts: readonly string[];
  /** Why it was not measured here. */
  readonly skipped?: string;
}

/** What a measurement needs and this machine lacks. */
export class Lacking extends Error {}

/** The value below which so great a part of the values lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? Number.NaN;
}

/** The middle value. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Three digits that count, for a file that people read. */
const rounded = (value: number): number => Number(value.toPrecision(4));

function summed({ of, ...row }: Row, rounds: readonly Round[]): Measured {
  const values = rounds.map(of);
  const middle = median(values);
  const best = row.better === 'lower' ? Math.min(...values) : Math.max(...values);
  const spread = middle === 0 ? 0 : (quantile(values, 0.75) - quantile(values, 0.25)) / middle;
  return { ...row, median: rounded(middle), best: rounded(best), spread: rounded(spread) };
}

/** The most that the middle half of the rounds may lie apart. */
const MOST_SPREAD = 0.25;

/** The rows of so many rounds, and which of them contradict each other too much to be believed. */
export function summary({ about, rows, detail }: Bench, rounds: readonly Round[], doubts: readonly string[]): Outcome {
  const measured = rows.map((row) => summed(row, rounds));
  const apart = measured
    .filter(({ spread }) => spread > MOST_SPREAD)
    .map(({ what, spread }) => `${what}: the rounds lie ${(100 * spread).toFixed(0)} % apart`);
  const date = new Date().toISOString().slice(0, 10);
  const [first] = rounds;
  return {
    ...{ about, date, rounds: rounds.length, rows: measured },
    ...(first && detail && { detail: detail(first) }),
    doubts: [...new Set([...doubts, ...apart])],
  };
}
