import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { listPurchases } from './order-store.ts';
import { problem } from './problems.ts';
import { Article, BuyerPath, buyerOf } from './purchase.ts';

const Purchase = z.object({
  order_id: z.string(),
  article: Article,
  quantity: z.int(),
  price: z.int(),
  currency: z.string(),
  at: z.iso.datetime(),
});

export const listThePurchases = operation({
  route: 'GET /orders/{id}/purchases',
  aliases: ['GET /api/purchases'],
  summary: 'What a user bought, newest first',
  description:
    '`id` is the buyer’s username. One element for each article of each order that was paid; `price` is that of one.',
  access: allow('admin', 'owner'),
  path: BuyerPath,
  answers: { 200: z.object({ user: z.string(), purchases: z.array(Purchase) }) },
  problems: [problem.user_not_found],
  paged: true,
  async handle({ path, caller, paging }) {
    const user = buyerOf(path, caller);
    const { items, next } = await listPurchases(user, paging);
    const purchases = items.map(({ product_id, name, ...rest }) => ({ ...rest, article: { id: product_id, name } }));
    return ok({ user, purchases }, { next });
  },
});
