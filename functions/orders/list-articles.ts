import * as z from 'zod';
import { signedIn } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Product } from './product.ts';
import { listProducts } from './product-store.ts';

export const listArticles = operation({
  route: 'GET /orders/articles',
  summary: 'The catalogue, as the shop shows it',
  access: signedIn,
  answers: { 200: z.object({ articles: z.array(Product) }) },
  paged: true,
  async handle({ paging }) {
    const { items: articles, next } = await listProducts({ words: [] }, paging);
    return ok({ articles }, { next });
  },
});
