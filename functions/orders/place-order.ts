import { signedIn } from '../../platform/http/access.ts';
import { created } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as generic } from '../../platform/http/problems.ts';
import { requireBuyer } from './buyer.ts';
import { Order, type StoredOrder, Wanted } from './order.ts';
import { placeOrder } from './ordering.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

const answerOf = (order: StoredOrder) => created(order, `/orders/${order.id}`, { etag: order.version });

export const orderArticles = operation({
  route: 'POST /orders',
  summary: 'Order articles',
  description:
    'Reserves all lines or none for 15 minutes, at the prices of this moment. Until then it is to be paid, or it expires.',
  access: signedIn,
  body: Wanted,
  answers: { 201: Order },
  problems: [
    problem.article_not_found,
    problem.out_of_stock,
    problem.mixed_currencies,
    problem.user_not_found,
    problem.account_disabled,
    generic.peer_unavailable,
  ],
  versioned: true,
  idempotentIn: table,
  async handle({ body, caller, headers, idempotency }) {
    await requireBuyer(caller.username, headers);
    return answerOf(await placeOrder(caller.username, body.items, (order) => idempotency.record(answerOf(order))));
  },
});
