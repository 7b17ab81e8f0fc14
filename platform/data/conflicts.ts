import {
  type AttributeValue,
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { isConnectionError } from '../base/http-client.ts';
import { problem } from '../base/problems.ts';
import { retrying } from '../base/retry.ts';
import { type Formats, refusal } from './format.ts';
import type { Item, Write } from './write.ts';

const RETRIES = { attempts: 12, firstPauseMs: 20, longestPauseMs: 400 };

const TRANSIENT = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
const OVERLOADED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'TimeoutError',
  'InternalServerError',
]);

function isConflict(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) {
    return error instanceof Error && error.name === 'TransactionConflictException';
  }
  const codes = error.CancellationReasons?.map(({ Code }) => Code ?? 'None') ?? [];
  return codes.some((code) => TRANSIENT.has(code)) && !codes.includes('ConditionalCheckFailed');
}

/** Runs a transaction again while others hold the same items. */
export const retryingConflicts = <T>(transaction: () => Promise<T>): Promise<T> =>
  retrying(transaction, { ...RETRIES, worthwhile: isConflict });

/** Whether DynamoDB did not keep up or was not there, as against having refused. */
export const isOverload = (error: unknown): boolean =>
  isConflict(error) || isConnectionError(error) || (error instanceof Error && OVERLOADED.has(error.name));

/** What was in the way of each write, in their order: undefined where nothing was. */
function obstacles(
  error: unknown,
): readonly ({ readonly Item?: Record<string, AttributeValue> | undefined } | undefined)[] {
  if (error instanceof ConditionalCheckFailedException) return [error];
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map((reason) =>
    reason.Code === 'ConditionalCheckFailed' ? reason : undefined,
  );
}

/** The error that writes mean to their caller which DynamoDB refused: what it throws for any other reason stays itself. */
export function refusedAs(error: unknown, writes: readonly Write[], formats: Formats): unknown {
  for (const [i, obstacle] of obstacles(error).entries()) {
    const [write, item] = [writes[i], obstacle?.Item && (unmarshall(obstacle.Item) as Item)];
    const refused = obstacle && write && refusal(write, item, formats);
    if (refused) return refused;
  }
  return error;
}

/** The same of a transaction, which is tried again before it fails. */
export const refusalOf = (error: unknown, writes: readonly Write[], formats: Formats): unknown =>
  isOverload(error) ? problem.busy({ cause: error }) : refusedAs(error, writes, formats);
