import { describe, expect, test } from '@jest/globals';
import { entryFor, type Given } from '../../../tests/support/report-cards.ts';
import { meanOf, tallyOf } from './mean.ts';

describe('a figure', () => {
  test.each<[promise: string, given: readonly Given[], figure: number | undefined]>([
    ['is none without anything below', [], undefined],
    ['is none of what is absent, exempt or unmarked alone', [[{}, 'absent'], [{}, 'exempt'], [{}]], undefined],
    [
      'takes what is missing as 0',
      [
        [{}, 'missing'],
        [{}, 15],
      ],
      750,
    ],
    [
      'drops what is absent with its weight',
      [
        [{ coefficient: 900 }, 'absent'],
        [{}, 15],
      ],
      1500,
    ],
    [
      'is rounded half up',
      [
        [{}, 10.01],
        [{}, 10.02],
      ],
      1002,
    ],
    [
      'rounds a third down',
      [
        [{}, 10],
        [{}, 10],
        [{}, 11],
      ],
      1033,
    ],
    [
      'rounds two thirds up',
      [
        [{}, 10],
        [{}, 11],
        [{}, 11],
      ],
      1067,
    ],
    [
      'takes a result unrounded: 1/3 and 1/3 of 20 are 6.67, not 6.66',
      [
        [{ out_of: 300 }, 1],
        [{ out_of: 300 }, 1],
      ],
      667,
    ],
    [
      'does not round thirds before they add up to a whole',
      [
        [{ out_of: 300 }, 1],
        [{ out_of: 300 }, 2],
      ],
      1000,
    ],
    [
      'weighs half a point of coefficient',
      [
        [{ coefficient: 50 }, 8],
        [{}, 14],
      ],
      1200,
    ],
    [
      'gains what a bonus exceeds half by',
      [
        [{ counts: 'bonus' }, 16],
        [{}, 12],
      ],
      1800,
    ],
    [
      'loses nothing by a poor bonus',
      [
        [{ counts: 'bonus' }, 4],
        [{}, 12],
      ],
      1200,
    ],
    [
      'gains by a bonus out of its own points',
      [
        [{ counts: 'bonus', out_of: 1000 }, 6],
        [{}, 12],
      ],
      1400,
    ],
    [
      'ends at the scale',
      [
        [{ counts: 'bonus', coefficient: 500 }, 20],
        [{}, 19],
      ],
      2000,
    ],
    ['is none of a bonus alone', [[{ counts: 'bonus' }, 18]], undefined],
    [
      'is none of a bonus beside an absence',
      [
        [{ counts: 'bonus' }, 18],
        [{}, 'absent'],
      ],
      undefined,
    ],
    [
      'does not see what never counts',
      [
        [{ counts: 'never' }, 0],
        [{}, 12],
      ],
      1200,
    ],
    ['is none of what never counts', [[{ counts: 'never' }, 12]], undefined],
    [
      'is exact where the denominators are strange',
      [
        [{ out_of: 1999 }, 19.99],
        [{ out_of: 1300 }, 0],
      ],
      1000,
    ],
  ])('%s', (_promise, given, figure) => {
    expect(meanOf(given.map(entryFor), 20)).toBe(figure);
  });

  test('is rounded up at a true half, with denominators whose common one is far beyond 2^53', () => {
    const given = Array.from(
      { length: 25 },
      (_, i): Given => [{ out_of: 4000 * (i + 1), coefficient: 9999 - i }, 20.01 * (i + 1)],
    );
    expect(meanOf(given.map(entryFor), 20)).toBe(1001);
  });

  test('is the same of results that were added up: one tally stands for a thousand plain marks', () => {
    const marks = Array.from({ length: 1000 }, (_, i) =>
      entryFor([{ coefficient: 1 + (i % 10_000) }, (i * 7.77) % 20]),
    );
    const sum = (part: 'twice' | 'weight') => marks.reduce((all, mark) => all + mark[part], 0);
    expect(meanOf([{ twice: sum('twice'), out_of: 2000, weight: sum('weight') }], 20)).toBe(meanOf(marks, 20));
  });

  test('is refused where a sum is not whole, or too large to be exact: nothing is decided by a float unseen', () => {
    expect(() => meanOf([tallyOf({ points: 1000.3, out_of: 2000, weight: 33 })], 20)).toThrow(RangeError);
    expect(() => meanOf([tallyOf({ points: 1000, out_of: 2000, weight: 0.5 })], 20)).toThrow(RangeError);
    expect(() => meanOf([{ twice: 2 ** 53, out_of: 2000, weight: 100 }], 20)).toThrow(RangeError);
    expect(() => meanOf([{ twice: 100, out_of: 2000, weight: 2 ** 53 }], 20)).toThrow(RangeError);
  });
});
