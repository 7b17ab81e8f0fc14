import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sdkError } from '../../tests/support/faults.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { clock } from '../base/clock.ts';
import { keyPart } from '../base/key-part.ts';
import { isOverload, refusalOf } from './conflicts.ts';
import { key } from './key.ts';
import { optimistically } from './optimistic.ts';
import { Table } from './table.ts';
import { countTry } from './tally.ts';
import { LostUpdate, put } from './write.ts';

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const cancelled = (...reasons: { Code?: string; Item?: Record<string, unknown> }[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: reasons.map(({ Code, Item }) => ({ Code, ...(Item && { Item: marshall(Item) }) })),
  });

const at = { pk: key`A`, sk: key`B` };
const formats = { format: 1, knows: 1 };
const writes = ['first', 'second', 'third'].map((name) =>
  put(at, { when: 'x', otherwise: (current) => new Error(`${name}: ${current?.n}`) }),
);

describe('a transaction that was cancelled', () => {
  test('is what the first refused write says, given what stands there', () => {
    const error = cancelled(
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Item: { n: 7 } },
      { Code: 'ConditionalCheckFailed' },
    );
    expect(refusalOf(error, writes, formats)).toEqual(new Error('second: 7'));
    expect(refusalOf(cancelled({}, {}, { Code: 'ConditionalCheckFailed' }), writes, formats)).toEqual(
      new Error('third: undefined'),
    );
  });

  test('for no reason of ours stays what it is', () => {
    const error = cancelled({ Code: 'ItemCollectionSizeLimitExceeded' });
    expect(refusalOf(error, writes, formats)).toBe(error);
    expect(refusalOf(cancelled({ Code: 'ConditionalCheckFailed' }), [put(at)], formats)).toBeInstanceOf(
      TransactionCanceledException,
    );
    const other = new Error('other');
    expect(refusalOf(other, writes, formats)).toBe(other);
  });

  test.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])('by %s is busy', (Code) => {
    expect(isOverload(cancelled({ Code: 'None' }, { Code }))).toBe(true);
    const error = cancelled({ Code });
    expect(refusalOf(error, writes, formats)).toMatchObject({ code: 'busy', cause: error });
  });

  test('by a condition as well is refused for good', () => {
    expect(isOverload(cancelled({ Code: 'TransactionConflict' }, { Code: 'ConditionalCheckFailed' }))).toBe(false);
    expect(isOverload(cancelled({}, { Code: 'None' }))).toBe(false);
  });
});

test.each([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'TimeoutError',
  'InternalServerError',
])('%s is a DynamoDB that does not keep up', (name) => {
  expect(isOverload(sdkError(name))).toBe(true);
  expect(isOverload(name)).toBe(false);
});

describe('a record that others change', () => {
  test('is read and judged anew, forty times, and then busy', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    let tries = 0;
    const attempt = (until: number) =>
      optimistically(async () => {
        tries += 1;
        if (tries < until) throw new LostUpdate();
        return tries;
      });
    expect(await attempt(40)).toBe(40);
    tries = 0;
    await expect(attempt(41)).rejects.toMatchObject({ code: 'busy', cause: expect.any(LostUpdate) });
  });

  test('is left alone for any other error', async () => {
    let tries = 0;
    const attempt = async () => {
      tries += 1;
      throw new Error('other');
    };
    await expect(optimistically(attempt)).rejects.toThrow('other');
    expect(tries).toBe(1);
  });
});

describe('tries that are counted', () => {
  const table = new Table('NOTES_TABLE');
  const NOW = Date.UTC(2026, 0, 1);
  const tries = (name: string, most = 3) => countTry(table, keyPart(name), { most, seconds: 60 });

  test('are so many in a while, which begins with the first and ends for all', async () => {
    const now = jest.spyOn(clock, 'now').mockReturnValue(NOW);
    for (let i = 0; i < 3; i += 1) await tries('a');
    now.mockReturnValue(NOW + 20_000);
    await expect(tries('a')).rejects.toMatchObject({ code: 'too_many_requests', retryAfter: 40 });
    await expect(tries('b')).resolves.toBeUndefined();
    now.mockReturnValue(NOW + 59_999);
    await expect(tries('a')).rejects.toMatchObject({ retryAfter: 1 });
    now.mockReturnValue(NOW + 60_000);
    for (let i = 0; i < 3; i += 1) await tries('a');
    await expect(tries('a')).rejects.toMatchObject({ retryAfter: 60 });
  });

  test('are no more than so many at once, the first of them among these', async () => {
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => tries('crowd')));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });
});
