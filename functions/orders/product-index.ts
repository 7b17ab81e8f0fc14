import type { Key } from '../../platform/data/table.ts';
import { fold } from '../../platform/text.ts';
import type { StoredProduct } from './product.ts';

/** Words of a name beyond these are not searched: they bound what one change of a product writes. */
const MOST_WORDS = 12;

/** One place at which a product can be found. */
export interface Entry extends Key {
  readonly product_id: number;
  /** The word of the name that stands here; absent on the entry by the whole name. */
  readonly word?: string;
}

/** The distinct words of a text, accents and case folded away. */
export const wordsOf = (text: string): string[] => [
  ...new Set(
    fold(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean),
  ),
];

const searchedWords = ({ name }: Pick<StoredProduct, 'name'>): string[] => wordsOf(name).slice(0, MOST_WORDS);

/** The partition in which everything on sale, or one category of it, is found. */
export const shelf = (category?: string): string => (category ? `CATALOGUE#${fold(category)}` : 'CATALOGUE');

export const BY_NAME = 'NAME#';
export const byWord = (prefix: string): string => `WORD#${prefix}`;

/** Every place at which a product is to be found: none once it is retired. */
export function entriesOf(product: StoredProduct): Entry[] {
  if (!product.active) return [];
  const { id, name, category } = product;
  const shelves = category ? [shelf(), shelf(category)] : [shelf()];
  return shelves.flatMap((pk) => [
    { pk, sk: `${BY_NAME}${fold(name)}#${id}`, product_id: id },
    ...searchedWords(product).map((word) => ({ pk, sk: `${byWord(word)}#${id}`, product_id: id, word })),
  ]);
}

/**
 * Whether a product answers a search at this entry: each wanted word begins one of its own. A product with several
 * words of the same beginning answers at the first of them only, so that it is listed once.
 */
export function answersAt(entry: Entry, product: StoredProduct, wanted: readonly string[]): boolean {
  const words = searchedWords(product);
  const first = (prefix: string) => words.find((word) => word.startsWith(prefix));
  if (!wanted.every(first)) return false;
  return entry.word === undefined || entry.word === first(longest(wanted));
}

/** The word to search by: the longest narrows the most. */
export const longest = (words: readonly string[]): string =>
  words.reduce((best, word) => (word.length > best.length ? word : best), '');
