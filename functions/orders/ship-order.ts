import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Order, OrderPath } from './order.ts';
import { dispatch } from './ordering.ts';
import { problem } from './problems.ts';

export const shipOrder = operation({
  route: 'POST /orders/{id}/ship',
  summary: 'Say that a paid order was shipped',
  access: allow('admin'),
  path: OrderPath,
  answers: { 200: Order },
  problems: [problem.order_not_found, problem.illegal_transition],
  async handle({ path }) {
    const order = await dispatch(path.id, 'shipped');
    return ok(order, { etag: order.version });
  },
});
