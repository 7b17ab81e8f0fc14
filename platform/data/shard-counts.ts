/** The most shards: each of them is asked for every page of a list. */
const MOST_SHARDS = 32;

/** Over how many keys a partition is spread that everybody shares. */
export interface ShardCounts {
  /** How many take what is written. */
  readonly written: number;
  /** How many are read: never fewer, so that nothing is out of sight. */
  readonly read: number;
  /** Whether items may be on their way from one to another. */
  readonly areMoving: boolean;
}

/** @throws Error for what is no number of shards */
function countIn(name: string, text: string, least: number): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < least || count > MOST_SHARDS)
    throw new Error(`${name} is ${text}, which is no whole number from ${least} to ${MOST_SHARDS}`);
  return count;
}

/**
 * The numbers of shards as they were set.
 * @param written `SHARDS`; 1 where it is empty
 * @param read `SHARDS_READ`, while a move from one number to another goes on; as many as are written where it is empty
 * @throws Error for numbers that cannot be meant: fewer read than written would hide what is written
 */
export function shardCounts(written: string | undefined, read: string | undefined): ShardCounts {
  const count = countIn('SHARDS', written || '1', 1);
  return { written: count, read: read ? countIn('SHARDS_READ', read, count) : count, areMoving: Boolean(read) };
}
