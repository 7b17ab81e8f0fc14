import { describe, expect, test } from '@jest/globals';
import { refusalsOf } from '../../../tests/support/refusals.ts';
import { NewMark, sumsOf } from './mark.ts';

describe('a mark', () => {
  test.each([
    ['grade', -0.01, 0],
    ['grade', 20.01, 20],
    ['coefficient', 0, 0.01],
    ['coefficient', 100.01, 100],
    ['subject', 'x'.repeat(101), 'x'.repeat(100)],
    ['comment', 'x'.repeat(501), 'x'.repeat(500)],
  ])('has no %s of %p, but one of %p', (field, wrong, right) => {
    const refused = (value: unknown) => refusalsOf(NewMark, { grade: 10, [field]: value }).length;
    expect([refused(wrong), refused(right)]).toEqual([1, 0]);
  });

  test('in finer steps than hundredths is refused, and says so', () => {
    for (const field of ['grade', 'coefficient'])
      expect(refusalsOf(NewMark, { grade: 10, [field]: 1.005 })).toEqual([
        `#/${field} too_fine: Deux décimales au plus | At most two decimals`,
      ]);
  });

  test('counts once unless it says how often, and adds up in whole numbers', () => {
    expect(NewMark.parse({ grade: 10 })).toEqual({ grade: 10, coefficient: 1 });
    expect(sumsOf({ grade: 15.55, coefficient: 1.1 })).toEqual({ 't#': 2 * 171_050, 'w#': 110 });
  });
});
