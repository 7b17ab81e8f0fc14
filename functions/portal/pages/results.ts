import * as z from 'zod';

const Status = z.enum(['absent', 'exempt', 'missing']);

/** What somebody has in an assessment, or nothing. */
export const Standing = z.object({
  score: z.number().optional(),
  status: Status.optional(),
  comment: z.string().optional(),
  author: z.string().optional(),
  at: z.string().optional(),
  version: z.int(),
});
export type Standing = z.output<typeof Standing>;

/** `GET /assessments/{id}/results`. */
export const Results = z.array(Standing.extend({ student_id: z.int(), name: z.string() }));
export type Results = z.output<typeof Results>;

/** What is sent of one student. */
export type Entry = { readonly score: number | null } | { readonly status: z.output<typeof Status> };

const LETTERS: Readonly<Record<z.output<typeof Status>, string>> = { absent: 'a', exempt: 'd', missing: 'n' };

const STATUSES: Readonly<Record<string, z.output<typeof Status>>> = { a: 'absent', d: 'exempt', n: 'missing' };

/**
 * What was typed into a cell: `12,5`, `a` (absent), `d` (dispensé), `n` (non rendu), or nothing.
 * @returns undefined where it is none of these
 */
export function entryOf(text: string): Entry | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === '') return { score: null };
  const status = STATUSES[plain];
  if (status) return { status };
  return /^\d{1,4}([.,]\d{1,2})?$/.test(plain) ? { score: Number(plain.replace(',', '.')) } : undefined;
}

/** What stands, as it is typed. @param written a number in the visitor's language */
export const typedOf = ({ score, status }: Standing, written: (value: number) => string): string =>
  status ? LETTERS[status] : score === undefined ? '' : written(score);

/** The figures of an assessment, on its own scale: what was not handed in is 0, an absence is nothing. */
export interface Spread {
  readonly count: number;
  readonly mean: number | undefined;
  readonly median: number | undefined;
  /** How many stand in each twentieth. */
  readonly bins: readonly number[];
}

const BINS = 20;

/** @param most what could be had */
export function spreadOf(entries: readonly (Entry | undefined)[], most: number): Spread {
  const scores = entries
    .flatMap((one) => (one && 'score' in one ? (one.score ?? []) : one?.status === 'missing' ? 0 : []))
    .filter((score) => score <= most)
    .sort((a, b) => a - b);
  const bins = Array.from({ length: BINS }, () => 0);
  for (const score of scores) {
    const at = Math.min(BINS - 1, Math.floor((score / most) * BINS));
    bins[at] = (bins[at] ?? 0) + 1;
  }
  const [low = 0, high = 0] = [scores[(scores.length - 1) >> 1], scores[scores.length >> 1]];
  const isAny = scores.length > 0;
  return {
    count: scores.length,
    mean: isAny ? scores.reduce((sum, one) => sum + one, 0) / scores.length : undefined,
    median: isAny ? (low + high) / 2 : undefined,
    bins,
  };
}
