import {
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { type Difference, setBack } from './setting-back.ts';

/** What is restored: of which stage and contexts, to when, and whether anything is written. */
export interface Restoration {
  readonly stage: string;
  readonly contexts: readonly string[];
  readonly to: Date;
  readonly apply: boolean;
}

/** What was found of one table. */
export interface Restored extends Difference {
  readonly table: string;
}

/** DynamoDB says that a restore takes minutes or hours. */
const MOST_SECONDS = 6 * 3600;

const isThere = (client: DynamoDBClient, TableName: string): Promise<boolean> =>
  client.send(new DescribeTableCommand({ TableName })).then(
    () => true,
    (error: unknown) => {
      if (error instanceof ResourceNotFoundException) return false;
      throw error;
    },
  );

/** The name of a table beside one, by which the next run finds it again. */
const besides = (table: string, to: Date): string => `${table}-${to.toISOString().replaceAll(/\D/g, '')}`;

/** Makes a table beside one, as that was, unless an earlier run did. @returns its name */
async function former(client: DynamoDBClient, table: string, to: Date): Promise<string> {
  const TargetTableName = besides(table, to);
  const source = { SourceTableName: table, TargetTableName, RestoreDateTime: to };
  if (!(await isThere(client, TargetTableName))) await client.send(new RestoreTableToPointInTimeCommand(source));
  await waitUntilTableExists(
    { client, maxWaitTime: MOST_SECONDS, minDelay: 1, maxDelay: 30 },
    { TableName: TargetTableName },
  );
  return TargetTableName;
}

/**
 * Sets the tables of contexts back to how they were: each is restored beside itself, which takes as long as it takes, and
 * then made what that is. Where nothing is written the tables beside stay, for the run that means it.
 * @throws what DynamoDB says of a time that it cannot go back to
 */
export async function restore(
  client: DynamoDBClient,
  { stage, contexts, to, apply }: Restoration,
): Promise<Restored[]> {
  const tables = contexts.map((context) => `campus-${stage}-${context}`);
  // All at once: a restore is waiting.
  const formers = await Promise.all(tables.map((table) => former(client, table, to)));
  const restored: Restored[] = [];
  for (const [i, table] of tables.entries()) {
    const as = formers[i] as string;
    restored.push({ table, ...(await setBack(client, table, { as, apply })) });
    if (apply) await client.send(new DeleteTableCommand({ TableName: as }));
  }
  return restored;
}
