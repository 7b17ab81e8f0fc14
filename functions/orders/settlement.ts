import { LostUpdate } from '../../platform/data/optimistic.ts';
import type { Write } from '../../platform/data/write.ts';
import type { StoredOrder } from './order.ts';
import { requireMove } from './order-states.ts';
import { changeOrder, ledgerLine } from './order-store.ts';
import type { Charge } from './payment-provider.ts';
import { simulator } from './payment-simulator.ts';
import { sell } from './stock.ts';

/** The provider in use. */
export const provider = simulator;

/**
 * The reference of the one charge that can pay for an order as it stands. Whoever changes what is to be paid closes it
 * first: so the provider decides, once, between a payment and whatever races with it.
 */
export const openReference = ({ id, attempt }: StoredOrder): string => `${id}:${attempt}`;

/** Notes that an order was paid by an approved charge, and sells its stock. @throws LostUpdate, illegal_transition */
export function recordPayment(
  order: StoredOrder,
  { reference, amount, method, card_last4 }: Charge,
  along: (after: StoredOrder) => readonly Write[] = () => [],
): Promise<StoredOrder> {
  requireMove(order.state, 'paid');
  const settlement = { method, card_last4, charge: reference };
  const line = { kind: 'charge' as const, amount, currency: order.currency, settlement, by: order.username };
  return changeOrder(order, { state: 'paid', paid_amount: amount, payment: settlement }, (after) => [
    ...sell(order.items, order),
    ledgerLine(order.id, line),
    ...along(after),
  ]);
}

/**
 * Makes sure that an order as it was read can no longer be paid, before it is changed or given up. A charge that was
 * made already wins: it is recorded, and the order has to be read again.
 * @throws LostUpdate
 */
export async function closeOpenCharge(order: StoredOrder): Promise<void> {
  const charge = await provider.close(openReference(order));
  if (!charge) return;
  await recordPayment(order, charge);
  throw new LostUpdate();
}
