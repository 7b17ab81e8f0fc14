import * as z from 'zod';
import { signedIn } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { rule } from '../../platform/http/rule.ts';
import { Product } from './product.ts';
import { wordsOf } from './product-index.ts';
import { listProducts } from './product-store.ts';

const nothingToSearch = rule('nothing_to_search', {
  fr: 'La recherche ne contient ni lettre ni chiffre',
  en: 'The search holds no letter and no digit',
});

const Search = z
  .string()
  .max(120)
  .transform(wordsOf)
  .refine((words) => words.length > 0, nothingToSearch);

export const listCatalogue = operation({
  route: 'GET /products',
  summary: 'Search the catalogue',
  description: 'What is on sale, by name. `q` finds the beginnings of words of the name, accents and case ignored.',
  access: signedIn,
  query: z.object({ q: Search.optional(), category: z.string().min(1).max(60).optional() }),
  answers: { 200: z.array(Product) },
  paged: true,
  async handle({ query: { q: words = [], category }, paging }) {
    const { items, next } = await listProducts({ words, category }, paging);
    return ok(items, { next });
  },
});
