import { allow, reachable } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Order, OrderPath, type StoredOrder } from './order.ts';
import { findOrder } from './order-store.ts';
import { pay } from './paying.ts';
import { Means } from './payment.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

const answerOf = (order: StoredOrder) => ok(order, { etag: order.version });

export const payOrder = operation({
  route: 'POST /orders/{id}/payment',
  summary: 'Pay for a pending order',
  description:
    'Simulated. Test cards: 4242 4242 4242 4242 is approved, 4000 0000 0000 0002 declined, 4000 0000 0000 9995 lacks funds, and ' +
    '4000 0000 0000 0119 is charged although its answer is lost (503: try again). Any other is declined. At most one charge, always.',
  access: allow('owner'),
  path: OrderPath,
  body: Means,
  answers: { 200: Order },
  problems: [
    problem.order_not_found,
    problem.illegal_transition,
    problem.card_declined,
    problem.insufficient_funds,
    problem.payment_unconfirmed,
  ],
  idempotentIn: table,
  async handle({ path, body, caller, idempotency }) {
    const read = async () => reachable(await findOrder(path.id), caller, problem.order_not_found);
    return answerOf(await pay(read, body, (order) => idempotency.record(answerOf(order))));
  },
});
