import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Order, OrderPath, type StoredOrder } from './order.ts';
import { refund } from './paying.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

const answerOf = (order: StoredOrder) => ok(order, { etag: order.version });

export const refundOrder = operation({
  route: 'POST /orders/{id}/refund',
  summary: 'Give money back',
  description:
    'All that is left of the payment, or `amount` in minor units. Once the whole is given back the order is refunded and its stock returns.',
  access: allow('admin'),
  path: OrderPath,
  body: z.strictObject({ amount: z.int().min(1).optional() }).prefault({}),
  answers: { 200: Order },
  problems: [problem.order_not_found, problem.illegal_transition, problem.refund_above_payment],
  idempotentIn: table,
  async handle({ path, body, caller, idempotency }) {
    const along = (order: StoredOrder) => idempotency.record(answerOf(order));
    return answerOf(await refund(path.id, { amount: body.amount, by: caller.username }, along));
  },
});
