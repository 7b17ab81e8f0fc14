import { BatchGetCommand, BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { problem } from '../base/problems.ts';
import { retrying } from '../base/retry.ts';
import { documents } from './client.ts';
import type { Key } from './write.ts';

/** The most keys that DynamoDB reads in one batch, and the most items that it writes. */
const MOST_PER_READ = 100;
const MOST_PER_WRITE = 25;

const RETRIES = { attempts: 8, firstPauseMs: 40 };

type Loose = Record<string, unknown>;

const chunksOf = <T>(size: number, all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

const plain = ({ pk, sk }: Key): Loose => ({ pk, sk });

/** DynamoDB answered, and left part of the batch undone. */
class Unprocessed extends Error {
  override readonly name = 'Unprocessed';
  readonly code = 'unprocessed';
}

/** Sends a batch, and again what DynamoDB left out of it. @throws busy when it keeps leaving some out */
function untilNoneIsLeft(batch: Loose[], send: (rest: Loose[]) => Promise<Loose[] | undefined>): Promise<void> {
  let rest = batch;
  const attempt = async (): Promise<void> => {
    rest = (await send(rest)) ?? [];
    if (rest.length > 0) throw new Unprocessed();
  };
  const worthwhile = (error: unknown): boolean => error instanceof Unprocessed;
  return retrying(attempt, { ...RETRIES, worthwhile }).catch((cause: unknown) => {
    throw cause instanceof Unprocessed ? problem.busy({ cause }) : cause;
  });
}

/** Reads items by key, consistently, a hundred a call; missing ones are left out. @throws busy */
export async function readInBatches(table: string, keys: readonly Key[]): Promise<Loose[]> {
  const found: Loose[] = [];
  const readSome = async (Keys: Loose[]) => {
    const RequestItems = { [table]: { Keys, ConsistentRead: true } };
    const { Responses, UnprocessedKeys } = await documents.send(new BatchGetCommand({ RequestItems }));
    found.push(...(Responses?.[table] ?? []));
    return UnprocessedKeys?.[table]?.Keys;
  };
  await Promise.all(chunksOf(MOST_PER_READ, keys.map(plain)).map((some) => untilNoneIsLeft(some, readSome)));
  return found;
}

/** Removes items by key, 25 a call; those that are gone already do not matter. @throws busy, with some of them left */
export async function removeInBatches(table: string, keys: readonly Key[]): Promise<void> {
  const removeSome = async (requests: Loose[]) => {
    const { UnprocessedItems } = await documents.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    return UnprocessedItems?.[table] as Loose[] | undefined;
  };
  const requests = keys.map((key) => ({ DeleteRequest: { Key: plain(key) } }));
  for (const some of chunksOf(MOST_PER_WRITE, requests)) await untilNoneIsLeft(some, removeSome);
}
