import { expect, test } from '@jest/globals';
import { type Bench, quantile, summary } from '../../bench/frame.ts';
import { contradiction } from '../../bench/load.ts';
import { tableOf } from '../../bench/table.ts';

const bench: Bench = {
  about: '',
  rows: [{ what: 'ours ÷ theirs', unit: '×', better: 'lower', of: ({ ours = 0, theirs = 0 }) => ours / theirs }],
  async *measure() {},
};

const rounds = (...values: readonly (readonly [ours: number, theirs: number])[]) =>
  values.map(([ours, theirs]) => ({ ours, theirs }));

test('a ratio is made within each round, so that a slow round slows both sides', () => {
  const { rows, doubts } = summary(bench, rounds([10, 5], [100, 50], [11, 5], [10, 5], [9, 5]), []);
  expect(rows[0]).toMatchObject({ median: 2, best: 1.8 });
  expect(doubts).toEqual([]);
});

test('rounds that lie too far apart are not believed', () => {
  const { doubts } = summary(bench, rounds([10, 10], [20, 10], [30, 10], [40, 10], [50, 10]), ['the lights went out']);
  expect(doubts).toEqual(['the lights went out', 'ours ÷ theirs: the rounds lie 67 % apart']);
});

test('what is told in full is of the first round, and of none where none was made', () => {
  const detailed = {
    ...bench,
    detail: ({ ours = 0 }) => ({ head: ['what', 'figure'], rows: [['ours', `${ours} s`]] }),
  };
  const outcome = summary(detailed, rounds([10, 5], [20, 5]), []);
  expect(outcome.detail?.rows).toEqual([['ours', '10 s']]);
  expect(tableOf(outcome)).toContain('  what  figure\n  ours  10 s');
  expect(summary({ ...detailed, rows: [] }, [], []).detail).toBeUndefined();
});

test('a rate and a latency are held against the connections: Little’s law', () => {
  expect(contradiction(16, 6_200, 2_000)).toMatch('12400.0 under way on 16 connections');
  expect(contradiction(16, 3_500, 0.5)).toBeUndefined();
  expect(contradiction(16, 1_000, 16)).toBeUndefined();
  // Most connections did nothing.
  expect(contradiction(16, 100, 20)).toMatch('2.0 under way');
});

test('a quantile is one of the values', () => {
  expect([0, 0.5, 0.95, 1].map((part) => quantile([3, 1, 2, 4], part))).toEqual([1, 3, 4, 4]);
});
