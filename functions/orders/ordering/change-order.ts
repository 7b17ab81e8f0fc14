import { problem as generic } from '../../../platform/base/problems.ts';
import { allow } from '../../../platform/http/access.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { refilled } from './lifecycle.ts';
import { Order, OrderPath, showing, Wanted } from './order.ts';
import * as orders from './order-store.ts';

export const changeOrder = operation({
  route: 'PUT /orders/{id}',
  summary: 'Change what a pending order holds',
  description:
    'What it held keeps its price, what is added comes at the price of this moment, in a line of its own where that differs. Taking away begins with what was put there last. The reservation ends as before; an order of free articles alone is paid at once.',
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
  changes: table,
  versioned: true,
  handle: ({ path, body, caller, commit }) =>
    commit(
      () => orders.reach(path.id, caller),
      async (order) => showing(await refilled(order, body.items)),
    ),
});
