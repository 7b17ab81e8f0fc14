import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { epochSeconds } from '../clock.ts';
import { documents } from './client.ts';
import type { Key, Table } from './table.ts';

interface Counting {
  /** Seconds after the last count when the tally starts anew. */
  readonly keptSeconds: number;
  /** Attributes to set along with it. */
  readonly set: Readonly<Record<string, number | string>>;
}

async function updateTally(table: Table, key: Key, { keptSeconds, set }: Counting, anew: boolean): Promise<number> {
  const now = epochSeconds();
  const entries = Object.entries({ ...set, ttl: now + keptSeconds, ...(anew && { count: 1 }) });
  const { Attributes } = await documents.send(
    new UpdateCommand({
      TableName: table.name,
      Key: key,
      UpdateExpression: `SET ${entries.map((_, i) => `#s${i} = :s${i}`).join(', ')}${anew ? '' : ' ADD #count :one'}`,
      ConditionExpression: anew ? '#ttl <= :now' : 'attribute_not_exists(#ttl) OR #ttl > :now',
      ExpressionAttributeNames: {
        '#ttl': 'ttl',
        ...(!anew && { '#count': 'count' }),
        ...Object.fromEntries(entries.map(([name], i) => [`#s${i}`, name])),
      },
      ExpressionAttributeValues: {
        ':now': now,
        ...(!anew && { ':one': 1 }),
        ...Object.fromEntries(entries.map(([, value], i) => [`:s${i}`, value])),
      },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return Attributes?.count as number;
}

/**
 * Adds one to the attribute `count` of an item that expires, atomically: of calls at once, none is lost. An item that
 * DynamoDB has not yet deleted after its time starts anew.
 * @returns the count, this one included
 */
export async function tally(table: Table, key: Key, counting: Counting): Promise<number> {
  for (let anew = false; ; anew = !anew) {
    try {
      return await updateTally(table, key, counting, anew);
    } catch (error) {
      // Expired when we meant to add, or begun by another when we meant to begin: the other way round, then.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
