import { cutToKeyPart } from '../../../platform/base/key-part.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import { fold, wordsOf } from '../../../platform/schema/fold.ts';
import type { StoredProduct } from './product.ts';

/** Words of a name beyond these are not searched: they bound what one change of a product writes. */
const MOST_WORDS = 12;

/** One place at which a product can be found. */
export interface Entry extends Key {
  readonly product_id: number;
  /** The word of the name that stands here; absent on the entry by the whole name. */
  readonly word?: string;
}

const searchedWords = ({ name }: Pick<StoredProduct, 'name'>): string[] =>
  [...new Set(wordsOf(name))].slice(0, MOST_WORDS);

/** The partition in which everything on sale, or one category of it, is found. */
export const shelf = (category?: string): KeyText =>
  category ? key`CATALOGUE#${cutToKeyPart(fold(category))}` : key`CATALOGUE`;

export const BY_NAME = key`NAME#`;
export const byWord = (prefix: string): KeyText => key`WORD#${cutToKeyPart(prefix)}`;

/** Every place at which a product is to be found: none once it is retired. */
export function entriesOf(product: StoredProduct): Entry[] {
  if (!product.active) return [];
  const { id, name, category } = product;
  const shelves = category ? [shelf(), shelf(category)] : [shelf()];
  return shelves.flatMap((pk) => [
    // A tab sorts below all that a name may go on with: `Cahier` comes before `Cahier de cours`.
    { pk, sk: key`${BY_NAME}${cutToKeyPart(fold(name))}\t${id}`, product_id: id },
    ...searchedWords(product).map((word) => ({ pk, sk: key`${byWord(word)}#${id}`, product_id: id, word })),
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
