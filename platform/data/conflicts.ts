import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { isConnectionError } from '../base/http-client.ts';
import { problem } from '../base/problems.ts';
import { retrying } from '../base/retry.ts';
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

/** The error that a failed transaction means to its caller. */
export function refusalOf(error: unknown, writes: readonly Write[]): unknown {
  if (isOverload(error)) return problem.busy({ cause: error });
  if (!(error instanceof TransactionCanceledException)) return error;
  for (const [i, reason] of (error.CancellationReasons ?? []).entries()) {
    const condition = writes[i]?.condition;
    if (reason.Code !== 'ConditionalCheckFailed' || !condition) continue;
    return condition.otherwise(reason.Item && (unmarshall(reason.Item) as Item));
  }
  return error;
}
