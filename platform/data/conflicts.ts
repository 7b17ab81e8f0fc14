import { setTimeout as pause } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { problem } from '../http/problems.ts';
import type { Item, Write } from './write.ts';

const ATTEMPTS = 12;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 400;

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

/** Runs a transaction again, after a random pause that grows, while others hold the same items. */
export async function retryingConflicts<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error;
      await pause(Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
    }
  }
}

/** Whether DynamoDB did not keep up, as against having refused. */
export const isOverload = (error: unknown): boolean =>
  isConflict(error) || (error instanceof Error && OVERLOADED.has(error.name));

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
