import { epochSeconds } from '../base/clock.ts';
import { log } from '../base/log.ts';
import { type KeyText, key } from '../data/key.ts';
import type { Key, Table } from '../data/table.ts';
import { put, remove } from '../data/write.ts';
import type { Entry, Store } from './store.ts';

const keyOf = (name: KeyText): Key => ({ pk: key`CACHE#${name}`, sk: key`CACHE` });

/**
 * Cached values in the context's own table, where they expire by `ttl`. Half a read unit for each 4 KB of a value that is
 * found, one write unit for each KB that is kept.
 */
export class TableStore implements Store {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async get(name: KeyText): Promise<Entry | undefined> {
    return this.#table.glance<Entry>(keyOf(name)).catch((error: unknown) => {
      log.warn('cache not read', { error });
      return undefined;
    });
  }

  async put(name: KeyText, { generation, value }: Entry, seconds: number): Promise<void> {
    const item = put({ ...keyOf(name), generation, value, ttl: epochSeconds() + seconds });
    await this.#table.write([item]).catch((error: unknown) => log.warn('cache not written', { error }));
  }

  async drop(name: KeyText): Promise<void> {
    await this.#table.write([remove(keyOf(name))]).catch((error: unknown) => log.warn('cache not dropped', { error }));
  }
}
