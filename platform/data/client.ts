import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { sdkSigner } from '../aws/sdk-signer.ts';

/**
 * The one connection to DynamoDB, made at module scope so that warm invocations reuse it. The region, credentials and
 * endpoint come from the environment. The limits keep a call that hangs well inside a Lambda's time-out.
 */
export const dynamo: DynamoDBClient = new DynamoDBClient({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  signer: sdkSigner('dynamodb', () => dynamo.config),
});

// What each call would pay for and nobody reads: who wrote the SDK, its debug log, a host that the signer sets.
for (const middleware of ['getUserAgentMiddleware', 'loggerMiddleware', 'hostHeaderMiddleware'])
  dynamo.middlewareStack.remove(middleware);

export const documents = DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } });
