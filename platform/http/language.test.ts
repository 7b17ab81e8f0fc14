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
  [','.repeat(10_000), 'fr'],
])('%s prefers %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});
