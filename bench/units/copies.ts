import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import { BASE } from './cohort.ts';

/** How many batches are on their way at once. */
const ABREAST = 6;

/** The most items of a batch. */
const BATCH = 25;

type Item = Record<string, AttributeValue>;

const NUMBERED = new RegExp(`${BASE / 1000}(\\d{3})`, 'g');
const UUID = /([\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-)([\da-f]{6})([\da-f]{6})/g;

const shifted = (hex: string, by: number): string => (Number.parseInt(hex, 16) ^ by).toString(16).padStart(6, '0');

/**
 * What an item of the cohort is in its n-th copy: every number of the cohort moves by n thousand, every id by n. What is no
 * one's of the cohort, or would stand where the original does, has no copy.
 * @param item as JSON of DynamoDB's own notation
 */
export function copyOf(item: Item, n: number): Item | undefined {
  const text = JSON.stringify(item);
  const renumbered = text.replaceAll(NUMBERED, (_, own: string) => String(BASE + n * 1000 + Number(own)));
  if (renumbered === text) return undefined;
  const copy = JSON.parse(
    renumbered.replaceAll(UUID, (_, time: string, middle: string, end: string) => time + shifted(middle, n) + end),
  ) as Item;
  const isNew = copy.pk?.S !== item.pk?.S || copy.sk?.S !== item.sk?.S;
  return isNew ? copy : undefined;
}

async function itemsOf(client: DynamoDBClient, TableName: string): Promise<Item[]> {
  const all: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) all.push(...Items);
  return all;
}

async function write(client: DynamoDBClient, table: string, items: readonly Item[]): Promise<void> {
  const RequestItems = { [table]: items.map((Item) => ({ PutRequest: { Item } })) };
  const { UnprocessedItems = {} } = await client.send(new BatchWriteItemCommand({ RequestItems }));
  if (Object.keys(UnprocessedItems).length > 0) throw new Error(`${table} took a part of a batch only`);
}

/**
 * Puts copies of the cohort beside it, item by item, as they were stored by the handlers.
 * @param client of the DynamoDB that holds the tables
 * @param count how many copies
 * @returns how many items were written
 */
export async function addCopies(client: DynamoDBClient, tables: Iterable<string>, count: number): Promise<number> {
  const limit = pLimit(ABREAST);
  let written = 0;
  for (const table of tables) {
    const items = await itemsOf(client, table);
    for (let n = 1; n <= count; n += 1) {
      const copies = items.map((item) => copyOf(item, n)).filter((copy) => copy !== undefined);
      const batches = Array.from({ length: Math.ceil(copies.length / BATCH) }, (_, i) =>
        copies.slice(i * BATCH, (i + 1) * BATCH),
      );
      await Promise.all(batches.map((batch) => limit(() => write(client, table, batch))));
      written += copies.length;
    }
  }
  return written;
}
