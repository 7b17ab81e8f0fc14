import type * as z from 'zod';
import type { KeyText } from '../data/key.ts';
import type { Table } from '../data/table.ts';
import { RedisStore, Server } from './redis-store.ts';
import { jsonIn, type Store } from './store.ts';
import { TableStore } from './table-store.ts';

/**
 * What tells whether a cached value still holds: a number or a text that every write which could change the value raises
 * in its own transaction, and that never comes back.
 */
export type Generation = string | number;

/** An item of DynamoDB has 400 KB at most, and a value that nears it costs more to keep than to compute. */
const MOST_BYTES = 200 * 1024;

/** What is cached: one value under one key. */
export interface Scope<S extends z.ZodType> {
  /** `` key`class:stats:${cutToKeyPart(fold(name))}` ``. What two kinds of callers see apart, lies under two keys. */
  readonly key: KeyText;
  /** How long the value is kept at most, in seconds. */
  readonly seconds: number;
  /**
   * The shape of the value, which is JSON. What an earlier version of the code kept in another shape is passed over; one
   * that computes the same shape in another way has to say so in the generation.
   */
  readonly schema: S;
  /**
   * Reads the generation as it stands now: one consistent read. Undefined where there is nothing that could be cached;
   * the value is then computed, and not kept. Its errors are the caller's.
   */
  readonly generation: () => Promise<Generation | undefined>;
}

/** A value that was computed. */
export interface Computed<T> {
  readonly value: T;
  /**
   * Whether it may be kept: not where it was derived from several items of which one query may have met some before a
   * transaction and some after it. A query is no snapshot.
   */
  readonly keep: boolean;
}

/** A value, cached or not. */
export interface Cached<T> {
  readonly value: T;
  /** Whether it came from the cache: what `X-Cache` says. */
  readonly hit: boolean;
  /** The generation that was read before it was computed. */
  readonly generation: Generation | undefined;
}

/**
 * Values that cost more to compute than to keep, beside the data they are derived from: in the context's own table, or
 * in Redis or Valkey where `REDIS_URL` names a server. What is read is never older than the last write that has
 * answered: a value carries the generation that was read before it was computed, and counts only while the generation
 * read now is the same. A cache that is down, slow, emptied or set back costs time, and changes no answer.
 *
 * An operation is declared `cached: true`, asks once, and answers by `okCached` of `platform/http/answer.ts`:
 *
 * ```ts
 * const cache = new Cache(table); // beside the context's table, once
 *
 * const read = await cache.read(
 *   { key: key`class:stats:${name}`, seconds: 3600, schema: Stats, generation: () => books.generation(name) },
 *   async () => {
 *     const book = await books.read(name);
 *     return { value: statsOf(book), keep: book.whole };
 *   },
 * );
 * return okCached(read);
 * ```
 *
 * and a write raises the generation in the transaction of its change: `update(headKey, { add: { gen: 1 } })`.
 */
export class Cache {
  readonly #inTable: Store;
  readonly #table: Table;

  /** @param table the context's own */
  constructor(table: Table) {
    this.#table = table;
    this.#inTable = new TableStore(table);
  }

  /**
   * The value of a scope: the one that is kept, where the generation is still the same, else as it is computed now.
   * The generation and what is kept are read at once.
   * @throws what `generation` and `compute` throw; never for the cache's own sake
   */
  async read<S extends z.ZodType>(
    { key, seconds, schema, generation }: Scope<S>,
    compute: () => Promise<Computed<z.output<S>>>,
  ): Promise<Cached<z.output<S>>> {
    const store = this.#store();
    const [now, kept] = await Promise.all([generation(), store.get(key)]);
    if (now !== undefined && kept?.generation === String(now)) {
      const { success, data } = schema.safeParse(jsonIn(kept.value));
      if (success) return { value: data, hit: true, generation: now };
    }
    const { value, keep } = await compute();
    const text = keep && now !== undefined ? JSON.stringify(value) : '';
    if (text && Buffer.byteLength(text) <= MOST_BYTES)
      await store.put(key, { generation: String(now), value: text }, seconds);
    return { value, hit: false, generation: now };
  }

  /**
   * Lets go of what is kept under a key, as far as the cache can be reached: for values about somebody whose data are
   * erased. Nobody reads an outdated value without it, but it would lie there until its time is over.
   */
  async drop(key: KeyText): Promise<void> {
    await this.#store().drop(key);
  }

  #store(): Store {
    const url = process.env.REDIS_URL;
    return url ? new RedisStore(serverAt(url), () => this.#table.name) : this.#inTable;
  }
}

const servers = new Map<string, Server>();

function serverAt(url: string): Server {
  const server = servers.get(url) ?? new Server(url);
  servers.set(url, server);
  return server;
}

/** Ends the connections to cache servers, so that a process that has nothing else to do may end. */
export function closeCaches(): void {
  for (const server of servers.values()) server.close();
  servers.clear();
}
