import { key } from '../../platform/data/key.ts';
import { absent, alreadyDone, put } from '../../platform/data/write.ts';
import { commit } from '../../platform/events/commit.ts';
import { NewProduct } from './catalogue/product.ts';
import * as products from './catalogue/product-store.ts';
import { table } from './table.ts';

const DEMO_ARTICLES = [
  { name: 'Cahier de cours 200 pages', category: 'Papeterie', price: 1_500, stock: 200 },
  { name: 'Calculatrice scientifique', category: 'Matériel', price: 12_000, stock: 40 },
  { name: 'Sweat à capuche Campus', category: 'Vêtements', price: 18_500, stock: 25 },
];

async function ensureArticle(article: (typeof DEMO_ARTICLES)[number], number: number): Promise<void> {
  const loaded = { pk: key`DEMO#${number}`, sk: key`DEMO` };
  // The mark outlives the article: one that an admin took away does not come back.
  if (await table.get(loaded)) return;
  const product = await products.draft(NewProduct.parse(article));
  await commit(table, () => ({ writes: [put(loaded, absent(alreadyDone)), ...products.insert(product, 'demo')] }));
}

/** The three demo articles of a local start, numbered 1 to 3 on a fresh one; what is there already stays as it is. */
export async function loadDemo(): Promise<void> {
  for (const [i, article] of DEMO_ARTICLES.entries()) await ensureArticle(article, i + 1);
}
