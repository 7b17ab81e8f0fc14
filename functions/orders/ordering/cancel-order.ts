import { problem as generic } from '../../../platform/base/problems.ts';
import { allow } from '../../../platform/http/access.ts';
import { noContent } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { withdrawn } from './lifecycle.ts';
import { OrderPath } from './order.ts';
import * as orders from './order-store.ts';

export const cancelOrder = operation({
  route: 'DELETE /orders/{id}',
  summary: 'Cancel a pending order',
  description: 'Its stock goes back; the order stays to be read, as cancelled.',
  access: allow('admin', 'owner'),
  path: OrderPath,
  answers: { 204: null },
  problems: [problem.order_not_found, problem.illegal_transition, generic.stale_version],
  changes: table,
  versioned: true,
  erasable: false,
  handle: ({ path, caller, commit }) =>
    commit(
      () => orders.reach(path.id, caller),
      async (order) => ({ ...(await withdrawn(order, 'cancelled')), answer: noContent() }),
    ),
});
