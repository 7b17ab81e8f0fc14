import { describe, expect, test } from '@jest/globals';
import { rankingOf, type Standing } from './ranking.ts';
import type { Scale } from './vocabulary.ts';

let lastStudent = 0;

/** A member with a figure who takes four coefficients, all of them covered unless said. */
const member = (general: number | undefined, covered = 400n, scale: Scale = 20, rank_needs = 50): Standing => ({
  student: ++lastStudent,
  general,
  coverage: { covered, taken: 400n },
  programme: { scale, rank_needs },
});

const ranksOf = (...standings: Standing[]) => rankingOf(standings).members.map(({ general, rank }) => [general, rank]);

describe('a ranking', () => {
  test('ranks 1, 2, 2, 4, best first', () => {
    expect(ranksOf(member(900), member(1200), member(1500), member(1200))).toEqual([
      [1500, 1],
      [1200, 2],
      [1200, 2],
      [900, 4],
    ]);
  });

  test('ranks all equal at 1, and the one below by how many are above', () => {
    expect(ranksOf(member(0), member(7), member(7), member(7)).map(([, rank]) => rank)).toEqual([1, 1, 1, 4]);
  });

  test('keeps who has figures in half of their coefficients, to the hundredth, and not who has less', () => {
    const standings = [member(2000, 199n), member(1000, 200n), member(undefined, 0n), member(900)];
    const { ranked, size, members } = rankingOf(standings);
    expect(members.map(({ general, rank }) => [general, rank])).toEqual([
      [1000, 1],
      [900, 2],
      [2000, null],
      [undefined, null],
    ]);
    expect([ranked, size]).toEqual([2, 4]);
  });

  test('asks for no more than the class does, but for a figure always', () => {
    expect(ranksOf(member(1000, 1n, 20, 0), member(undefined, 0n, 20, 0))).toEqual([
      [1000, 1],
      [undefined, null],
    ]);
    expect(ranksOf(member(1000, 399n, 20, 100), member(900, 400n, 20, 100))).toEqual([
      [900, 1],
      [1000, null],
    ]);
  });

  test('compares shares of the scale across classes: 14.20/20, 7.10/10 and 71.00/100 are one place', () => {
    expect(
      ranksOf(
        member(1420),
        member(7101, 400n, 100),
        member(710, 400n, 10),
        member(7100, 400n, 100),
        member(7099, 400n, 100),
      ),
    ).toEqual([
      [7101, 1],
      [1420, 2],
      [710, 2],
      [7100, 2],
      [7099, 5],
    ]);
  });

  test('breaks no tie of any figure with its like on another scale', () => {
    for (let tenth = 0; tenth <= 1000; tenth += 1) {
      const alike = [member(tenth, 400n, 10), member(2 * tenth, 400n, 20), member(10 * tenth, 400n, 100)];
      expect(rankingOf(alike).members.map(({ rank }) => rank)).toEqual([1, 1, 1]);
    }
  });

  test('carries along whatever is known of a member', () => {
    expect(rankingOf([{ ...member(1), name: 'Awa' }]).members[0]).toMatchObject({ name: 'Awa', rank: 1 });
  });

  test('of nobody is empty', () => {
    expect(rankingOf([])).toEqual({ ranked: 0, size: 0, members: [] });
  });
});
