import { inOrder, type Merged, type Source } from './in-order.ts';
import type { KeyText } from './key.ts';
import type { Page } from './page.ts';
import type { OneQuery, Query } from './query.ts';
import { deployedShards, Sharded } from './sharded.ts';
import type { Item, Key } from './write.ts';

/** What is read of a whole partition, however many items it has. */
export type Whole = Omit<Query, 'limit' | 'after'>;

/** Asks DynamoDB for some items of one partition. */
type Ask<I> = (query: OneQuery) => Promise<Page<I>>;

/** The keys under which the items of a partition may stand. */
export const keysOf = ({ partition: [, value] }: Whole): readonly KeyText[] =>
  value instanceof Sharded ? value.keys : [value];

/** Whether items of a partition may be on their way from one key to another. */
export const areMoving = ({ partition: [, value] }: Whole): boolean =>
  value instanceof Sharded && deployedShards().areMoving;

/** The attribute by which a partition is sorted. */
export const sortOf = ({ index }: Whole): string => index?.sort ?? 'sk';

/** A query of one key. What it goes on after may stand under another: DynamoDB also takes a place where nothing stands. */
function under(key: KeyText, { after, ...query }: Query): OneQuery {
  const [attribute] = query.partition;
  return { ...query, partition: [attribute, key], after: after && { ...after, [attribute]: key } };
}

/**
 * Where a list goes on after an item: the keys of the table and of the index, as they are in the first shard, so that
 * this leads to the same place however many shards there are by then.
 */
export function placeIn({ index, partition: [attribute, value] }: Whole): (item: Item) => Key {
  const names = ['pk', 'sk', ...(index ? [attribute, index.sort] : [])];
  const first = value instanceof Sharded ? { [attribute]: value.first } : {};
  return (item) => ({ ...Object.fromEntries(names.map((name) => [name, item[name]])), ...first }) as unknown as Key;
}

/** The order of a list is that of the bytes of UTF-8: by UTF-16, what lies beyond U+FFFF would come before U+E000. */
export function orderOf(query: Whole) {
  const sort = sortOf(query);
  const sign = query.newestFirst ? -1 : 1;
  return (one: Item, other: Item): number => {
    const [a, b] = [String(one[sort]), String(other[sort])];
    return a === b ? 0 : sign * Buffer.compare(Buffer.from(a), Buffer.from(b));
  };
}

/** One shard, read query by query. */
function sourceUnder<I>(key: KeyText, query: Query, ask: Ask<I>): Source<I & Item, Item> {
  let { after } = query;
  return async (limit) => {
    const { items, next } = await ask({ ...under(key, { ...query, after }), limit });
    after = next;
    return { items: items as (I & Item)[], until: next };
  };
}

/** What the shards have of a list, as many items as are wanted if there are. */
async function gathered<I>(query: Query, ask: Ask<I>): Promise<Merged<I & Item, Item>> {
  const sources = keysOf(query).map((key) => sourceUnder(key, query, ask));
  const items: (I & Item)[] = [];
  let until: Item | undefined;
  for await (const some of inOrder(sources, orderOf(query), query.limit)) {
    items.push(...some.items);
    until = some.until;
    if (items.length >= query.limit) break;
  }
  return { items, until };
}

/** What two readings of one list saw, each item once and as the later one saw it, as far as both went. */
function both<I>(query: Query, one: Merged<I & Item, Item>, later: Merged<I & Item, Item>): Merged<I & Item, Item> {
  const compare = orderOf(query);
  const seen = new Map([...one.items, ...later.items].map((item) => [JSON.stringify([item.pk, item.sk]), item]));
  const [until] = [one.until, later.until].filter((end) => end !== undefined).sort(compare);
  const items = [...seen.values()].filter((item) => until === undefined || compare(item, until) <= 0);
  return { items: items.sort(compare), until };
}

/**
 * Some items of a partition, in order, as one query of one key gives them: of one that is spread over shards, those of
 * all of them. While items move it is read twice over: one that changes its shard between two questions is met by one
 * reading where it was, or by the next where it is.
 */
export async function spread<I>(query: Query, ask: Ask<I>): Promise<Page<I>> {
  const [only, ...more] = keysOf(query);
  if (only && more.length === 0) return ask(under(only, query));
  const first = await gathered(query, ask);
  const { items, until } = areMoving(query) ? both(query, first, await gathered(query, ask)) : first;
  const page = items.slice(0, query.limit);
  const end = items.length > query.limit ? page.at(-1) : until;
  return { items: page, next: end && placeIn(query)(end) };
}
