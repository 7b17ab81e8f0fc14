import { LostUpdate } from '../../../platform/data/write.ts';
import { apply } from '../../../platform/events/commit.ts';
import { sell } from '../catalogue/stock.ts';
import type { Charge } from '../payments/payment-provider.ts';
import { simulator } from '../payments/payment-simulator.ts';
import { table } from '../table.ts';
import { uncountPending } from './limits.ts';
import { changed, type OrderChange, type StoredOrder } from './order.ts';
import { requireMove } from './order-states.ts';
import * as orders from './order-store.ts';

/** The provider in use. */
export const provider = simulator;

/**
 * The reference of the one charge that can pay for an order as it stands. Whoever changes what is to be paid closes it
 * first: so the provider decides, once, between a payment and whatever races with it.
 */
export const openReference = ({ id, attempt }: StoredOrder): string => `${id}:${attempt}`;

/** An order that an approved charge paid for, with its stock sold. @throws illegal_transition */
export function settled(before: StoredOrder, { reference, amount, method, card_last4 }: Charge): OrderChange {
  requireMove(before.state, 'paid');
  const settlement = { method, card_last4, charge: reference };
  const order = changed(before, { state: 'paid', paid_amount: amount, payment: settlement });
  const line = { kind: 'charge' as const, amount, currency: order.currency, settlement, by: order.username };
  return {
    order,
    writes: [
      ...orders.replace(before, order),
      ...uncountPending(before),
      ...sell(order.items, order),
      orders.ledgerLine(order.id, line),
    ],
  };
}

/**
 * Makes sure that an order as it was read can no longer be paid, before it is changed or given up. A charge that was
 * made already wins: it is recorded, and the order has to be read again.
 * @throws LostUpdate
 */
export async function closeOpenCharge(order: StoredOrder): Promise<void> {
  const charge = await provider.close(openReference(order));
  if (!charge) return;
  await apply(table, settled(order, charge));
  throw new LostUpdate();
}
