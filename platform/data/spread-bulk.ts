import { inBulk } from './bulk.ts';
import { inOrder, type Source } from './in-order.ts';
import type { KeyText } from './key.ts';
import type { Page } from './page.ts';
import type { Query } from './query.ts';
import { areMoving, keysOf, orderOf, sortOf, type Whole } from './spread.ts';
import type { Item, Key } from './write.ts';

/** How many items a page has where a list is read whole by pages. */
const PAGE = 500;

/** One shard, read in batches of its own size. */
function sourceOf<I>(batches: AsyncGenerator<(I & Item)[], undefined>): Source<I & Item, Item> {
  return async () => {
    let batch = await batches.next();
    while (batch.value?.length === 0) batch = await batches.next();
    const items = batch.value ?? [];
    return { items, until: items.at(-1) };
  };
}

async function* merged<I>(table: string, query: Whole, attributes: readonly string[]): AsyncGenerator<I[], undefined> {
  const known = [...new Set([...attributes, sortOf(query)])];
  const under = (key: KeyText) => ({ ...query, partition: [query.partition[0], key] as const });
  const sources = keysOf(query).map((key) => sourceOf(inBulk<I & Item>(table, under(key), known)));
  for await (const { items } of inOrder(sources, orderOf(query), PAGE)) yield items;
}

async function* byPage<I>(query: Whole, ask: (query: Query) => Promise<Page<I>>): AsyncGenerator<I[], undefined> {
  let after: Key | undefined;
  do {
    const { items, next }: Page<I> = await ask({ ...query, limit: PAGE, after });
    yield items;
    after = next;
  } while (after);
}

/**
 * Every item of a partition in order, some at a time: of one that is spread over shards, the batches of all of them,
 * merged. While items move it is read page by page instead: a batch that is read ahead knows nothing of what comes into
 * its shard.
 * @param attributes what is wanted of each item; more may be given
 * @param ask for a page
 */
export function spreadInBulk<I>(
  table: string,
  query: Whole,
  attributes: readonly string[],
  ask: (query: Query) => Promise<Page<I>>,
): AsyncGenerator<I[], undefined> {
  const [only, ...more] = keysOf(query);
  if (only && more.length === 0) return inBulk(table, { ...query, partition: [query.partition[0], only] }, attributes);
  return areMoving(query) ? byPage(query, ask) : merged(table, query, attributes);
}
