import { setTimeout as pause } from 'node:timers/promises';
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { problem } from '../http/problems.ts';
import { documents } from './client.ts';
import type { Key } from './write.ts';

/** The most keys that DynamoDB reads in one call. */
export const MOST_PER_READ = 100;

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 20;

/** The same elements, in order, in arrays of at most `size`. */
export const chunksOf = <T>(size: number, all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

/** Reads up to a hundred items, consistently; asks again for what DynamoDB left out. @throws busy when it keeps doing so */
export async function readBatch(table: string, keys: readonly Key[]): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let wanted: Record<string, unknown>[] = keys.map((key) => ({ ...key }));
  for (let attempt = 1; wanted.length > 0; attempt += 1) {
    if (attempt > ATTEMPTS) throw problem.busy();
    if (attempt > 1) await pause(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
    const RequestItems = { [table]: { Keys: wanted, ConsistentRead: true } };
    const { Responses, UnprocessedKeys } = await documents.send(new BatchGetCommand({ RequestItems }));
    found.push(...(Responses?.[table] ?? []));
    wanted = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found;
}
