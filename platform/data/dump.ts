import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from './client.ts';
import { alive } from './expiry.ts';
import { unmarked } from './format.ts';
import type { Table } from './table.ts';
import type { Item, Key } from './write.ts';

/** Some items of a table, and where the next begin. */
export interface Dumped {
  readonly items: Item[];
  readonly next: Key | undefined;
}

/**
 * Every item of a table as it stands, an answer of 1 MB at a time, the next read while one is used: for a school that
 * takes all of its data along, the one request that asks for everything and so the one that scans. A read unit for each
 * 4 KB of the table.
 * @param after where an earlier dump broke off
 */
export async function* everyItem(table: Table, after?: Key): AsyncGenerator<Dumped, undefined> {
  const read = async (from: Key | undefined): Promise<Dumped> => {
    const command = new ScanCommand({
      TableName: table.name,
      ConsistentRead: true,
      ExclusiveStartKey: from as Record<string, unknown> | undefined,
    });
    const { Items = [], LastEvaluatedKey } = await documents.send(command);
    return {
      items: Items.filter(alive).map((item) => unmarked(item) as Item),
      next: LastEvaluatedKey as Key | undefined,
    };
  };
  let page = await read(after);
  while (page.next) {
    const coming = read(page.next);
    // Whoever stops taking pages never asks how this one went.
    coming.catch(() => {});
    yield page;
    page = await coming;
  }
  yield page;
}
