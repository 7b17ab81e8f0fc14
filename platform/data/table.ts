import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { epochSeconds } from '../clock.ts';
import { required } from '../env.ts';
import { readInBatches, removeInBatches } from './batch.ts';
import { documents } from './client.ts';
import { refusalOf, retryingConflicts } from './conflicts.ts';
import { transactItem } from './expressions.ts';
import type { Key, Write } from './write.ts';

export type { Key } from './write.ts';

/** The time after which an item counts as gone, in epoch seconds; DynamoDB itself deletes it up to days later. */
interface Expiring {
  ttl?: number;
}

const alive = (item: Expiring | undefined): boolean =>
  item !== undefined && (item.ttl === undefined || item.ttl > epochSeconds());

/** A question to one partition, of the table or of an index. */
export interface Question {
  readonly index?: string;
  /** The partition key: attribute and value. */
  readonly partition: readonly [attribute: string, value: string];
  /** The sort key: what it begins with, or lies below. */
  readonly sort?: readonly [attribute: string, operator: 'begins_with' | '<' | '>=', value: string];
  readonly limit: number;
  readonly after?: Key | undefined;
  readonly newestFirst?: boolean;
  /** Attributes that must equal these; filtered items are read, and paid for, all the same. */
  readonly matching?: Readonly<Record<string, unknown>>;
}

/** Some items in order, and where the next ones start when there may be more. */
export interface Page<T> {
  readonly items: T[];
  readonly next: Key | undefined;
}

/** Whether a write may safely happen twice, as it does when the answer to the first try is lost: adding may not. */
const isRepeatable = (write: Write): boolean => !write.condition && !(write.kind === 'update' && write.change.add);

/** A context's DynamoDB table: the only door to it. */
export class Table {
  readonly #variable: string;

  /** @param variable the environment variable that names the table */
  constructor(variable: string) {
    this.#variable = variable;
  }

  get name(): string {
    return required(this.#variable);
  }

  /** One item by its key, as it stands now; an expired one is gone. One read unit for each 4 KB. */
  async get<T>(key: Key): Promise<T | undefined> {
    const { Item } = await documents.send(new GetCommand({ TableName: this.name, Key: key, ConsistentRead: true }));
    return alive(Item) ? (Item as T) : undefined;
  }

  /**
   * The items of these keys as they stand now, in any order; those that are missing or expired are left out. One round
   * trip for each hundred keys. One read unit for each 4 KB of each.
   */
  async getMany<T>(keys: readonly Key[]): Promise<T[]> {
    return (await readInBatches(this.name, keys)).filter(alive) as T[];
  }

  /** One page of a partition. Reads the table itself consistently; an index may lag behind it. */
  async query<T>(question: Question): Promise<Page<T>> {
    const { index, partition, sort, limit, after, newestFirst = false, matching = {} } = question;
    const filters = Object.entries(matching);
    const sortExpression = sort && (sort[1] === 'begins_with' ? 'begins_with(#sk, :sk)' : `#sk ${sort[1]} :sk`);
    const { Items = [], LastEvaluatedKey } = await documents.send(
      new QueryCommand({
        TableName: this.name,
        IndexName: index,
        KeyConditionExpression: ['#pk = :pk', sortExpression].filter(Boolean).join(' AND '),
        FilterExpression: filters.map((_, i) => `#f${i} = :f${i}`).join(' AND ') || undefined,
        ExpressionAttributeNames: {
          '#pk': partition[0],
          ...(sort && { '#sk': sort[0] }),
          ...Object.fromEntries(filters.map(([name], i) => [`#f${i}`, name])),
        },
        ExpressionAttributeValues: {
          ':pk': partition[1],
          ...(sort && { ':sk': sort[2] }),
          ...Object.fromEntries(filters.map(([, value], i) => [`:f${i}`, value])),
        },
        Limit: limit,
        ExclusiveStartKey: after as Record<string, unknown> | undefined,
        ScanIndexForward: !newestFirst,
        ConsistentRead: index === undefined,
      }),
    );
    return { items: Items.filter(alive) as T[], next: LastEvaluatedKey as Key | undefined };
  }

  /** Every item of a partition, page after page: only where the domain bounds their number. */
  async queryAll<T>(question: Omit<Question, 'limit' | 'after'>): Promise<T[]> {
    const all: T[] = [];
    let after: Key | undefined;
    do {
      const page: Page<T> = await this.query<T>({ ...question, limit: 1000, after });
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
      throw refusalOf(error, writes);
    });
  }

  /** The SDK sends its own ClientRequestToken with every attempt, so a retry after a lost answer cannot apply twice. */
  async #transact(writes: readonly Write[]): Promise<void> {
    const TransactItems = writes.map((write) => transactItem(this.name, write));
    await documents.send(new TransactWriteCommand({ TransactItems }));
  }

  /** Costs half of a transaction. */
  async #writeOne(write: Write): Promise<void> {
    const item = transactItem(this.name, write);
    if (item.Put) await documents.send(new PutCommand(item.Put));
    else if (item.Delete) await documents.send(new DeleteCommand(item.Delete));
    else if (item.Update) await documents.send(new UpdateCommand(item.Update));
  }

  /** Removes any number of items, each by itself and without a condition. @throws busy, with some of them left */
  removeAll(keys: readonly Key[]): Promise<void> {
    return removeInBatches(this.name, keys);
  }

  /** The next number of a sequence: never given twice, holes are possible. */
  async next(sequence: string): Promise<number> {
    const key = { pk: `SEQUENCE#${sequence}`, sk: 'SEQUENCE' };
    const { Attributes } = await documents.send(
      new UpdateCommand({
        TableName: this.name,
        Key: key,
        UpdateExpression: 'ADD #last :one',
        ExpressionAttributeNames: { '#last': 'last' },
        ExpressionAttributeValues: { ':one': 1 },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Attributes?.last as number;
  }
}
