import * as z from 'zod';
import type { OutgoingEvent } from '../../../platform/events/outgoing-event.ts';
import { allow } from '../../../platform/http/access.ts';
import { operation } from '../../../platform/http/operation.ts';
import { takeBack } from '../catalogue/stock.ts';
import { refundDue } from '../events.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { takeOffAccount } from './limits.ts';
import { changed, Order, type OrderChange, OrderPath, type StoredOrder, showing } from './order.ts';
import { requireMove } from './order-states.ts';
import * as orders from './order-store.ts';

/** What is to be given back, in minor units (all that is left when undefined), and the admin who says so. */
interface Refund {
  readonly amount: number | undefined;
  /** Whether what was sold goes back into stock; where nobody says so, only what never left the house. */
  readonly restock: boolean | undefined;
  readonly by: string;
}

/** What the provider is told, if it had a part in the payment. Numbered, so that telling it twice is harmless. */
function dueTo({ id, refunds, payment }: StoredOrder, amount: number): OutgoingEvent[] {
  if (!payment?.charge) return [];
  return [refundDue(id, { charge: payment.charge, reference: `${id}:${refunds + 1}`, amount })];
}

/**
 * Whether what was sold goes back into stock now: once. A part of the payment brings back only what has left the house,
 * since the rest is still to be shipped. @throws illegal_transition
 */
function bringsBack({ state, restocked }: StoredOrder, { restock }: Refund, whole: boolean): boolean {
  if (restock && !whole && state === 'paid') throw problem.illegal_transition();
  return !restocked && (restock ?? (whole && state === 'paid'));
}

/**
 * An order whose payment is given back, before it was shipped or after. What the order says decides, in one transaction;
 * the provider is told by an event of that transaction, so that neither a crash nor a parcel that leaves meanwhile can
 * part the two.
 * @throws illegal_transition, refund_above_payment
 */
function refunded(order: StoredOrder, refund: Refund): OrderChange {
  requireMove(order.state, 'refunded');
  const { id, items, currency, payment: settlement = { method: 'account' } } = order;
  const left = order.paid_amount - order.refunded_amount;
  const { amount: given = left, by } = refund;
  if (given > left) throw problem.refund_above_payment();
  const whole = given === left;
  const back = bringsBack(order, refund, whole);
  const after = changed(order, {
    refunded_amount: order.refunded_amount + given,
    refunds: order.refunds + 1,
    restocked: back || order.restocked === true,
    ...(whole && { state: 'refunded' }),
  });
  return {
    order: after,
    writes: [
      ...orders.replace(order, after),
      ...(back ? takeBack(items, order) : []),
      // Of a free order there is nothing to give back but its stock.
      ...(given > 0
        ? [
            ...takeOffAccount(order, given),
            orders.ledgerLine(id, { kind: 'refund', amount: given, currency, settlement, by }),
          ]
        : []),
    ],
    events: dueTo(order, given),
  };
}

export const refundOrder = operation({
  route: 'POST /orders/{id}/refund',
  summary: 'Give money back',
  description:
    'All that is left of the payment, or `amount` in minor units; after shipping and delivery too. Once the whole is given back the order is refunded. `restock` says whether what was sold goes back into stock, as a returned parcel does; unless said, it does only where the whole is given back before shipping.',
  access: allow('admin'),
  path: OrderPath,
  body: z.strictObject({ amount: z.int().min(1).optional(), restock: z.boolean().optional() }).prefault({}),
  answers: { 200: Order },
  problems: [problem.order_not_found, problem.illegal_transition, problem.refund_above_payment],
  changes: table,
  idempotent: true,
  handle: ({ path, body, caller, commit }) =>
    commit(
      () => orders.reach(path.id, caller),
      (order) => showing(refunded(order, { amount: body.amount, restock: body.restock, by: caller.username })),
    ),
});
