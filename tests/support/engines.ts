import { startDynamoDb } from '../../localstack/engines/dynamodb.ts';
import { startSqs } from '../../localstack/engines/sqs.ts';

const stops: (() => Promise<void>)[] = [];

/** Starts one DynamoDB and one SQS in memory, which all test files share. */
export async function startEngines(): Promise<void> {
  const [dynamoDb, sqs] = await Promise.all([startDynamoDb(), startSqs()]);
  stops.push(
    () => dynamoDb.stop(),
    () => sqs.stop(),
  );
  process.once('exit', () => dynamoDb.child.kill('SIGKILL'));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'eu-west-3',
    CAMPUS_STAGE: 'test',
  });
}

/** Stops them. */
export async function stopEngines(): Promise<void> {
  await Promise.all(stops.map((stop) => stop()));
}
