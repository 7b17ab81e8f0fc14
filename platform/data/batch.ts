import { setTimeout as pause } from 'node:timers/promises';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { problem } from '../http/problems.ts';
import { documents } from './client.ts';
import type { Key } from './write.ts';

/** The most items that DynamoDB takes in one batch. */
const MOST_PER_BATCH = 25;

const ATTEMPTS = 8;
const FIRST_PAUSE_MS = 20;

async function removeBatch(table: string, keys: readonly Key[]): Promise<void> {
  let requests = keys.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })) as object[];
  for (let attempt = 1; ; attempt += 1) {
    const { UnprocessedItems } = await documents.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    requests = UnprocessedItems?.[table] ?? [];
    if (requests.length === 0) return;
    if (attempt === ATTEMPTS) throw problem.busy();
    await pause(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
  }
}

/** Removes many items, 25 a call; those that are gone already do not matter. @throws busy, with some of them left */
export async function removeInBatches(table: string, keys: readonly Key[]): Promise<void> {
  for (let i = 0; i < keys.length; i += MOST_PER_BATCH) await removeBatch(table, keys.slice(i, i + MOST_PER_BATCH));
}
