import { createHash } from 'node:crypto';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';

/**
 * Into how many partitions the ranking of a term is split, by class: enough for some twenty thousand students whose
 * marks all come in at once. Reading it takes as many queries, side by side.
 */
export const SHARDS = 4;

/** The shard that a class falls into. */
const shardOf = (ref: KeyPart): number => (createHash('sha256').update(ref).digest()[0] ?? 0) % SHARDS;

/** One shard of the ranking of a term. */
export const shardKey = (term: KeyPart, shard: number): KeyText => key`RANKING#${term}#${shard}`;

/**
 * Where it stands that a class was changed since the ranking last took it in. It is read before the
 * entries of its shard, and sorts before them.
 */
export const markerOf = ({ ref, term }: { readonly ref: KeyPart; readonly term: KeyPart }): Key => ({
  pk: shardKey(term, shardOf(ref)),
  sk: key`!${ref}`,
});

/** The shard of a class's entries. */
export const shardFor = ({ ref, term }: { readonly ref: KeyPart; readonly term: KeyPart }): KeyText =>
  shardKey(term, shardOf(ref));
