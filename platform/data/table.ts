import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { required } from '../base/env.ts';
import { keyPart } from '../base/key-part.ts';
import { readInBatches, removeInBatches } from './batch.ts';
import { documents } from './client.ts';
import { refusalOf, refusedAs, retryingConflicts } from './conflicts.ts';
import { alive } from './expiry.ts';
import { putInput, removeInput, transactItem, updateInput } from './expressions.ts';
import { FIRST_FORMAT, type Formats, unmarked } from './format.ts';
import { key } from './key.ts';
import { type Page, type Paging, pageOf, type Shown } from './page.ts';
import { type OneQuery, type Query, queryInput } from './query.ts';
import { placeIn, spread } from './spread.ts';
import { spreadInBulk } from './spread-bulk.ts';
import { type Item, type Key, type Update, update, type Write } from './write.ts';

export type { Page, Paging } from './page.ts';
export type { Query } from './query.ts';
export type { Key } from './write.ts';

/** Whether a write may safely happen twice, as it does when the answer to the first try is lost: adding may not. */
const isRepeatable = (write: Write): boolean => !write.condition && !(write.kind === 'update' && write.attributes.add);

/** An item as it was read; nothing where its time is over. */
const seen = <T>(item: object | undefined): T | undefined => (item && alive(item) ? (unmarked(item) as T) : undefined);

const allSeen = <T>(items: readonly object[]): T[] => items.filter(alive).map((item) => unmarked(item) as T);

/** A context's DynamoDB table: the only door to it. */
export class Table {
  readonly #variable: string;
  readonly formats: Formats;

  /**
   * @param variable the environment variable that names the table
   * @param format in which its items are written; raised with a migration (docs/decisions/0191)
   * @param knows the newest format over which this version may write, one ahead of `format` before that is raised
   */
  constructor(variable: string, { format = FIRST_FORMAT, knows = format }: Partial<Formats> = {}) {
    this.#variable = variable;
    this.formats = { format, knows };
  }

  get name(): string {
    return required(this.#variable);
  }

  /** One item by its key, as it stands now; an expired one is gone. One read unit for each 4 KB. */
  async get<T>(key: Key): Promise<T | undefined> {
    const { Item } = await documents.send(new GetCommand({ TableName: this.name, Key: key, ConsistentRead: true }));
    return seen<T>(Item);
  }

  /**
   * One item by its key as it stood a moment ago, at half the price (an eventually consistent read): only where an older
   * one does no harm. Half a read unit for each 4 KB.
   */
  async glance<T>(key: Key): Promise<T | undefined> {
    const { Item } = await documents.send(new GetCommand({ TableName: this.name, Key: key }));
    return seen<T>(Item);
  }

  /**
   * The items of these keys as they stand now, in any order; those that are missing or expired are left out. One round
   * trip for each hundred keys. One read unit for each 4 KB of each.
   */
  async getMany<T>(keys: readonly Key[]): Promise<T[]> {
    return allSeen<T>(await readInBatches(this.name, keys));
  }

  /**
   * Some items of a partition. Reads the table itself consistently; an index may lag behind it. One query, or one of
   * each shard (docs/scale.md).
   */
  query<T>(query: Query): Promise<Page<T>> {
    return spread(query, (one) => this.#queryOne<T>(one));
  }

  async #queryOne<T>(query: OneQuery): Promise<Page<T>> {
    const { Items = [], LastEvaluatedKey } = await documents.send(new QueryCommand(queryInput(this.name, query)));
    return { items: allSeen<T>(Items), next: LastEvaluatedKey as Key | undefined };
  }

  /** One page of a partition, and whether another follows. Reads one item more than it gives. */
  page<T>(query: Query): Promise<Page<T>> {
    return this.sift<T & Item, T>(query, (items) => items);
  }

  /**
   * One page of what a partition shows, and whether another follows; it may be short, even empty, where few of the items
   * are shown.
   * @param shown each item as it is shown, undefined where it is passed over
   * @param further how many items are read at a time for what a page still lacks
   */
  sift<I, T>({ after, ...query }: Query, shown: Shown<I & Item, T>, further?: number): Promise<Page<T>> {
    const position = placeIn(query);
    const read = (paging: Paging) => this.query<I & Item>({ ...query, ...paging });
    return pageOf({ limit: query.limit, after }, { read, shown, position, further });
  }

  /**
   * Every item of a partition however many, some at a time; the next are read while these are used. Who stops taking
   * them stops the reading. A read unit for each 4 KB, of an index for each 8 KB.
   * @param attributes what is read of each item
   */
  batches<T>(query: Omit<Query, 'limit' | 'after'>, attributes: readonly string[]): AsyncGenerator<T[], undefined> {
    return spreadInBulk(this.name, query, attributes, (page) => this.query<T>(page));
  }

  /** Every item of a partition, page after page: only where the domain bounds their number. */
  async queryAll<T>(query: Omit<Query, 'limit' | 'after'>): Promise<T[]> {
    const all: T[] = [];
    let after: Key | undefined;
    do {
      const page: Page<T> = await this.query<T>({ ...query, limit: 1000, after });
      all.push(...page.items);
      after = page.next;
    } while (after);
    return all;
  }

  /**
   * All of the writes, or none. Conflicts with other transactions are retried.
   * @throws what the first refused write's condition says; `busy` when DynamoDB does not keep up
   */
  async write(writes: readonly Write[]): Promise<void> {
    const [only] = writes;
    const alone = writes.length === 1 && only && isRepeatable(only) ? only : undefined;
    await retryingConflicts(() => (alone ? this.#writeOne(alone) : this.#transact(writes))).catch((error: unknown) => {
      throw refusalOf(error, writes, this.formats);
    });
  }

  /** The SDK sends its own ClientRequestToken with every attempt, so a retry after a lost answer cannot apply twice. */
  async #transact(writes: readonly Write[]): Promise<void> {
    const TransactItems = writes.map((write) => transactItem(this.name, write, this.formats));
    await documents.send(new TransactWriteCommand({ TransactItems }));
  }

  /** Costs half of a transaction. */
  async #writeOne(write: Write): Promise<void> {
    if (write.kind === 'put') await documents.send(new PutCommand(putInput(this.name, write, this.formats)));
    else if (write.kind === 'remove') await documents.send(new DeleteCommand(removeInput(this.name, write)));
    else if (write.kind === 'update')
      await documents.send(new UpdateCommand(updateInput(this.name, write, this.formats)));
  }

  /** Makes one update by itself. @returns the item as it then stands @throws what its condition says */
  async updated<T>(write: Update): Promise<T> {
    const command = new UpdateCommand({ ...updateInput(this.name, write, this.formats), ReturnValues: 'ALL_NEW' });
    const { Attributes = {} } = await documents.send(command).catch((error: unknown) => {
      throw refusedAs(error, [write], this.formats);
    });
    return unmarked(Attributes) as T;
  }

  /** Removes any number of items, each by itself and without a condition. @throws busy, with some of them left */
  removeAll(keys: readonly Key[]): Promise<void> {
    return removeInBatches(this.name, keys);
  }

  /**
   * The next number of a sequence: never given twice, holes are possible.
   * @param count how many are taken at once; what is returned is the last of them
   */
  async next(sequence: string, count = 1): Promise<number> {
    const counter = { pk: key`SEQUENCE#${keyPart(sequence)}`, sk: key`SEQUENCE` };
    const { last } = await this.updated<{ last: number }>(update(counter, { add: { last: count } }));
    return last;
  }
}
