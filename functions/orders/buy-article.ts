import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { created } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { ArticleId, Quantity, type StoredOrder } from './order.ts';
import { buyAtOnce } from './ordering.ts';
import { problem } from './problems.ts';
import { Article, BuyerPath, buyerOf } from './purchase.ts';
import { table } from './table.ts';

function answerOf({ id, username: user, items: [line], currency }: StoredOrder) {
  if (!line) throw new Error('an order without lines');
  const { product_id, name, price, quantity } = line;
  const article = { id: product_id, name, price, currency };
  return created({ message: 'Achat enregistre' as const, article, quantity, user, order_id: id }, `/orders/${id}`);
}

export const buyArticle = operation({
  route: 'POST /orders/{id}/buy',
  aliases: ['POST /api/buy'],
  summary: 'Buy an article at once',
  description: '`id` is the buyer’s username. Makes an order that is paid on the buyer’s account with the school.',
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
  problems: [problem.user_not_found, problem.article_not_found, problem.out_of_stock],
  idempotentIn: table,
  async handle({ path, body, caller, idempotency }) {
    const wanted = { product_id: body.article_id, quantity: body.quantity };
    const order = await buyAtOnce(buyerOf(path, caller), wanted, (made) => idempotency.record(answerOf(made)));
    return answerOf(order);
  },
});
