import * as z from 'zod';
import { signedIn } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { wordsOf } from '../../../platform/schema/fold.ts';
import { IntegerId } from '../../../platform/schema/identifiers.ts';
import { rule } from '../../../platform/schema/rule.ts';
import { problem } from '../problems.ts';
import { Product } from './product.ts';
import * as products from './product-store.ts';

const nothingToSearch = rule('nothing_to_search', {
  fr: 'La recherche ne contient ni lettre ni chiffre',
  en: 'The search holds no letter and no digit',
});

const Search = z
  .string()
  .max(120)
  .transform(wordsOf)
  .refine((words) => words.length > 0, nothingToSearch);

export const readProduct = operation({
  route: 'GET /products/{id}',
  summary: 'Read a product',
  description: 'Retired ones too, since orders hold them.',
  access: signedIn,
  path: z.object({ id: IntegerId }),
  answers: { 200: Product },
  problems: [problem.article_not_found],
  versioned: true,
  async handle({ path }) {
    const product = await products.require(path.id);
    return ok(product, { etag: product.version });
  },
});

export const listProducts = operation({
  route: 'GET /products',
  summary: 'Search the catalogue',
  description:
    'What is on sale, by name. `q` finds the beginnings of words of the name; accents, case and ligatures do not count.',
  access: signedIn,
  query: z.object({ q: Search.optional(), category: z.string().min(1).max(60).optional() }),
  answers: { 200: z.array(Product) },
  paged: true,
  async handle({ query: { q: words = [], category }, paging }) {
    const { items, next } = await products.list({ words, category }, paging);
    return ok(items, { next });
  },
});

export const listArticles = operation({
  route: 'GET /orders/articles',
  summary: 'The catalogue, as the shop shows it',
  access: signedIn,
  answers: { 200: z.object({ articles: z.array(Product) }) },
  paged: true,
  async handle({ paging }) {
    const { items: articles, next } = await products.list({ words: [] }, paging);
    return ok({ articles }, { next });
  },
});
