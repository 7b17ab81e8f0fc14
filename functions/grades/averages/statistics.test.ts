import { describe, expect, test } from '@jest/globals';
import { rootBelow } from './exact.ts';
import { statisticsOf } from './statistics.ts';
import type { Scale } from './vocabulary.ts';

const distributionOf = (...figures: (number | undefined)[]) =>
  statisticsOf(figures, { scale: 20, pass_mark: 1000 }).distribution;

const binsOf = (scale: Scale, ...figures: number[]) => {
  const { histogram } = statisticsOf(figures, { scale, pass_mark: 0 });
  return Object.fromEntries([...histogram.entries()].filter(([, count]) => count > 0));
};

describe('the statistics of a class', () => {
  test('are of those who have a figure', () => {
    const { size, count, distribution } = statisticsOf([1200, undefined, 800, 1000], { scale: 20, pass_mark: 1000 });
    expect([size, count]).toEqual([4, 3]);
    expect(distribution).toEqual({
      mean: 1000,
      median: 1000,
      min: 800,
      max: 1200,
      standard_deviation: 163,
      pass_rate: 6667,
    });
  });

  test('of nobody with a figure are none', () => {
    const { histogram, ...rest } = statisticsOf([undefined, undefined], { scale: 20, pass_mark: 1000 });
    expect(rest).toEqual({ size: 2, count: 0, distribution: undefined });
    expect(histogram).toEqual(Array.from({ length: 20 }, () => 0));
  });

  test('round the mean and the median of an even count half up', () => {
    expect(distributionOf(1000, 1001)).toMatchObject({ mean: 1001, median: 1001 });
    expect(distributionOf(0, 1000, 1003, 2000)).toMatchObject({ mean: 1001, median: 1002 });
  });

  test('take the middle by size, whatever the order: 9.00 stands below 10.00', () => {
    expect(distributionOf(1000, 900, 10_000)).toMatchObject({ median: 1000, min: 900, max: 10_000 });
  });

  test('pass whoever has the pass mark, to the hundredth', () => {
    expect(distributionOf(1000, 999)?.pass_rate).toBe(5000);
    expect(distributionOf(0)?.pass_rate).toBe(0);
    expect(distributionOf(2000)?.pass_rate).toBe(10_000);
  });

  test('deviate by nothing in a class of one, and by half the distance in a class of two, half up', () => {
    expect(distributionOf(1234)?.standard_deviation).toBe(0);
    expect(distributionOf(0, 2000)?.standard_deviation).toBe(1000);
    expect(distributionOf(0, 3)?.standard_deviation).toBe(2);
    expect(distributionOf(0, 1)?.standard_deviation).toBe(1);
  });

  test('count by twentieths of each scale, the highest point in the last', () => {
    expect(binsOf(20, 0, 99, 100, 1999, 2000)).toEqual({ 0: 2, 1: 1, 19: 2 });
    expect(binsOf(10, 0, 49, 50, 999, 1000)).toEqual({ 0: 2, 1: 1, 19: 2 });
    expect(binsOf(100, 0, 499, 500, 9999, 10_000)).toEqual({ 0: 2, 1: 1, 19: 2 });
  });

  test('stay exact for a million members', () => {
    const figures = Array.from({ length: 1_000_000 }, (_, i) => (i % 2 === 0 ? 0 : 10_000));
    const { distribution } = statisticsOf(figures, { scale: 100, pass_mark: 5000 });
    expect(distribution).toMatchObject({ mean: 5000, median: 5000, standard_deviation: 5000, pass_rate: 5000 });
  });
});

test('a root is found beside every square, small and beyond what a float can tell apart', () => {
  for (const root of [1n, 2n, 3n, 10n, 94_906_265n, 94_906_267n, 10n ** 20n + 7n]) {
    expect(rootBelow(root * root)).toBe(root);
    expect(rootBelow(root * root - 1n)).toBe(root - 1n);
    expect(rootBelow(root * root + 2n * root)).toBe(root);
  }
  expect(rootBelow(0n)).toBe(0n);
});
