import { mustMatch } from '../../platform/data/optimistic.ts';
import { allow, reachable } from '../../platform/http/access.ts';
import { noContent } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as generic } from '../../platform/http/problems.ts';
import { OrderPath } from './order.ts';
import { findOrder } from './order-store.ts';
import { cancel } from './ordering.ts';
import { problem } from './problems.ts';

export const cancelOrder = operation({
  route: 'DELETE /orders/{id}',
  summary: 'Cancel a pending order',
  description: 'Its stock goes back; the order stays to be read, as cancelled.',
  access: allow('admin', 'owner'),
  path: OrderPath,
  answers: { 204: null },
  problems: [problem.order_not_found, problem.illegal_transition, generic.stale_version],
  versioned: true,
  async handle({ path, caller, ifMatch }) {
    await cancel(async () => {
      const order = reachable(await findOrder(path.id), caller, problem.order_not_found);
      mustMatch(ifMatch, order.version);
      return order;
    });
    return noContent();
  },
});
