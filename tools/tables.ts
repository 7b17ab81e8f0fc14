import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceNotFoundException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { type LocalTemplate, nameOf } from '../localstack/resources/names.ts';
import { createTables } from '../localstack/resources/tables.ts';
import { ofType } from '../project/template.ts';

const MOST_SECONDS = 120;

/** A table as it stands. */
export interface Report {
  readonly name: string;
  readonly status: string;
  readonly items: number;
  readonly key: string;
  readonly indexes: string;
  readonly ttl: string;
}

const tableNames = (template: LocalTemplate): string[] =>
  ofType(template, 'AWS::DynamoDB::Table').map(([id]) => nameOf(template, id));

const absentIsFine = (error: unknown): undefined => {
  if (!(error instanceof ResourceNotFoundException)) throw error;
};

const waiting = (client: DynamoDBClient) => ({ client, maxWaitTime: MOST_SECONDS, minDelay: 1, maxDelay: 2 });

async function ttlOf(client: DynamoDBClient, TableName: string): Promise<string | undefined> {
  const { TimeToLiveDescription: ttl } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  return ttl?.TimeToLiveStatus === 'ENABLED' || ttl?.TimeToLiveStatus === 'ENABLING' ? ttl.AttributeName : undefined;
}

/** Creates the tables and indexes that are missing, and lets their items expire. */
export async function createAll(template: LocalTemplate, client: DynamoDBClient): Promise<void> {
  await createTables(template, client);
  for (const [id, { Properties }] of ofType(template, 'AWS::DynamoDB::Table')) {
    const TableName = nameOf(template, id);
    await waitUntilTableExists(waiting(client), { TableName });
    const { TimeToLiveSpecification } = Properties;
    if (!TimeToLiveSpecification || (await ttlOf(client, TableName))) continue;
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  }
}

/** Deletes the tables with all that is in them. */
export async function dropAll(template: LocalTemplate, client: DynamoDBClient): Promise<void> {
  for (const TableName of tableNames(template)) {
    await client.send(new DeleteTableCommand({ TableName })).catch(absentIsFine);
    await waitUntilTableNotExists(waiting(client), { TableName });
  }
}

const keyOf = (schema: readonly KeySchemaElement[] = []): string =>
  schema.map(({ AttributeName }) => AttributeName).join(' + ');

async function report(client: DynamoDBClient, name: string): Promise<Report> {
  const found = await client.send(new DescribeTableCommand({ TableName: name })).catch(absentIsFine);
  if (!found?.Table) return { name, status: 'MISSING', items: 0, key: '', indexes: '', ttl: 'none' };
  const { TableStatus = '', ItemCount = 0, KeySchema, GlobalSecondaryIndexes = [] } = found.Table;
  return {
    name,
    status: TableStatus,
    items: ItemCount,
    key: keyOf(KeySchema),
    indexes: GlobalSecondaryIndexes.map((index) => `${index.IndexName} (${keyOf(index.KeySchema)})`).join(', '),
    ttl: (await ttlOf(client, name)) ?? 'none',
  };
}

/** What stands of the declared tables. */
export const reportAll = (template: LocalTemplate, client: DynamoDBClient): Promise<Report[]> =>
  Promise.all(tableNames(template).map((name) => report(client, name)));
