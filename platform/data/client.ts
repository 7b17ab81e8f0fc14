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
 * endpoint come from the environment.
 */
export const dynamo: DynamoDBClient = new DynamoDBClient({
  protocol: jsonProtocol({
    target: 'DynamoDB_20120810',
    operations: new Set(OPERATIONS),
    exceptions: { ConditionalCheckFailedException, ReplicatedWriteConflictException, TransactionCanceledException },
    BaseException: DynamoDBServiceException,
  }),
  accountIdEndpointMode: 'disabled',
  ...sdkOptions('dynamodb', () => dynamo.config),
});

withoutTheUnread(dynamo);

export const documents = DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } });
