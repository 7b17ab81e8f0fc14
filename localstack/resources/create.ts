import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Place } from './names.ts';
import { createQueues } from './queues.ts';
import { createTables } from './tables.ts';

/** Creates what the template declares on the engines that AWS_ENDPOINT_URL_DYNAMODB and AWS_ENDPOINT_URL_SQS name. */
export async function createResources(place: Place): Promise<void> {
  const dynamoDb = new DynamoDBClient({});
  const sqs = new SQSClient({});
  try {
    await Promise.all([createTables(place, dynamoDb), createQueues(place, sqs)]);
  } finally {
    dynamoDb.destroy();
    sqs.destroy();
  }
}

/** The variable, or an error that says what is missing. */
export function requireEnv(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
