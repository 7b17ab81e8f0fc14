import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { KeyText } from './key.ts';
import type { Key } from './write.ts';

/** An index of a table: its name, and the attribute that is its sort key. */
interface Index {
  readonly name: string;
  readonly sort: string;
}

/** What is read of one partition, of the table or of an index. */
export interface Query {
  readonly index?: Index;
  /** The partition key: attribute and value. */
  readonly partition: readonly [attribute: string, value: KeyText];
  /** The sort key: what it begins with, or lies below. */
  readonly sort?: readonly [attribute: string, operator: 'begins_with' | '<' | '>=', value: KeyText];
  readonly limit: number;
  readonly after?: Key | undefined;
  readonly newestFirst?: boolean;
  /** Attributes that must equal these; filtered items are read, and paid for, all the same. */
  readonly matching?: Readonly<Record<string, unknown>>;
}

/** A query as DynamoDB takes it, its values not marshalled yet. */
export function queryInput(TableName: string, query: Query): QueryCommandInput {
  const { index, partition, sort, limit, after, newestFirst = false, matching = {} } = query;
  const filters = Object.entries(matching);
  const sortExpression = sort && (sort[1] === 'begins_with' ? 'begins_with(#sk, :sk)' : `#sk ${sort[1]} :sk`);
  return {
    TableName,
    IndexName: index?.name,
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
  };
}
