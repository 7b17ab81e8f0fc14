import { isDeepStrictEqual } from 'node:util';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ScanCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { retrying } from '../platform/base/retry.ts';

/** An item as DynamoDB has it: nothing is lost on its way through numbers or sets of ours. */
type Item = Record<string, AttributeValue>;

/** What differs of a table from how it was. */
export interface Difference {
  /** Items that were otherwise, or are gone since. */
  readonly otherwise: number;
  /** Items that are there only since. */
  readonly since: number;
}

/** As many as a question for many items takes, and as a request to write many. */
const MOST_READ = 100;
const MOST_WRITTEN = 25;

const PATIENCE = { attempts: 12, firstPauseMs: 50, longestPauseMs: 5_000 };

/** What DynamoDB took of a batch, and left for another time. */
class Left extends Error {}

const wasLeft = (error: unknown): boolean => error instanceof Left;

async function keyOf(client: DynamoDBClient, TableName: string): Promise<readonly string[]> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return Table?.KeySchema?.map(({ AttributeName = '' }) => AttributeName) ?? [];
}

const keyIn = (item: Item, key: readonly string[]): Item =>
  Object.fromEntries(key.map((name) => [name, item[name] as AttributeValue]));

/** All items of a table, as many at a time as can be asked for elsewhere. */
async function* pages(client: DynamoDBClient, TableName: string): AsyncGenerator<Item[]> {
  let ExclusiveStartKey: Item | undefined;
  do {
    const scan = new ScanCommand({ TableName, Limit: MOST_READ, ConsistentRead: true, ExclusiveStartKey });
    const { Items = [], LastEvaluatedKey } = await client.send(scan);
    if (Items.length > 0) yield Items;
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

/** What a table has under the keys of these items, by key. */
async function found(client: DynamoDBClient, table: string, items: readonly Item[], key: readonly string[]) {
  const byKey = new Map<string, Item>();
  let Keys: Item[] | undefined = items.map((item) => keyIn(item, key));
  await retrying(
    async () => {
      const question = new BatchGetItemCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } });
      const { Responses, UnprocessedKeys } = await client.send(question);
      for (const item of Responses?.[table] ?? []) byKey.set(JSON.stringify(keyIn(item, key)), item);
      Keys = UnprocessedKeys?.[table]?.Keys;
      if (Keys && Keys.length > 0) throw new Left(`${Keys.length} items were not read`);
    },
    { ...PATIENCE, worthwhile: wasLeft },
  );
  return (item: Item): Item | undefined => byKey.get(JSON.stringify(keyIn(item, key)));
}

async function write(client: DynamoDBClient, table: string, requests: readonly WriteRequest[]): Promise<void> {
  for (let i = 0; i < requests.length; i += MOST_WRITTEN) {
    let left: WriteRequest[] | undefined = requests.slice(i, i + MOST_WRITTEN);
    await retrying(
      async () => {
        const { UnprocessedItems } = await client.send(
          new BatchWriteItemCommand({ RequestItems: { [table]: left ?? [] } }),
        );
        left = UnprocessedItems?.[table];
        if (left && left.length > 0) throw new Left(`${left.length} items were not written`);
      },
      { ...PATIENCE, worthwhile: wasLeft },
    );
  }
}

/**
 * Makes a table what another one of the same key is: item by item, so that it keeps its name, indexes, protection and
 * stack. It may be broken off, and begun again.
 * @param as the table that is as it was
 * @param apply whether anything is written, or only counted
 */
export async function setBack(
  client: DynamoDBClient,
  table: string,
  { as, apply }: { readonly as: string; readonly apply: boolean },
): Promise<Difference> {
  const key = await keyOf(client, table);
  const tally = { otherwise: 0, since: 0 };
  for await (const former of pages(client, as)) {
    const current = await found(client, table, former, key);
    const changed = former.filter((item) => !isDeepStrictEqual(current(item), item));
    tally.otherwise += changed.length;
    const requests = changed.map((Item) => ({ PutRequest: { Item } }));
    if (apply) await write(client, table, requests);
  }
  for await (const current of pages(client, table)) {
    const former = await found(client, as, current, key);
    const added = current.filter((item) => !former(item));
    tally.since += added.length;
    const requests = added.map((item) => ({ DeleteRequest: { Key: keyIn(item, key) } }));
    if (apply) await write(client, table, requests);
  }
  return tally;
}
