import { expect, test } from '@jest/globals';
import { fc } from '../../tests/support/draws.ts';
import { decimalOf, roundedQuotient } from './decimal.ts';

test.each([
  [71.5, 715n, 10n],
  [0.1, 1n, 10n],
  [0, 0n, 1n],
  [178, 178n, 1n],
  [1e-7, 1n, 10_000_000n],
  [1.5e21, 1_500_000_000_000_000_000_000n, 1n],
  [-0.25, -25n, 100n],
])('%p is %p over %p', (value, units, scale) => {
  expect(decimalOf(value)).toEqual({ units, scale });
});

test('what was taken apart gives the number again', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const { units, scale } = decimalOf(value);
      const exponent = String(scale).length - 1;
      expect(Number(`${units}e-${exponent}`)).toBe(value === 0 ? 0 : value);
    }),
  );
});

test.each([
  [1n, 2n, 1],
  [49n, 100n, 0],
  [3n, 2n, 2],
  [10n ** 30n, 10n ** 28n, 100],
])('%p over %p is %p, half up', (dividend, divisor, rounded) => {
  expect(roundedQuotient(dividend, divisor)).toBe(rounded);
});
