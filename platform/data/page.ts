import type { Key } from './write.ts';

/** Where a page of a list starts and how long it is. */
export interface Paging {
  readonly limit: number;
  readonly after: Key | undefined;
}

/** Some items in order, and where the next ones start when there may be more. */
export interface Page<T> {
  readonly items: T[];
  readonly next: Key | undefined;
}

/** Items each as it is shown, or undefined where it is passed over. */
export type Shown<I, T> = (items: readonly I[]) => Promise<readonly (T | undefined)[]> | readonly (T | undefined)[];

/** How a list is read. */
interface Reading<I, T> {
  readonly read: (paging: Paging) => Promise<Page<I>>;
  readonly shown: Shown<I, T>;
  /** Where the list goes on after an item. */
  readonly position: (item: I) => Key;
  /** How many items are read at a time for what a page still lacks, where some were passed over. */
  readonly further?: number | undefined;
}

/** The most reads for one page; one that is not full by then leads to the next all the same. */
const MOST_READS = 5;

const FURTHER_ITEMS = 10;

/**
 * One page of what a list shows. One item more than the page is read, so that the last page leads to no empty one; where
 * items were passed over, the reading goes on.
 */
export async function pageOf<I, T>({ limit, after }: Paging, reading: Reading<I, T>): Promise<Page<T>> {
  const { read, shown, position, further = FURTHER_ITEMS } = reading;
  const found: { readonly item: I; readonly value: T }[] = [];
  let next = after;
  for (let reads = 0; reads < MOST_READS && found.length <= limit; reads += 1) {
    const batch = await read({ limit: reads === 0 ? limit + 1 : further, after: next });
    const values = await shown(batch.items);
    found.push(...batch.items.flatMap((item, i) => (values[i] === undefined ? [] : [{ item, value: values[i] }])));
    next = batch.next;
    if (!next) break;
  }
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ value }) => value),
    next: last && found.length > limit ? position(last.item) : next,
  };
}
