import { clock } from '../../platform/clock.ts';
import type { Key } from '../../platform/data/table.ts';
import { tally } from '../../platform/data/tally.ts';
import { remove } from '../../platform/data/write.ts';
import { table } from './table.ts';

/** What was tried in vain on one target lately. */
export interface Failures {
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly last_at: number;
}

const failureKey = (target: string): Key => ({ pk: `GUESS#${target}`, sk: 'FAILURES' });

/** The failures on a target; undefined when there were none for a while. One read. */
export const findFailures = (target: string): Promise<Failures | undefined> => table.get(failureKey(target));

/** Counts a failure, atomically. @returns how many there are */
export const addFailure = (target: string, keptSeconds: number): Promise<number> =>
  tally(table, failureKey(target), { keptSeconds, set: { last_at: clock.now() } });

/** Forgets the failures on a target. */
export const forgetFailures = (target: string): Promise<void> => table.write([remove(failureKey(target))]);
