import { allow, reachable } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Order, OrderPath } from './order.ts';
import { findOrder } from './order-store.ts';
import { problem } from './problems.ts';

export const readOrder = operation({
  route: 'GET /orders/{id}',
  summary: 'Read an order',
  access: allow('admin', 'owner'),
  path: OrderPath,
  answers: { 200: Order },
  problems: [problem.order_not_found],
  versioned: true,
  async handle({ path, caller }) {
    const order = reachable(await findOrder(path.id), caller, problem.order_not_found);
    return ok(order, { etag: order.version });
  },
});
