import { lostUpdate } from '../../platform/data/optimistic.ts';
import type { Key, Page } from '../../platform/data/table.ts';
import { absent, type Condition, put, remove, update, versionIs, type Write } from '../../platform/data/write.ts';
import type { Paging } from '../../platform/http/operation.ts';
import { problem } from './problems.ts';
import { type NewProduct, type ProductReplacement, productKey, type StoredProduct } from './product.ts';
import { answersAt, BY_NAME, byWord, type Entry, entriesOf, longest, shelf } from './product-index.ts';
import { stockOfNewProduct, stockTaking } from './stock.ts';
import { table } from './table.ts';

/** A product, retired ones too. @throws article_not_found */
export async function requireProduct(id: number): Promise<StoredProduct> {
  const product = await table.get<StoredProduct>(productKey(id));
  if (!product) throw problem.article_not_found();
  return product;
}

/** Products by their ids, in one round trip; what does not exist is left out. */
export async function findProducts(ids: readonly number[]): Promise<Map<number, StoredProduct>> {
  const products = await table.getMany<StoredProduct>([...new Set(ids)].map(productKey));
  return new Map(products.map((product) => [product.id, product]));
}

/** What is on sale, by name; or whatever has a word that begins with each of `words`. */
export async function listProducts(
  { words, category }: { words: readonly string[]; category?: string | undefined },
  paging: Paging,
): Promise<Page<StoredProduct>> {
  const prefix = words.length > 0 ? byWord(longest(words)) : BY_NAME;
  const { items, next } = await table.query<Entry>({
    partition: ['pk', shelf(category)],
    sort: ['sk', 'begins_with', prefix],
    ...paging,
  });
  const products = await findProducts(items.map(({ product_id }) => product_id));
  const answers = items.flatMap((entry) => {
    const product = products.get(entry.product_id);
    return product?.active && answersAt(entry, product, words) ? [product] : [];
  });
  return { items: answers, next };
}

/** A new product as it will stand once {@link insertProduct} wrote it. */
export const draftProduct = async (product: NewProduct): Promise<StoredProduct> => ({
  ...product,
  id: await table.next('product'),
  active: true,
  on_hand: product.stock,
  reserved: 0,
  revision: 1,
  version: 1,
});

/** Stores a new product, along with what must be written in the same breath. */
export const insertProduct = (product: StoredProduct, by: string, along: readonly Write[]): Promise<void> =>
  table.write([
    put({ ...productKey(product.id), ...product }, absent(lostUpdate)),
    ...entriesOf(product).map((entry) => put({ ...entry })),
    ...stockOfNewProduct(product, by),
    ...along,
  ]);

/**
 * Only the product that was read: all of it, or merely the same offer, so that a busy stock does not keep an admin from
 * renaming it.
 */
const unchanged = (product: StoredProduct, whole: boolean): Condition =>
  whole
    ? versionIs(product.version, lostUpdate)
    : {
        when: '#revision = :read',
        names: { '#revision': 'revision' },
        values: { ':read': product.revision },
        otherwise: lostUpdate,
      };

function moveEntries(before: StoredProduct, after: StoredProduct): Write[] {
  const name = ({ pk, sk }: Key): string => `${pk}\0${sk}`;
  const old = new Map(entriesOf(before).map((entry) => [name(entry), entry]));
  const wanted = new Map(entriesOf(after).map((entry) => [name(entry), entry]));
  return [
    ...[...old].filter(([key]) => !wanted.has(key)).map(([, { pk, sk }]) => remove({ pk, sk })),
    ...[...wanted].filter(([key]) => !old.has(key)).map(([, entry]) => put({ ...entry })),
  ];
}

/**
 * Replaces what a product says of itself; a stock that it sets becomes a movement.
 * @param by the admin's username
 * @param strictly whether not even the stock may have changed since it was read
 * @throws LostUpdate
 */
export async function replaceProduct(
  before: StoredProduct,
  replacement: ProductReplacement,
  { by, strictly }: { by: string; strictly: boolean },
): Promise<StoredProduct> {
  const { stock, ...offer } = { description: undefined, category: undefined, ...replacement };
  const added = stock === undefined ? 0 : stock - before.stock;
  const after: StoredProduct = {
    ...before,
    ...offer,
    active: offer.active ?? before.active,
    stock: before.stock + added,
    on_hand: before.on_hand + added,
    revision: before.revision + 1,
    version: before.version + 1,
  };
  const change = {
    set: { ...offer, active: after.active },
    add: { stock: added, on_hand: added, revision: 1, version: 1 },
  };
  await table.write([
    update(productKey(before.id), change, unchanged(before, strictly || stock !== undefined)),
    ...moveEntries(before, after),
    ...stockTaking(before.id, added, by),
  ]);
  return after;
}

/**
 * Takes a product off sale; its orders keep it.
 * @param strictly as for {@link replaceProduct}
 * @throws LostUpdate
 */
export const retireProduct = (product: StoredProduct, strictly: boolean): Promise<void> =>
  table.write([
    update(
      productKey(product.id),
      { set: { active: false }, add: { revision: 1, version: 1 } },
      unchanged(product, strictly),
    ),
    ...moveEntries(product, { ...product, active: false }),
  ]);

/** Erases a product that no order ever held. Its movements stay: the ledger is append-only. @throws LostUpdate */
export const eraseProduct = (product: StoredProduct): Promise<void> =>
  table.write([
    // Being ordered is a new version too, so a first order that comes in between makes this one stale.
    remove(productKey(product.id), unchanged(product, true)),
    ...moveEntries(product, { ...product, active: false }),
  ]);
