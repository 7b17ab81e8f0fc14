import type { Write } from '../../../platform/data/write.ts';
import { commit } from '../../../platform/events/commit.ts';
import { table } from '../table.ts';

/** Two items a line, and one for the class: the most that fit into one transaction with what else may go along. */
const MOST_AT_ONCE = 48;

/** What some lines come to: what is written, and what became of each. */
export interface Entered<O> {
  readonly writes: readonly Write[];
  readonly outcomes: O[];
}

/**
 * Stores the lines of a class, as many as a transaction holds at a time, one after the other.
 * @param enter reads and judges some lines; it may be asked again
 * @returns what became of all but the last lines, which are left to the caller with what they come to
 */
export async function lineByLine<L, O>(lines: readonly L[], enter: (some: readonly L[]) => Promise<Entered<O>>) {
  const told: O[] = [];
  let rest = lines;
  for (; rest.length > MOST_AT_ONCE; rest = rest.slice(MOST_AT_ONCE)) {
    const some = rest.slice(0, MOST_AT_ONCE);
    told.push(...(await commit(table, () => enter(some))).outcomes);
  }
  return { told, last: () => enter(rest) };
}
