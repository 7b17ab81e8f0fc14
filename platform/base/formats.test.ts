import { expect, test } from '@jest/globals';
import { dateFormat, decimalsOf, moneyIn, numberFormat } from './formats.ts';

test('a format is made once for a language and what is asked of it', () => {
  const long = { dateStyle: 'long', timeZone: 'Africa/Dakar' } as const;
  expect(dateFormat('fr-FR', { ...long })).toBe(dateFormat('fr-FR', long));
  expect(dateFormat('fr-FR', { ...long, timeZone: 'Europe/Paris' })).not.toBe(dateFormat('fr-FR', long));
  expect(numberFormat('fr-FR', {}).format(12.5)).toBe('12,5');
  expect(numberFormat('en-GB', {}).format(12.5)).toBe('12.5');
});

test('what cannot be made is refused each time', () => {
  for (let times = 0; times < 2; times += 1)
    expect(() => dateFormat('fr-FR', { timeZone: 'Mars/Olympus' })).toThrow(RangeError);
});

test.each([
  ['XOF', 50_000, 0, '50\u202f000\u00a0F\u202fCFA'],
  ['EUR', 1250, 2, '12,50\u00a0€'],
  ['TND', 1250, 3, '1,250\u00a0TND'],
])('an amount in %s has the decimals of its currency', (currency, amount, decimals, written) => {
  expect(decimalsOf(currency)).toBe(decimals);
  expect(moneyIn('fr-FR', amount, currency)).toBe(written);
});

test('formats that are written differently each time do not pile up', () => {
  const first = numberFormat('fr-FR', {});
  for (let i = 0; i < 2_000; i += 1) numberFormat(`fr-FR-x-${String(i).padStart(4, '0')}`, {});
  expect(numberFormat('fr-FR', {})).not.toBe(first);
  expect(numberFormat('fr-FR', {})).toBe(numberFormat('fr-FR', {}));
});
