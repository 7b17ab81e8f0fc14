import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { projectRoot } from '../../project/root.ts';
import { createContext, createFrom } from '../../tests/support/tables.ts';
import { createResources, loadContextResources } from './create.ts';

const file = 'tests/support/fixtures/context.yml';
const dynamoDb = new DynamoDBClient({});
const sqs = new SQSClient({});

test('a context file becomes tables, queues and the environment of its functions', async () => {
  const environment = await createFrom([file]);
  const { FIXTURE_TABLE: TableName = '', FIXTURE_QUEUE: QueueUrl = '' } = environment;
  expect(process.env).toMatchObject(environment);
  expect(environment.FIXTURE_CONTEXT).toBe('fixture');
  expect(environment.FIXTURE_ADDRESS).toBe(`${TableName}@eu-west-3`);
  const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName }));
  expect(Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName)).toEqual(['by-kind']);
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  const prefix = TableName.replace(/-fixture$/, '');
  expect(Attributes).toMatchObject({ VisibilityTimeout: '60', QueueArn: environment.FIXTURE_QUEUE_ARN });
  expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toEqual({
    deadLetterTargetArn: `arn:aws:sqs:eu-west-3:000000000000:${prefix}-FixtureDeadLetters`,
    maxReceiveCount: 5,
  });
});

test('creating again changes nothing and adds an index that is missing', async () => {
  const { template, environment } = loadContextResources([file], `again-${crypto.randomUUID()}`);
  await createResources(template);
  const TableName = environment.FIXTURE_TABLE;
  const GlobalSecondaryIndexUpdates = [{ Delete: { IndexName: 'by-kind' } }];
  await dynamoDb.send(new UpdateTableCommand({ TableName, GlobalSecondaryIndexUpdates }));
  await createResources(template);
  await createResources(template);
  const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName }));
  expect(Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName)).toEqual(['by-kind']);
});

test('two tests never share a table', async () => {
  const [one, other] = [await createFrom([file]), await createFrom([file])];
  expect(one.FIXTURE_TABLE).not.toBe(other.FIXTURE_TABLE);
});

test.each(readdirSync(join(projectRoot, 'functions')))('the resources of %s can be created', async (context) => {
  const environment = await createContext(context);
  expect(Object.values(environment)).not.toContain('[object Object]');
});
