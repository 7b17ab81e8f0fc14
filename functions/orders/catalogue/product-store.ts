import type { Key, Page, Paging } from '../../../platform/data/table.ts';
import {
  absent,
  type Condition,
  check,
  type Item,
  lostUpdate,
  put,
  remove,
  update,
  versionIs,
  type Write,
} from '../../../platform/data/write.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { type NewProduct, productKey, type StoredProduct } from './product.ts';
import { answersAt, BY_NAME, byWord, type Entry, entriesOf, longest, shelf } from './product-index.ts';
import { stockOfNewProduct, stockTaking } from './stock.ts';

/** A product, retired ones too. @throws article_not_found */
export async function require(id: number): Promise<StoredProduct> {
  const product = await table.get<StoredProduct>(productKey(id));
  if (!product) throw problem.article_not_found();
  return product;
}

/** Products by their ids, in one round trip; what does not exist is left out. */
export async function findMany(ids: readonly number[]): Promise<Map<number, StoredProduct>> {
  const products = await table.getMany<StoredProduct>([...new Set(ids)].map(productKey));
  return new Map(products.map((product) => [product.id, product]));
}

/** The product of each entry; undefined where it is no longer on sale, or answers elsewhere or not at all. */
async function productsAt(entries: readonly Entry[], words: readonly string[]): Promise<(StoredProduct | undefined)[]> {
  const products = await findMany(entries.map(({ product_id }) => product_id));
  return entries.map((entry) => {
    const product = products.get(entry.product_id);
    return product?.active && answersAt(entry, product, words) ? product : undefined;
  });
}

/** What is on sale, by name; or whatever has a word that begins with each of `words`. */
export async function list(
  { words, category }: { words: readonly string[]; category?: string | undefined },
  paging: Paging,
): Promise<Page<StoredProduct>> {
  const prefix = words.length > 0 ? byWord(longest(words)) : BY_NAME;
  const place = { partition: ['pk', shelf(category)], sort: ['sk', 'begins_with', prefix] } as const;
  if (words.length > 0) {
    return table.sift<Entry, StoredProduct>({ ...place, ...paging }, (entries) => productsAt(entries, words));
  }
  // By name, all that stands there is on sale: no more products are read than are shown.
  const { items, next } = await table.page<Entry>({ ...place, ...paging });
  return { items: (await productsAt(items, words)).filter((product) => product !== undefined), next };
}

/** A new product as it will stand once inserted. One round trip, for an id that no product ever had. */
export const draft = async (product: NewProduct): Promise<StoredProduct> => ({
  ...product,
  id: await table.next('product'),
  active: true,
  on_hand: product.stock,
  reserved: 0,
  revision: 1,
  version: 1,
});

/** Stores a new product. @param by the admin's username */
export const insert = (product: StoredProduct, by: string): Write[] => [
  put({ ...productKey(product.id), ...product }, absent(lostUpdate)),
  ...entriesOf(product).map((entry) => put({ ...entry })),
  ...stockOfNewProduct(product, by),
];

/**
 * Only the product that was read: all of it, or merely the same offer, so that a busy stock does not keep an admin from
 * renaming it.
 */
const asRead = (product: StoredProduct, whole: boolean): Condition =>
  whole ? versionIs(product.version, lostUpdate) : sameOffer(product);

const sameOffer = ({ revision }: StoredProduct): Condition => ({
  when: '#revision = :read',
  names: { '#revision': 'revision' },
  values: { ':read': revision },
  otherwise: lostUpdate,
});

const name = ({ pk, sk }: Key): string => `${pk}\0${sk}`;

function moveEntries(before: StoredProduct, after: StoredProduct): Write[] {
  const old = new Map(entriesOf(before).map((entry) => [name(entry), entry]));
  const wanted = new Map(entriesOf(after).map((entry) => [name(entry), entry]));
  return [
    ...[...old].filter(([key]) => !wanted.has(key)).map(([, { pk, sk }]) => remove({ pk, sk })),
    ...[...wanted].filter(([key]) => !old.has(key)).map(([, entry]) => put({ ...entry })),
  ];
}

/** How a product is replaced. */
interface Replacing {
  /** The admin's username. */
  readonly by: string;
  /** Whether not even the stock may have changed since it was read. */
  readonly strictly: boolean;
}

/** Puts a product in place of the one that was read; a stock that differs becomes a movement. @throws LostUpdate */
export function replace(before: StoredProduct, after: StoredProduct, { by, strictly }: Replacing): Write[] {
  const { name, description, category, price, currency, active } = after;
  const added = after.stock - before.stock;
  const change = {
    set: { name, description, category, price, currency, active },
    add: { stock: added, on_hand: added, revision: 1, version: 1 },
  };
  return [
    update(productKey(before.id), change, asRead(before, strictly)),
    ...moveEntries(before, after),
    ...stockTaking(before.id, added, by),
  ];
}

/** Takes a product off sale; its orders keep it. @throws LostUpdate */
export const retire = (product: StoredProduct, strictly: boolean): Write[] => [
  update(
    productKey(product.id),
    { set: { active: false }, add: { revision: 1, version: 1 } },
    asRead(product, strictly),
  ),
  ...moveEntries(product, { ...product, active: false }),
];

/** Erases a product that no order ever held. Its movements stay: the ledger is append-only. @throws LostUpdate */
export const erase = (product: StoredProduct): Write[] => [
  // Being ordered is a new version too, so a first order that comes in between makes this one stale.
  remove(productKey(product.id), asRead(product, true)),
  ...moveEntries(product, { ...product, active: false }),
];

/** The entries of a product that is on sale, those that are missing, as long as it is the same offer. */
async function missingEntries(product: StoredProduct): Promise<Write[]> {
  const wanted = entriesOf(product);
  const found = new Set((await table.getMany<Entry>(wanted)).map(name));
  const missing = wanted.filter((entry) => !found.has(name(entry)));
  return missing.length > 0
    ? [check(productKey(product.id), sameOffer(product)), ...missing.map((entry) => put({ ...entry }))]
    : [];
}

/** Takes an entry away where its product does not stand, once all entries do at which it does. */
async function strayEntry(entry: Entry): Promise<Write[]> {
  const key = productKey(entry.product_id);
  const product = await table.get<StoredProduct>(key);
  if (!product) return [check(key, absent(lostUpdate)), remove({ pk: entry.pk, sk: entry.sk })];
  const wanted = entriesOf(product);
  if (wanted.some((one) => name(one) === name(entry))) return [];
  return [
    check(key, sameOffer(product)),
    ...wanted.map((one) => put({ ...one })),
    remove({ pk: entry.pk, sk: entry.sk }),
  ];
}

/** What has a product found where its name belongs, since names are folded otherwise, by an item as it was read. @throws LostUpdate */
export function migrated(item: Item): Promise<Write[]> {
  if (item.sk === 'PRODUCT') return missingEntries(item as Item & StoredProduct);
  return item.pk.startsWith(shelf()) ? strayEntry(item as Item & Entry) : Promise.resolve([]);
}
