import { describe, expect, test } from '@jest/globals';
import { overTerms } from './terms.ts';

describe('a term made of terms', () => {
  const coverage = { covered: 100n, taken: 200n };
  const term = { general: 1000, coverage, weight: 100, scale: 20 as const };

  test('weighs its children, and drops those without a figure', () => {
    expect(overTerms([term, { ...term, general: 1300, weight: 200 }], 20).general).toBe(1200);
    expect(overTerms([term, { ...term, general: undefined, weight: 900 }], 20).general).toBe(1000);
    expect(overTerms([], 20).general).toBeUndefined();
  });

  test('brings a figure from a class of another scale to its own', () => {
    expect(overTerms([term, { ...term, general: 700, scale: 10 }], 20).general).toBe(1200);
  });

  test('adds up how much was covered, by the weight of each child', () => {
    const other = { ...term, weight: 300, coverage: { covered: 200n, taken: 200n } };
    expect(overTerms([term, other], 20).coverage).toEqual({ covered: 70_000n, taken: 80_000n });
  });
});
