import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { required } from '../../platform/base/env.ts';
import { readContext } from '../../project/contexts.ts';
import { createBuckets } from './buckets.ts';
import { resolveEnvironment } from './intrinsics.ts';
import type { LocalTemplate } from './names.ts';
import { createQueues } from './queues.ts';
import { createTables } from './tables.ts';

/** Creates what the template declares on the engines that AWS_ENDPOINT_URL_DYNAMODB, …_SQS and …_S3 name. */
export async function createResources(template: LocalTemplate): Promise<void> {
  const dynamoDb = new DynamoDBClient({});
  const sqs = new SQSClient({});
  try {
    await Promise.all([createTables(template, dynamoDb), createQueues(template, sqs), createBuckets(template)]);
  } finally {
    dynamoDb.destroy();
    sqs.destroy();
  }
}

/** What some contexts need to run. */
export interface ContextResources {
  readonly template: LocalTemplate;
  /** What the functions of these contexts find in their environment. */
  readonly environment: Record<string, string>;
}

/** Reads the tables, queues, buckets and environment that these context files declare, under names that begin with the prefix. */
export function loadContextResources(files: readonly string[], prefix: string): ContextResources {
  const contexts = files.map((file) => readContext(file, prefix));
  const template: LocalTemplate = {
    Resources: Object.assign({}, ...contexts.map(({ resources }) => resources)),
    prefix,
    region: required('AWS_REGION'),
    sqsEndpoint: required('AWS_ENDPOINT_URL_SQS'),
  };
  const environments = contexts
    .flatMap(({ lambdas }) => lambdas)
    .map(({ environment }) => resolveEnvironment(template, environment));
  return { template, environment: Object.assign({}, ...environments) as Record<string, string> };
}
