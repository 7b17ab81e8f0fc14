import { describe, expect, test } from '@jest/globals';
import { wordsOf } from '../../../platform/schema/fold.ts';
import { fc } from '../../../tests/support/draws.ts';
import { ALPHABETS, namesIn } from '../../../tests/support/names.ts';
import type { StoredProduct } from './product.ts';
import { answersAt, byWord, entriesOf, longest } from './product-index.ts';

const product = (name: string): StoredProduct => ({
  ...{
    id: 7,
    name,
    price: 1,
    currency: 'XOF',
    stock: 1,
    active: true,
    on_hand: 1,
    reserved: 0,
    revision: 1,
    version: 1,
  },
});

describe.each(Object.entries(ALPHABETS))('a product whose name is in %s', (_, alphabet) => {
  test('answers once to its own name, and to the beginning of each of its words', () => {
    fc.assert(
      fc.property(namesIn(alphabet), (name) => {
        const found = product(name);
        const words = wordsOf(name);
        for (const wanted of [words, ...words.map((word) => [word])]) {
          const at = entriesOf(found).filter(({ sk }) => sk.startsWith(byWord(longest(wanted))));
          const answers = at.filter((entry) => answersAt(entry, found, wanted));
          expect([wanted, answers.length]).toEqual([wanted, wanted.length > 0 ? 1 : answers.length]);
        }
      }),
      { numRuns: 40 },
    );
  });
});
