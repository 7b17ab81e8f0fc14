import { allow } from '../../../platform/http/access.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { dispatched } from './lifecycle.ts';
import { Order, OrderPath, showing } from './order.ts';
import * as orders from './order-store.ts';

const dispatching = {
  access: allow('admin'),
  path: OrderPath,
  answers: { 200: Order },
  problems: [problem.order_not_found, problem.illegal_transition],
  changes: table,
};

export const shipOrder = operation({
  ...dispatching,
  route: 'POST /orders/{id}/ship',
  summary: 'Say that a paid order was shipped',
  handle: ({ path, caller, commit }) =>
    commit(
      () => orders.reach(path.id, caller),
      (order) => showing(dispatched(order, 'shipped')),
    ),
});

export const deliverOrder = operation({
  ...dispatching,
  route: 'POST /orders/{id}/deliver',
  summary: 'Say that a shipped order was delivered',
  handle: ({ path, caller, commit }) =>
    commit(
      () => orders.reach(path.id, caller),
      (order) => showing(dispatched(order, 'delivered')),
    ),
});
