import { expect, test } from '@jest/globals';
import { Currency, PositiveAmount } from './money.ts';

test.each(['XOF', 'EUR', 'USD', 'JPY'])('%s is a currency', (code) => {
  expect(Currency.parse(code)).toBe(code);
});

test.each(['xof', 'EURO', 'ZZZ', '', '€', 'E\0R'])('%j is no currency', (code) => {
  expect(Currency.safeParse(code).success).toBe(false);
});

test.each([0, -1, 0.5, 1e13, Number.POSITIVE_INFINITY, Number.NaN, '1', null])('%p is no amount of money', (amount) => {
  expect(PositiveAmount.safeParse(amount).success).toBe(false);
});
