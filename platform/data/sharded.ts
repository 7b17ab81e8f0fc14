import { type KeyText, key } from './key.ts';
import { type ShardCounts, shardCounts } from './shard-counts.ts';

/** The numbers of shards that this deployment has (docs/scale.md). @throws Error for numbers that cannot be meant */
export const deployedShards = (): ShardCounts => shardCounts(process.env.SHARDS, process.env.SHARDS_READ);

// What cannot be meant is told as a function starts, not by the first list that somebody asks for.
deployedShards();

/** FNV-1a, its bits mixed once more: its low ones alone know little of a text, and counting on would fill shards unevenly. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (const byte of Buffer.from(text)) sum = Math.imul(sum ^ byte, 0x01000193);
  sum = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  return (sum ^ (sum >>> 13)) >>> 0;
}

/**
 * A partition on which everybody writes, spread over as many keys as the deployment says: one key alone bears 1,000
 * writes a second. Each item is under one of them, with a sort value of its own, so that a list is all of them merged.
 */
export class Sharded {
  /** The key of the first shard, which is the only one of a small school. */
  readonly first: KeyText;

  constructor(first: KeyText) {
    this.first = first;
  }

  /**
   * The key under which an item is written.
   * @param id what an item keeps as long as it lives
   */
  of(id: string | number): KeyText {
    return this.#at(hash(String(id)) % deployedShards().written);
  }

  /** The keys under which items may stand. */
  get keys(): KeyText[] {
    return Array.from({ length: deployedShards().read }, (_, shard) => this.#at(shard));
  }

  #at(shard: number): KeyText {
    return shard === 0 ? this.first : key`${this.first}#${shard}`;
  }
}

/** A partition that is spread over shards. @param first its key as long as there is one shard */
export const sharded = (first: KeyText): Sharded => new Sharded(first);
