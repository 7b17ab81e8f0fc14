import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  ResourceInUseException,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { ofType } from '../../project/template.ts';
import { type LocalTemplate, nameOf } from './names.ts';

type Definition = Pick<
  CreateTableCommandInput,
  'TableName' | 'KeySchema' | 'AttributeDefinitions' | 'GlobalSecondaryIndexes'
>;

/** Creates the tables that the template declares; those that exist get the indexes they lack. */
export async function createTables(template: LocalTemplate, dynamoDb: DynamoDBClient): Promise<void> {
  const tables = ofType(template, 'AWS::DynamoDB::Table');
  await Promise.all(
    tables.map(([logicalId, { Properties }]) => {
      // Time to live is left out: neither engine deletes what expired, so every read filters for itself.
      const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = Properties as Partial<Definition>;
      const indexes = GlobalSecondaryIndexes ? { GlobalSecondaryIndexes } : {};
      return createTable(dynamoDb, {
        TableName: nameOf(template, logicalId),
        KeySchema,
        AttributeDefinitions,
        ...indexes,
      });
    }),
  );
}

async function createTable(dynamoDb: DynamoDBClient, definition: Definition): Promise<void> {
  try {
    await dynamoDb.send(new CreateTableCommand({ ...definition, BillingMode: 'PAY_PER_REQUEST' }));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await addMissingIndexes(dynamoDb, definition);
  }
}

async function addMissingIndexes(dynamoDb: DynamoDBClient, definition: Definition): Promise<void> {
  const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName: definition.TableName }));
  if (JSON.stringify(sorted(Table?.KeySchema)) !== JSON.stringify(sorted(definition.KeySchema))) {
    throw new Error(
      `the table ${definition.TableName} has other keys than its template; start with an empty data folder`,
    );
  }
  const existing = new Set(Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName));
  for (const index of definition.GlobalSecondaryIndexes ?? []) {
    if (!existing.has(index.IndexName)) await addIndex(dynamoDb, definition, index);
  }
}

async function addIndex(dynamoDb: DynamoDBClient, definition: Definition, index: GlobalSecondaryIndex): Promise<void> {
  const { TableName, AttributeDefinitions } = definition;
  const { IndexName, KeySchema, Projection } = index;
  const GlobalSecondaryIndexUpdates = [{ Create: { IndexName, KeySchema, Projection } }];
  await dynamoDb.send(new UpdateTableCommand({ TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates }));
}

function sorted(keySchema: Definition['KeySchema']): string[] {
  return (keySchema ?? []).map((key) => `${key.KeyType} ${key.AttributeName}`).sort();
}
