import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDb } from '../../localstack/engines/dynamodb.ts';
import { startSqs } from '../../localstack/engines/sqs.ts';
import { prepareSecrets } from '../../localstack/secrets.ts';

const stops: (() => Promise<void>)[] = [];

/** Starts one DynamoDB and one SQS with S3 in memory, which all test files share. */
export async function startEngines(): Promise<void> {
  const [dynamoDb, sqs] = await Promise.all([startDynamoDb(), startSqs()]);
  const data = mkdtempSync(join(tmpdir(), 'campus-unit-'));
  stops.push(
    async () => rmSync(data, { recursive: true }),
    () => dynamoDb.stop(),
    () => sqs.stop(),
  );
  process.once('exit', () => dynamoDb.child.kill('SIGKILL'));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_ENDPOINT_URL_S3: sqs.endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'eu-west-3',
    CAMPUS_STAGE: 'test',
    CAMPUS_SECRETS_DIR: prepareSecrets(data),
    // A test that is about logs turns them on for itself.
    CAMPUS_LOG_LEVEL: process.env.CAMPUS_LOG_LEVEL ?? 'SILENT',
  });
}

/** Stops them. */
export async function stopEngines(): Promise<void> {
  await Promise.all(stops.map((stop) => stop()));
}
