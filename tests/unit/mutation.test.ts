import { describe, expect, test } from '@jest/globals';
import { type Covering, neighboursAmong, testsFor } from '../mutation/coverage.ts';
import { isAskedFor, type Mutant } from '../mutation/population.ts';
import { draw, interval, roomOf } from '../mutation/sample.ts';

const mutant = (id: number, file: string, from = 1, to = from): Mutant => ({
  id: String(id),
  file,
  from,
  to,
  column: 0,
  kind: 'Any',
  original: 'a',
  replacement: 'b',
});

const population = Array.from({ length: 1000 }, (_, id) =>
  mutant(id, id < 700 ? 'platform/http/one.ts' : 'functions/grades/two.ts'),
);

describe('a sample of mutants', () => {
  test('is the same for the same seed, another for another, and names nobody twice', () => {
    const drawn = draw(population, 100, 7);
    expect(draw(population, 100, 7)).toEqual(drawn);
    expect(draw(population, 100, 8)).not.toEqual(drawn);
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(100);
  });

  test('holds of each folder what is its part', () => {
    const drawn = draw(population, 100, 7).map(roomOf);
    expect(drawn.filter((room) => room === 'functions/grades')).toHaveLength(30);
  });

  test('is all of them where there are no more', () => {
    expect(new Set(draw(population, 5000, 7))).toEqual(new Set(population));
  });

  test('tells between what shares the true one lies: narrower, the more were tried', () => {
    const [low, high] = interval(85, 100);
    expect(low).toBeCloseTo(0.767, 3);
    expect(high).toBeCloseTo(0.907, 3);
    const [lower, higher] = interval(850, 1000);
    expect(higher - lower).toBeLessThan((high - low) / 3);
  });
});

test('mutants are asked for by file, lines, folder and glob', () => {
  const one = mutant(1, 'platform/http/body.ts', 60, 62);
  for (const pattern of ['platform/http/body.ts', 'platform/http/body.ts:60-62', 'platform', 'platform/*/*.ts'])
    expect(isAskedFor(one, [pattern])).toBe(true);
  for (const pattern of ['platform/http/body.ts:61-70', 'platform/http/bod', 'functions/**/*.ts'])
    expect(isAskedFor(one, [pattern])).toBe(false);
});

describe('the tests that are asked about a mutant', () => {
  const within = mutant(1, 'platform/http/one.ts', 5);
  const around = mutant(2, 'platform/http/one.ts', 4, 6);
  const among = neighboursAmong([within, around, mutant(3, 'platform/http/one.ts', 9)]);
  const covering = (file: string, ms: number, reached: string[], loaded: string[] = []): Covering => ({
    file,
    ms,
    reached: new Set(reached),
    loaded: new Set(loaded),
  });
  const files = (of: Mutant, all: readonly Covering[], budget = 60_000) =>
    testsFor(of, all, among, budget).map(({ file }) => file);

  test('are those that come by it: the quick and near before the slow and far', () => {
    const all = [
      covering('functions/orders/far.test.ts', 1, ['1']),
      covering('platform/http/slow.test.ts', 9, ['1']),
      covering('platform/http/quick.test.ts', 2, ['1']),
      covering('platform/http/elsewhere.test.ts', 1, ['3']),
    ];
    expect(files(within, all)).toEqual([
      'platform/http/quick.test.ts',
      'platform/http/slow.test.ts',
      'functions/orders/far.test.ts',
    ]);
  });

  test('begin with who calls a function, where the mutant takes the place of the function itself', () => {
    const all = [
      covering('platform/http/loads.test.ts', 1, ['3'], ['2']),
      covering('functions/orders/calls.test.ts', 5, ['1'], ['2']),
    ];
    expect(files(around, all)).toEqual(['functions/orders/calls.test.ts', 'platform/http/loads.test.ts']);
  });

  test('take no longer than they may together, but are three in any case', () => {
    const all = [1, 2, 3, 4, 5].map((n) => covering(`platform/http/${n}.test.ts`, n * 1000, ['1']));
    expect(files(within, all, 10_000)).toHaveLength(4);
    expect(files(within, all, 1)).toHaveLength(3);
  });
});
