import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { KeyText } from './key.ts';
import type { Sharded } from './sharded.ts';
import type { Key } from './write.ts';

/** An index of a table: its name, and the attribute that is its sort key. */
interface Index {
  readonly name: string;
  readonly sort: string;
}

/** Of the sort key: its attribute, and what it begins with or where it lies. */
export type Sort =
  | readonly [attribute: string, operator: 'begins_with' | '<' | '>=', value: KeyText]
  | readonly [attribute: string, operator: 'between', first: KeyText, last: KeyText];

function sortExpression([, operator]: Sort): string {
  if (operator === 'begins_with') return 'begins_with(#sk, :sk)';
  return operator === 'between' ? '#sk BETWEEN :sk AND :to' : `#sk ${operator} :sk`;
}

/** What is read of one partition, of the table or of an index. */
export interface Query {
  readonly index?: Index;
  /** The partition key: attribute and value. */
  readonly partition: readonly [attribute: string, value: KeyText | Sharded];
  readonly sort?: Sort;
  readonly limit: number;
  readonly after?: Key | undefined;
  readonly newestFirst?: boolean;
  /** Attributes that must equal these; filtered items are read, and paid for, all the same. */
  readonly matching?: Readonly<Record<string, unknown>>;
}

/** The same of one key, which is what DynamoDB knows. */
export type OneQuery = Query & { readonly partition: readonly [attribute: string, value: KeyText] };

/** A query as DynamoDB takes it, its values not marshalled yet. */
export function queryInput(TableName: string, query: OneQuery): QueryCommandInput {
  const { index, partition, sort, limit, after, newestFirst = false, matching = {} } = query;
  const filters = Object.entries(matching);
  return {
    TableName,
    IndexName: index?.name,
    KeyConditionExpression: ['#pk = :pk', sort && sortExpression(sort)].filter(Boolean).join(' AND '),
    FilterExpression: filters.map((_, i) => `#f${i} = :f${i}`).join(' AND ') || undefined,
    ExpressionAttributeNames: {
      '#pk': partition[0],
      ...(sort && { '#sk': sort[0] }),
      ...Object.fromEntries(filters.map(([name], i) => [`#f${i}`, name])),
    },
    ExpressionAttributeValues: {
      ':pk': partition[1],
      ...(sort && { ':sk': sort[2] }),
      ...(sort?.[1] === 'between' && { ':to': sort[3] }),
      ...Object.fromEntries(filters.map(([, value], i) => [`:f${i}`, value])),
    },
    Limit: limit,
    ExclusiveStartKey: after as Record<string, unknown> | undefined,
    ScanIndexForward: !newestFirst,
    ConsistentRead: index === undefined,
  };
}
