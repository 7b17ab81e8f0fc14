import { afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import * as z from 'zod';
import { describeCache } from '../../tests/support/cache-suite.ts';
import { failing, intervening, sdkError } from '../../tests/support/faults.ts';
import { meteredCalls } from '../../tests/support/meter.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { clock } from '../base/clock.ts';
import { dynamo } from '../data/client.ts';
import { key } from '../data/key.ts';
import { Table } from '../data/table.ts';
import { Cache } from './cache.ts';

const cache = new Cache(new Table('NOTES_TABLE'));

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describeCache('the table', () => cache);

const sent = meteredCalls();

const Value = z.object({ text: z.string() });
let names = 0;

/** A value of its own. */
function scope(generation: () => Promise<number>) {
  names += 1;
  return { key: key`rankings:top10:${names}`, seconds: 1800, schema: Value, generation };
}

const computing = (text: string) => async () => ({ value: { text }, keep: true });

test('in the table a hit is half a read unit for each 4 KB beside the generation, and a miss a write for each KB', async () => {
  const one = scope(async () => 1);
  sent.length = 0;
  await cache.read(one, computing('x'.repeat(3_000)));
  expect(sent.splice(0)).toEqual([
    { operation: 'GetItem', units: 0.5 },
    { operation: 'PutItem', units: 3 },
  ]);
  await cache.read(one, computing('x'));
  expect(sent.splice(0)).toEqual([{ operation: 'GetItem', units: 0.5 }]);
});

test('a value that lies there after its time is none, though DynamoDB has not deleted it yet', async () => {
  const one = scope(async () => 1);
  await cache.read(one, computing('first'));
  const later = Date.now() + 1_801_000;
  jest.spyOn(clock, 'now').mockReturnValue(later);
  expect(await cache.read(one, computing('second'))).toMatchObject({ value: { text: 'second' }, hit: false });
});

test('where the table refuses what the cache asks, the value is computed', async () => {
  const throttled = () => sdkError('ThrottlingException', { $retryable: { throttling: true } });
  const one = scope(async () => 1);
  await intervening(dynamo, failing(throttled, 'GetItem', 'PutItem', 'DeleteItem'), async () => {
    expect(await cache.read(one, computing('first'))).toMatchObject({ value: { text: 'first' }, hit: false });
    await cache.drop(one.key);
  });
  expect(await cache.read(one, computing('second'))).toMatchObject({ value: { text: 'second' }, hit: false });
  expect(await cache.read(one, computing('third'))).toMatchObject({ value: { text: 'second' }, hit: true });
});
