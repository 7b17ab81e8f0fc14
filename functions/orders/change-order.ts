import { mustMatch } from '../../platform/data/optimistic.ts';
import { allow, reachable } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as generic } from '../../platform/http/problems.ts';
import { Order, OrderPath, Wanted } from './order.ts';
import { findOrder } from './order-store.ts';
import { changeItems } from './ordering.ts';
import { problem } from './problems.ts';

export const changeOrderItems = operation({
  route: 'PUT /orders/{id}',
  summary: 'Change what a pending order holds',
  description:
    'Articles it held keep their price, new ones come at the price of this moment. The reservation ends as before.',
  access: allow('admin', 'owner'),
  path: OrderPath,
  body: Wanted,
  answers: { 200: Order },
  problems: [
    problem.order_not_found,
    problem.illegal_transition,
    problem.article_not_found,
    problem.out_of_stock,
    problem.mixed_currencies,
    problem.too_many_changes,
    generic.stale_version,
  ],
  versioned: true,
  async handle({ path, body, caller, ifMatch }) {
    const read = async () => {
      const order = reachable(await findOrder(path.id), caller, problem.order_not_found);
      mustMatch(ifMatch, order.version);
      return order;
    };
    const order = await changeItems(read, body.items);
    return ok(order, { etag: order.version });
  },
});
