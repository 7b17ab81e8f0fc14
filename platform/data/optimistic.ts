import { problem } from '../base/problems.ts';
import { retrying } from '../base/retry.ts';
import { LostUpdate } from './write.ts';

const RETRIES = { attempts: 40, firstPauseMs: 50, longestPauseMs: 50 };

const isLostUpdate = (error: unknown): boolean => error instanceof LostUpdate;

/**
 * Runs a read, a change and a conditional write as if nobody else were at the record: again, when somebody was
 * (optimistic concurrency control).
 * @throws busy when the record moves faster than we can follow
 */
export const optimistically = <T>(attempt: () => Promise<T>): Promise<T> =>
  retrying(attempt, { ...RETRIES, worthwhile: isLostUpdate }).catch((cause: unknown) => {
    throw isLostUpdate(cause) ? problem.busy({ cause }) : cause;
  });
