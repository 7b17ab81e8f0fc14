import { clock, epochSeconds } from '../../platform/base/clock.ts';
import type { KeyPart } from '../../platform/base/key-part.ts';
import { key } from '../../platform/data/key.ts';
import type { Key } from '../../platform/data/table.ts';
import {
  AlreadyDone,
  alreadyDone,
  type Condition,
  LostUpdate,
  lostUpdate,
  remove,
  update,
} from '../../platform/data/write.ts';
import { table } from './table.ts';

// Written by itself and not with a commit: a try counts though the request that made it is refused.

/** What was tried on one target lately and did not succeed, or not yet. */
export interface Tries {
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly last_at: number;
}

const triesKey = (target: KeyPart): Key => ({ pk: key`GUESS#${target}`, sk: key`FAILURES` });

/** An item that DynamoDB has not yet deleted after its time is no such item: its count is not to be added to. */
const below = (most: number): Condition => ({
  when: 'attribute_not_exists(pk) OR (#ttl > :now AND #count < :most)',
  names: { '#count': 'count', '#ttl': 'ttl' },
  values: { ':now': epochSeconds(), ':most': most },
  otherwise: lostUpdate,
});

const gone = (): Condition => ({
  when: 'attribute_not_exists(pk) OR #ttl <= :now',
  names: { '#ttl': 'ttl' },
  values: { ':now': epochSeconds() },
  otherwise: lostUpdate,
});

const asRead = ({ count, last_at }: Tries): Condition => ({
  when: '#count = :count AND last_at = :last_at',
  names: { '#count': 'count' },
  values: { ':count': count, ':last_at': last_at },
  otherwise: lostUpdate,
});

const stamps = (keptSeconds: number) => ({ last_at: clock.now(), ttl: epochSeconds() + keptSeconds });

/** The tries on a target; undefined when there were none for a while. One read. */
export const find = (target: KeyPart): Promise<Tries | undefined> => table.get(triesKey(target));

/**
 * Counts a try where fewer than `most` stand, atomically: of any number at once no more get through. One write.
 * @param keptSeconds after which all tries on the target are forgotten, unless there is another
 * @returns how many there are with it; undefined where it was not counted
 */
export const addBelow = (target: KeyPart, most: number, keptSeconds: number): Promise<number | undefined> =>
  table
    .updated<Tries>(update(triesKey(target), { set: stamps(keptSeconds), add: { count: 1 } }, below(most)))
    .then(({ count }) => count)
    .catch((error: unknown) => {
      if (error instanceof LostUpdate) return undefined;
      throw error;
    });

/**
 * Counts a try beyond those that were read. One write.
 * @returns how many there are with it
 * @throws LostUpdate when another came first
 */
export async function addTo(target: KeyPart, before: Tries | undefined, keptSeconds: number): Promise<number> {
  const count = (before?.count ?? 0) + 1;
  const set = { ...stamps(keptSeconds), count };
  await table.updated(update(triesKey(target), { set }, before ? asRead(before) : gone()));
  return count;
}

/** Takes a try back that turned out to be none; nothing happens where all of them were forgotten meanwhile. One write. */
export async function takeBack(target: KeyPart): Promise<void> {
  const some = { when: '#count > :none', names: { '#count': 'count' }, values: { ':none': 0 }, otherwise: alreadyDone };
  await table.updated(update(triesKey(target), { add: { count: -1 } }, some)).catch((error: unknown) => {
    if (!(error instanceof AlreadyDone)) throw error;
  });
}

/** Forgets the tries on a target. One write. */
export const forget = (target: KeyPart): Promise<void> => table.write([remove(triesKey(target))]);
