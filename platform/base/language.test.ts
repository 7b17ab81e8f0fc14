import { expect, test } from '@jest/globals';
import { preferredLanguage } from './language.ts';

test.each([
  [undefined, 'fr'],
  ['', 'fr'],
  ['de', 'fr'],
  ['*', 'fr'],
  ['en', 'en'],
  ['en-GB,en;q=0.9,fr;q=0.8', 'en'],
  ['fr-FR,fr;q=0.9,en;q=0.8', 'fr'],
  ['en;q=0', 'fr'],
  ['fr;q=0.2, EN ; q=0.7', 'en'],
  ['en;q=NaN', 'fr'],
  ['fr;q=0', 'en'],
  ['fr-SN;q=0', 'en'],
  ['*;q=0', 'fr'],
  ['fr;q=0, *', 'en'],
  ['fr;q=0.3, *;q=0.2', 'fr'],
  ['fr;q=0.2, *;q=0.3', 'en'],
  ['de, *;q=0.5', 'fr'],
  ['en;q=0, fr;q=0', 'fr'],
  ['en;q=0, *;q=0.1', 'fr'],
  ['en;q=7', 'fr'],
  ['fr-CA;q=0.4, fr;q=0.1, en;q=0.3', 'fr'],
  [','.repeat(10_000), 'fr'],
])('RFC 9110, 12.5.4: %s prefers %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});
