import { unmarshall } from '@aws-sdk/util-dynamodb';
import { callAws } from '../aws/call.ts';
import type { Key } from './write.ts';

type Attributes = Parameters<typeof unmarshall>[0];

/**
 * Some attributes of one item as they stand now, read without the SDK: for the authorizer, which stands in front of
 * every call and has to load and answer fast. One read unit for each 4 KB of the item.
 * @param paths attribute paths (`role`, `ended.<key>`), each part escaped, so that any text may be a part
 */
export async function readItem<T>(table: string, { pk, sk }: Key, paths: readonly string[][]): Promise<T | undefined> {
  const names: Record<string, string> = {};
  const alias = (part: string): string => {
    const name = `#p${Object.keys(names).length}`;
    names[name] = part;
    return name;
  };
  const { Item } = await callAws<{ Item?: Attributes }>('dynamodb', 'GetItem', {
    TableName: table,
    Key: { pk: { S: pk }, sk: { S: sk } },
    ConsistentRead: true,
    ProjectionExpression: paths.map((path) => path.map(alias).join('.')).join(', '),
    ExpressionAttributeNames: names,
  });
  return Item && (unmarshall(Item) as T);
}
