import { LostUpdate } from '../../../platform/data/write.ts';
import { apply } from '../../../platform/events/commit.ts';
import { allow } from '../../../platform/http/access.ts';
import { operation } from '../../../platform/http/operation.ts';
import { PaymentMethod } from '../payments/payment-method.ts';
import { AnswerLost } from '../payments/payment-provider.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { mustBeOpen } from './lifecycle.ts';
import { changed, Order, type OrderChange, OrderPath, type StoredOrder, showing } from './order.ts';
import * as orders from './order-store.ts';
import { openReference, provider, settled } from './settlement.ts';

async function charge(order: StoredOrder, method: PaymentMethod) {
  const { total: amount, currency } = order;
  return provider.charge({ reference: openReference(order), amount, currency, method }).catch((cause: unknown) => {
    throw cause instanceof AnswerLost ? problem.payment_unconfirmed({ cause }) : cause;
  });
}

/** Gives the next payment a charge of its own, since this one can no longer succeed. @throws LostUpdate */
const closeAttempt = (order: StoredOrder): Promise<void> =>
  apply(table, { writes: orders.replace(order, changed(order, { attempt: order.attempt + 1 })) });

function ignoreLostUpdate(error: unknown): void {
  if (!(error instanceof LostUpdate)) throw error;
}

/**
 * A pending order that is paid for. However often and however many at once, the provider charges once; a charge whose
 * answer was lost is found and recorded.
 * @throws illegal_transition, card_declined, insufficient_funds, payment_unconfirmed
 */
async function paid(order: StoredOrder, method: PaymentMethod): Promise<OrderChange> {
  await mustBeOpen(order);
  const { charge: made, fresh } = await charge(order, method);
  if (made.outcome === 'approved') return settled(order, made);
  if (!fresh) {
    // Another call's refusal, or a closed reference, says nothing about this method: it gets a charge of its own.
    await closeAttempt(order);
    throw new LostUpdate();
  }
  // Whoever moved the order on meanwhile did as much for the next payment.
  await closeAttempt(order).catch(ignoreLostUpdate);
  throw made.outcome === 'insufficient_funds' ? problem.insufficient_funds() : problem.card_declined();
}

export const payOrder = operation({
  route: 'POST /orders/{id}/payment',
  summary: 'Pay for a pending order',
  description:
    'Simulated. Test cards: 4242 4242 4242 4242 is approved, 4000 0000 0000 0002 declined, 4000 0000 0000 9995 lacks funds, and ' +
    '4000 0000 0000 0119 is charged although its answer is lost (503: try again). Any other is declined. At most one charge, always.',
  access: allow('owner'),
  path: OrderPath,
  body: PaymentMethod,
  answers: { 200: Order },
  problems: [
    problem.order_not_found,
    problem.illegal_transition,
    problem.card_declined,
    problem.insufficient_funds,
    problem.payment_unconfirmed,
  ],
  changes: table,
  idempotent: true,
  handle: ({ path, body, caller, commit }) =>
    commit(
      () => orders.reach(path.id, caller),
      async (order) => showing(await paid(order, body)),
    ),
});
