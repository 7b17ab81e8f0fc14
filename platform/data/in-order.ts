/** Some items of one shard, in order. */
export interface Run<I, P> {
  readonly items: readonly I[];
  /** As far as the shard is known now; undefined at its end. */
  readonly until: P | undefined;
}

/** Reads on in one shard. @param limit how many items are wanted of it; a source may have sizes of its own */
export type Source<I, P> = (limit: number) => Promise<Run<I, P>>;

/** What several shards have in common, in one order. */
export interface Merged<I, P> {
  readonly items: I[];
  readonly until: P | undefined;
}

/** Compares two places in the order of the list; what stands in one place has no order. */
export type Comparison<T> = (one: T, other: T) => number;

interface Shard<I, P> {
  readonly read: Source<I, P>;
  held: readonly I[];
  until: P | undefined;
}

/** Three standard deviations above a shard's part, where items fall to shards by lot: hardly ever one of them runs dry. */
function shareOf(limit: number, shards: number): number {
  const mean = Math.ceil(limit / shards);
  return shards === 1 ? limit : Math.min(limit, mean + 3 * Math.ceil(Math.sqrt(mean)));
}

async function readOn<I, P>(shard: Shard<I, P>, limit: number): Promise<void> {
  const { items, until } = await shard.read(limit);
  shard.held = [...shard.held, ...items];
  shard.until = until;
}

/**
 * The items of some shards as one list. All shards are asked at once for their part of what is wanted, then those that
 * ran dry for all that is lacking still: beyond the end of what is known of one, nothing of the others can be given.
 * Items of one place keep the order in which their shard has them.
 * @param limit how many items are wanted; who takes more asks on
 */
export async function* inOrder<I extends P, P>(
  sources: readonly Source<I, P>[],
  compare: Comparison<P>,
  limit: number,
): AsyncGenerator<Merged<I, P>, undefined> {
  const shards = sources.map((read): Shard<I, P> => ({ read, held: [], until: undefined }));
  await Promise.all(shards.map((shard) => readOn(shard, shareOf(limit, shards.length))));
  for (let given = 0; ; ) {
    const open = shards.flatMap(({ until }) => (until === undefined ? [] : [until]));
    const until = open.length === 0 ? undefined : open.reduce((a, b) => (compare(b, a) < 0 ? b : a));
    const items = shards.flatMap((shard) => taken(shard, (item) => until === undefined || compare(item, until) <= 0));
    items.sort(compare);
    given += items.length;
    yield { items, until };
    if (until === undefined) return;
    const dry = shards.filter((one) => one.until !== undefined && compare(one.until, until) === 0);
    await Promise.all(dry.map((shard) => readOn(shard, Math.max(1, limit - given))));
  }
}

/** Takes from what is held of a shard what comes first. */
function taken<I, P>(shard: Shard<I, P>, comesNow: (item: I) => boolean): readonly I[] {
  const end = shard.held.findIndex((item) => !comesNow(item));
  const now = end === -1 ? shard.held : shard.held.slice(0, end);
  shard.held = shard.held.slice(now.length);
  return now;
}
