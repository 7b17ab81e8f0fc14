import { epochSeconds } from '../base/clock.ts';
import type { KeyPart } from '../base/key-part.ts';
import { problem } from '../base/problems.ts';
import { key } from './key.ts';
import type { Table } from './table.ts';
import { type Condition, type Item, type Key, LostUpdate, lostUpdate, update } from './write.ts';

// Written by itself and not with a commit: a try counts though the request that made it is refused.

/** How often something may be tried. */
export interface Allowance {
  readonly most: number;
  /** For how long, from the first try on, in seconds. */
  readonly seconds: number;
}

const keyOf = (name: KeyPart): Key => ({ pk: key`TALLY#${name}`, sk: key`TALLY` });

/** Seconds until a window closes, none when it has; DynamoDB itself removes a closed one up to days later. */
const left = (tally: Item | undefined): number => Number(tally?.ttl ?? 0) - epochSeconds();

const below = (most: number): Condition => ({
  when: '#ttl > :now AND #count < :most',
  names: { '#ttl': 'ttl', '#count': 'count' },
  values: { ':now': epochSeconds(), ':most': most },
  otherwise: (current) => (left(current) > 0 ? problem.too_many_requests({ retryAfter: left(current) }) : lostUpdate()),
});

const closed = (): Condition => ({
  when: 'attribute_not_exists(pk) OR #ttl <= :now',
  names: { '#ttl': 'ttl' },
  values: { ':now': epochSeconds() },
  otherwise: lostUpdate,
});

/**
 * Counts a try before it is made, so that of any number at once no more than `most` get through. One write, two for the
 * first of a window.
 * @param name what is tried, and by whom
 * @throws too_many_requests, with the time until the window closes
 */
export async function countTry(table: Table, name: KeyPart, { most, seconds }: Allowance): Promise<void> {
  const another = () => table.updated(update(keyOf(name), { add: { count: 1 } }, below(most)));
  const first = () =>
    table.updated(update(keyOf(name), { set: { count: 1, ttl: epochSeconds() + seconds } }, closed()));
  const unlessLost = (next: () => Promise<unknown>) => (error: unknown) => {
    if (!(error instanceof LostUpdate)) throw error;
    return next();
  };
  // Whoever loses the race for the first counts as another.
  await another().catch(unlessLost(() => first().catch(unlessLost(another))));
}
