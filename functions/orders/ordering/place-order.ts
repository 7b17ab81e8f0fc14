import { problem as generic } from '../../../platform/base/problems.ts';
import { signedIn } from '../../../platform/http/access.ts';
import { created } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { requireBuyer } from './buyer.ts';
import { placed } from './lifecycle.ts';
import { Order, Wanted } from './order.ts';

export const placeOrder = operation({
  route: 'POST /orders',
  summary: 'Order articles',
  description:
    'Reserves all lines or none for 15 minutes, at the prices of this moment. Until then it is to be paid, or it expires. A buyer has ten unpaid orders at most. An order of free articles alone is paid at once, without a charge.',
  access: signedIn,
  body: Wanted,
  answers: { 201: Order },
  problems: [
    problem.article_not_found,
    problem.out_of_stock,
    problem.mixed_currencies,
    problem.too_many_pending_orders,
    problem.user_not_found,
    problem.account_disabled,
    generic.peer_unavailable,
  ],
  changes: table,
  idempotent: true,
  erasable: false,
  versioned: true,
  async handle({ body, caller, headers, commit }) {
    await requireBuyer(caller.username, headers);
    return commit(async () => {
      const { order, ...change } = await placed(caller.username, body.items);
      return { ...change, answer: created(order, `/orders/${order.id}`, { etag: order.version }) };
    });
  },
});
