import * as z from 'zod';
import { allow, type Caller } from '../../../platform/http/access.ts';
import { created, ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { Username } from '../../../platform/schema/username.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { bought } from './lifecycle.ts';
import { ArticleId, Quantity, type StoredOrder } from './order.ts';
import * as orders from './order-store.ts';

/**
 * Whose purchases: the gateway wants one name for the variable after `/orders/`, so a username stands in `id`. Under
 * `/api` there is none, and the caller is meant.
 */
const BuyerPath = z.object({ id: Username.optional() });

/** What was bought, as a purchase names it. */
const Article = z.object({ id: z.int(), name: z.string() });

/** The user that a path means. @throws user_not_found alike for a stranger and for nobody */
function buyerOf({ id }: z.output<typeof BuyerPath>, caller: Caller): string {
  const username = id ?? caller.username;
  if (!caller.mayReach({ username })) throw problem.user_not_found();
  return username;
}

function bill({ id, username: user, items: [line], currency }: StoredOrder) {
  if (!line) throw new Error('an order without lines');
  const { product_id, name, price, quantity } = line;
  const article = { id: product_id, name, price, currency };
  return created({ message: 'Achat enregistre' as const, article, quantity, user, order_id: id }, `/orders/${id}`);
}

export const buyArticle = operation({
  route: 'POST /orders/{id}/buy',
  aliases: ['POST /api/buy'],
  summary: 'Buy an article at once',
  description:
    '`id` is the buyer’s username. Makes an order that is paid on the buyer’s account with the school, up to what they may owe in that currency.',
  access: allow('owner'),
  path: BuyerPath,
  body: z.strictObject({ article_id: ArticleId, quantity: Quantity.default(1) }),
  answers: {
    201: z.object({
      message: z.literal('Achat enregistre'),
      article: Article.extend({ price: z.int(), currency: z.string() }),
      quantity: z.int(),
      user: z.string(),
      order_id: z.string(),
    }),
  },
  problems: [problem.user_not_found, problem.article_not_found, problem.out_of_stock, problem.credit_limit_reached],
  changes: table,
  idempotent: true,
  erasable: false,
  async handle({ path, body: { article_id, quantity }, caller, commit }) {
    const buyer = buyerOf(path, caller);
    return commit(async () => {
      const { order, ...change } = await bought(buyer, { product_id: article_id, quantity });
      return { ...change, answer: bill(order) };
    });
  },
});

const Purchase = z.object({
  order_id: z.string(),
  article: Article,
  quantity: z.int(),
  price: z.int(),
  currency: z.string(),
  at: z.iso.datetime(),
});

export const listPurchases = operation({
  route: 'GET /orders/{id}/purchases',
  aliases: ['GET /api/purchases'],
  summary: 'What a user bought, newest first',
  description:
    '`id` is the buyer’s username. One element for each article of each order that was paid, or several where it was bought at several prices; `price` is that of one.',
  access: allow('admin', 'owner'),
  path: BuyerPath,
  answers: { 200: z.object({ user: z.string(), purchases: z.array(Purchase) }) },
  problems: [problem.user_not_found],
  paged: true,
  async handle({ path, caller, paging }) {
    const user = buyerOf(path, caller);
    const { items, next } = await orders.purchases(user, paging);
    const purchases = items.map(({ product_id, name, ...rest }) => ({ ...rest, article: { id: product_id, name } }));
    return ok({ user, purchases }, { next });
  },
});
