import { expect, test } from '@jest/globals';
import { refusalsOf } from '../../tests/support/refusals.ts';
import { Country } from './country.ts';

test.each([
  ['SN', 'SN'],
  [' fr ', 'FR'],
  ['ci', 'CI'],
])('%j is a country: %s', (typed, code) => {
  expect(Country.parse(typed)).toBe(code);
});

test.each(['', 'S', 'SEN', 'UK', 'EU', 'XX', '22'])('%j is none', (typed) => {
  expect(refusalsOf(Country, typed)).toEqual([
    '# unknown_country: Pays inconnu (code ISO 3166-1 à deux lettres) | Unknown country (ISO 3166-1 code of two letters)',
  ]);
});
