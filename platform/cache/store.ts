import type { KeyText } from '../data/key.ts';

/** A value as it is kept. */
export interface Entry {
  /** The generation that was read before the value was computed. */
  readonly generation: string;
  /** The value, as JSON. */
  readonly value: string;
}

/** What a text says as JSON; undefined where it is none, whoever put it there. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Where cached values lie. Whatever becomes of it, nobody is told: what it cannot give is not there, and what it cannot
 * keep is computed again. It may give an old entry, since its generation tells.
 */
export interface Store {
  /** What lies under a key; undefined where nothing does, or where the store does not answer in time. Never throws. */
  get(key: KeyText): Promise<Entry | undefined>;
  /** Keeps an entry for so many seconds, if it can. Never throws. */
  put(key: KeyText, entry: Entry, seconds: number): Promise<void>;
  /** Lets go of what lies under a key, if it can. Never throws. */
  drop(key: KeyText): Promise<void>;
}
