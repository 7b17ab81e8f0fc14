import { describe, expect, test } from '@jest/globals';
import { wordsOf } from '../../../platform/schema/fold.ts';
import { admin, call } from '../../../tests/support/call.ts';
import { NewProduct, ProductReplacement, replaced, type StoredProduct } from './product.ts';
import { answersAt, entriesOf, longest, shelf } from './product-index.ts';

const { handler } = await import('../products.ts');

const product = (name: string, more: Partial<StoredProduct> = {}): StoredProduct => ({
  id: 7,
  name,
  price: 100,
  currency: 'XOF',
  stock: 5,
  active: true,
  on_hand: 8,
  reserved: 3,
  revision: 4,
  version: 6,
  ...more,
});

const entry = (word?: string) => ({ pk: '', sk: '', product_id: 7, ...(word && { word }) }) as never;

describe('the words of a name', () => {
  test('are what stands between all that is no letter and no digit, folded, in its order', () => {
    expect(wordsOf(' L’Équerre, l’équerre (30 cm)! ')).toEqual(['l', 'equerre', 'l', 'equerre', '30', 'cm']);
    expect(wordsOf('---')).toEqual([]);
  });

  test('are searched by the longest, the first of equals', () => {
    expect(longest(['ab', 'abcd', 'efgh', 'a'])).toBe('abcd');
    expect(longest(['a', 'bc'])).toBe('bc');
    expect(longest([])).toBe('');
  });
});

describe('a product stands in the catalogue', () => {
  const places = (one: StoredProduct) => entriesOf(one).map(({ pk, sk, word }) => [pk, sk, word]);

  test('by its name and by each of its words, and once more in its category', () => {
    expect(places(product('Stylo Bleu', { category: 'Écriture' }))).toEqual([
      ['CATALOGUE', 'NAME#stylo bleu\t7', undefined],
      ['CATALOGUE', 'WORD#stylo#7', 'stylo'],
      ['CATALOGUE', 'WORD#bleu#7', 'bleu'],
      ['CATALOGUE#ecriture', 'NAME#stylo bleu\t7', undefined],
      ['CATALOGUE#ecriture', 'WORD#stylo#7', 'stylo'],
      ['CATALOGUE#ecriture', 'WORD#bleu#7', 'bleu'],
    ]);
    expect(places(product('Stylo'))).toHaveLength(2);
    expect(entriesOf(product('Stylo')).every(({ product_id }) => product_id === 7)).toBe(true);
  });

  test('by a word that its name repeats once', () => {
    expect(places(product(' L’Équerre, l’équerre (30 cm)! ')).map(([, , word]) => word)).toEqual([
      undefined,
      'l',
      'equerre',
      '30',
      'cm',
    ]);
  });

  test('by twelve of its words at most', () => {
    const name = Array.from({ length: 14 }, (_, i) => `mot${i}`).join(' ');
    expect(places(product(name))).toHaveLength(13);
  });

  test('nowhere once it is retired', () => {
    expect(entriesOf(product('Stylo', { active: false }))).toEqual([]);
  });

  test('under a category whatever its case and accents', () => {
    expect([shelf('GÉOMÉTRIE'), shelf('geometrie')]).toEqual(['CATALOGUE#geometrie', 'CATALOGUE#geometrie']);
    expect([shelf(), shelf('')]).toEqual(['CATALOGUE', 'CATALOGUE']);
  });
});

test.each([
  ['Calque Calibré', 'calque', ['cal'], true],
  ['Calque Calibré', 'calibre', ['cal'], false],
  ['Calque Calibré', undefined, ['cal'], true],
  ['Calque Calibré', 'calibre', ['calib', 'cal'], true],
  ['Calque Calibré', 'calque', ['calib', 'cal'], false],
  ['Calque Calibré', 'calque', ['cal', 'bleu'], false],
  ['Calque Calibré', undefined, ['lque'], false],
  ['Calque Calibré', undefined, [], true],
])('%j at its entry %j answers a search for %j: %p', (name, word, wanted, answers) => {
  expect(answersAt(entry(word), product(name), wanted)).toBe(answers);
});

test.each([
  ['fr', 'La recherche ne contient ni lettre ni chiffre'],
  ['en', 'The search holds no letter and no digit'],
])('a search for nothing is told so in %s', async (language, detail) => {
  const { status, body } = await call(handler, 'GET /products?q=---', {
    as: admin,
    headers: { 'Accept-Language': language },
  });
  expect([status, body.errors]).toEqual([400, [{ parameter: 'q', code: 'nothing_to_search', detail }]]);
});

describe('a product', () => {
  test('is of no stock and in XOF unless it says otherwise', () => {
    expect(NewProduct.parse({ name: 'Stylo', price: 1 })).toEqual({
      name: 'Stylo',
      price: 1,
      currency: 'XOF',
      stock: 0,
    });
  });

  test.each([
    ['price', -1, 0],
    ['price', 100_000_001, 100_000_000],
    ['stock', -1, 0],
    ['stock', 1_000_001, 1_000_000],
    ['name', 'x'.repeat(121), 'x'.repeat(120)],
    ['description', 'x'.repeat(2001), 'x'.repeat(2000)],
    ['category', 'x'.repeat(61), 'x'.repeat(60)],
  ])('has no %s of %p, but one of %p', (field, wrong, right) => {
    const takes = (value: unknown) => NewProduct.safeParse({ name: 'Stylo', price: 1, [field]: value }).success;
    expect([takes(wrong), takes(right)]).toEqual([false, true]);
  });

  test('that is replaced keeps its stock and its place on sale where they are not said, and loses what is left out', () => {
    const before = product('Stylo', { description: 'Bleu', category: 'Écriture' });
    const offer = ProductReplacement.parse({ name: 'Feutre', price: 200 });
    expect(replaced(before, offer)).toEqual({
      ...before,
      name: 'Feutre',
      price: 200,
      description: undefined,
      category: undefined,
      revision: 5,
      version: 7,
    });
    const counted = replaced(before, { ...offer, stock: 9, active: false });
    expect(counted).toMatchObject({ stock: 9, on_hand: 12, active: false });
  });
});
