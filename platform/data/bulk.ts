import { marshall } from '@aws-sdk/util-dynamodb';
import { AwsRefusal, callAws } from '../aws/call.ts';
import { type Attributes, valuesOf } from './attributes.ts';
import { alive } from './expiry.ts';
import { type OneQuery, queryInput } from './query.ts';

/** How many items one read brings at most; two such batches are held at a time. */
const BATCH = 500;

interface Answer {
  readonly Items?: readonly Attributes[];
  readonly LastEvaluatedKey?: Attributes;
}

/** A query as the wire has it, that reads these attributes only. */
function inputOf(table: string, query: Omit<OneQuery, 'limit' | 'after'>, attributes: readonly string[]) {
  const { ExpressionAttributeNames, ExpressionAttributeValues, ...input } = queryInput(table, {
    ...query,
    limit: BATCH,
  });
  const read = [...new Set([...attributes, 'ttl'])];
  return {
    ...input,
    ProjectionExpression: read.map((_, i) => `#a${i}`).join(','),
    ExpressionAttributeNames: {
      ...ExpressionAttributeNames,
      ...Object.fromEntries(read.map((name, i) => [`#a${i}`, name])),
    },
    ExpressionAttributeValues: marshall(ExpressionAttributeValues),
  };
}

/** An answer, and how many items may be asked for at once. */
type Answered = readonly [answer: Answer, limit: number];

/** Asks for fewer where the answer to so many did not come through: items of the largest kind may be too much for it. */
async function answered(input: object, Limit: number): Promise<Answered> {
  return callAws<Answer>('dynamodb', 'Query', { ...input, Limit }).then(
    (answer) => [answer, Limit],
    (error: unknown) => {
      if (error instanceof AwsRefusal || Limit === 1) throw error;
      return answered(input, Math.ceil(Limit / 8));
    },
  );
}

/**
 * Every item of a partition, some at a time, the next read while these are used; without the SDK, which takes three
 * times the CPU for each item, more than all that becomes of them.
 */
export async function* inBulk<T>(
  table: string,
  query: Omit<OneQuery, 'limit' | 'after'>,
  attributes: readonly string[],
): AsyncGenerator<T[], undefined> {
  const input = inputOf(table, query, attributes);
  const read = (limit: number, after?: Attributes) =>
    answered({ ...input, ...(after && { ExclusiveStartKey: after }) }, limit);
  const itemsOf = ({ Items = [] }: Answer) => Items.map(valuesOf).filter(alive) as T[];
  let [page, limit] = await read(BATCH);
  while (page.LastEvaluatedKey) {
    const coming = read(limit, page.LastEvaluatedKey);
    // Whoever stops taking batches never asks how this one went.
    coming.catch(() => {});
    yield itemsOf(page);
    [page, limit] = await coming;
  }
  yield itemsOf(page);
}
