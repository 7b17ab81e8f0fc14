import { afterEach, describe, expect, test } from '@jest/globals';
import { key } from './key.ts';
import { shardCounts } from './shard-counts.ts';
import { sharded } from './sharded.ts';

const LIST = sharded(key`PERSONS`);

const setShards = (written?: string, read?: string): void => {
  Object.assign(process.env, { SHARDS: written ?? '', SHARDS_READ: read ?? '' });
};
afterEach(() => setShards());

describe('the number of shards', () => {
  test.each([
    [undefined, undefined, 1, 1, false],
    ['', '', 1, 1, false],
    ['8', '', 8, 8, false],
    ['1', '8', 1, 8, true],
    ['8', '8', 8, 8, true],
  ])('SHARDS=%s SHARDS_READ=%s: %i written, %i read, moving %s', (written, read, ...counts) => {
    const found = shardCounts(written, read);
    expect([found.written, found.read, found.areMoving]).toEqual(counts);
  });

  test.each([
    ['0', ''],
    ['33', ''],
    ['1.5', ''],
    ['many', ''],
    ['8', '4'],
    ['8', '33'],
  ])('SHARDS=%s SHARDS_READ=%s is refused: it would hide what is written, or is no number', (written, read) => {
    expect(() => shardCounts(written, read)).toThrow(/^SHARDS(?:_READ)? is /);
  });
});

test('the first shard has the key that the list had before there were any', () => {
  expect([LIST.of(7), LIST.keys]).toEqual(['PERSONS', ['PERSONS']]);
  setShards('3');
  expect(LIST.keys).toEqual(['PERSONS', 'PERSONS#1', 'PERSONS#2']);
});

test('where an item goes is the same in every version: another hash would be a move', () => {
  setShards('8');
  expect(['1', '2', '3', '4', 'élan'].map((id) => LIST.of(id))).toMatchInlineSnapshot(`
[
  "PERSONS",
  "PERSONS#5",
  "PERSONS#5",
  "PERSONS#4",
  "PERSONS#7",
]
`);
  expect(LIST.of(1)).toBe(LIST.of('1'));
});

test.each([2, 4, 7, 8, 32])('over %i shards, counted ids are spread evenly', (shards) => {
  setShards(String(shards));
  const sizes = Map.groupBy(
    Array.from({ length: 32_000 }, (_, id) => LIST.of(String(id).padStart(16, '0'))),
    (one) => one,
  );
  expect(sizes.size).toBe(shards);
  for (const { length } of sizes.values()) expect(Math.abs((length * shards) / 32_000 - 1)).toBeLessThan(0.15);
});
