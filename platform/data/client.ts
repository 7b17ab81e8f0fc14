import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  DynamoDBServiceException,
  ReplicatedWriteConflictException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { jsonProtocol } from '../aws/json-protocol.ts';
import { sdkOptions, withoutTheUnread } from '../aws/sdk-client.ts';

/** What is asked about items. Tables themselves are made and described by the tools, with clients of their own. */
const OPERATIONS = [
  'GetItem',
  'Query',
  'Scan',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchGetItem',
  'BatchWriteItem',
  'TransactGetItems',
  'TransactWriteItems',
];

/**
 * The one connection to DynamoDB, made at module scope so that warm invocations reuse it. The region, credentials and
 * endpoint come from the environment. The limits keep a call that hangs well inside a Lambda's time-out.
 */
export const dynamo: DynamoDBClient = new DynamoDBClient({
  maxAttempts: 3,
  protocol: jsonProtocol({
    target: 'DynamoDB_20120810',
    operations: new Set(OPERATIONS),
    exceptions: { ConditionalCheckFailedException, ReplicatedWriteConflictException, TransactionCanceledException },
    BaseException: DynamoDBServiceException,
  }),
  accountIdEndpointMode: 'disabled',
  ...sdkOptions({ host: 'dynamodb', patience: { connection: 1_000, answer: 2_000 } }, () => dynamo.config),
});

withoutTheUnread(dynamo);
// The protocol has said it.
dynamo.middlewareStack.remove('contentLengthMiddleware');

export const documents = DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } });
