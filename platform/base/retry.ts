import { setTimeout as pause } from 'node:timers/promises';

/** How often and after which pauses something is tried. */
export interface Retrying {
  /** How many tries there are in all. */
  readonly attempts: number;
  /** The longest pause (ms) after the first failure; it doubles with each further one. */
  readonly firstPauseMs: number;
  /** The longest pause (ms) there is. */
  readonly longestPauseMs?: number;
  /** Whether an error is worth another try. */
  readonly worthwhile: (error: unknown) => boolean;
}

/**
 * Tries until it succeeds, after pauses that grow and are drawn at random (exponential backoff with full jitter), so that
 * callers who met do not meet again.
 * @throws the error that is not worth another try, or the last one
 */
export async function retrying<T>(attempt: () => Promise<T>, how: Retrying): Promise<T> {
  const { attempts, firstPauseMs, longestPauseMs = Number.POSITIVE_INFINITY, worthwhile } = how;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= attempts || !worthwhile(error)) throw error;
      await pause(Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1)));
    }
  }
}
