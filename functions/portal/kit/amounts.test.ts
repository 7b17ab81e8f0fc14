import { expect, test } from '@jest/globals';
import { fc } from '../../../tests/support/draws.ts';
import { amountText, minorUnits } from './amounts.ts';

test.each([
  ['25 000', 'XOF', 25_000],
  ['25\u202f000', 'XOF', 25_000],
  ['12,50', 'EUR', 1250],
  ['12.5', 'EUR', 1250],
  ['12', 'EUR', 1200],
  ['12,50', 'XOF', undefined],
  ['1.000', 'EUR', undefined],
  ['50.000', 'XOF', undefined],
  ['', 'XOF', undefined],
  ['-5', 'XOF', undefined],
  ['1e3', 'XOF', undefined],
  ['0x10', 'XOF', undefined],
  ['12', 'nothing', 1200],
])('%j in %s is %j', (text, currency, amount) => {
  expect(minorUnits(text, currency)).toBe(amount);
});

test('what stands in a field is read as the amount that it was', () => {
  const anyAmount = fc.tuple(fc.integer({ min: 0, max: 1e12 }), fc.constantFrom('XOF', 'EUR', 'JPY', 'TND'));
  fc.assert(
    fc.property(anyAmount, ([amount, currency]) => minorUnits(amountText(amount, currency), currency) === amount),
  );
});
