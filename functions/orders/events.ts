import { Outbox, relaying } from '../../platform/events/outbox.ts';
import type { OutgoingEvent } from '../../platform/events/outgoing-event.ts';
import { Queue } from '../../platform/events/queue.ts';
import { table } from './table.ts';

/** What the shop has to remember to do: it tells itself, by way of its own queue. */
export const outbox = new Outbox('/campus/orders', table, new Queue('ORDERS_QUEUE_URL'));

/** Sends what a crash left behind. */
export const relay = relaying(outbox);

/** Waits for a reservation's end: a delayed message instead of polling. Data: `order_id`. */
export const RESERVED = 'campus.order.reserved';

/** The provider is to give money back. Data: `charge`, `reference` of the refund, `amount` in minor units. */
export const REFUND_DUE = 'campus.order.refund_due';

/** Has an order looked at again once `delaySeconds` (0–900) have passed. */
export const orderReserved = (orderId: string, delaySeconds: number): OutgoingEvent =>
  outbox.event(RESERVED, orderId, { order_id: orderId }, { delaySeconds });

/** Has the provider give back `amount` of a charge, once for each `reference`. */
export const refundDue = (
  orderId: string,
  due: { readonly charge: string; readonly reference: string; readonly amount: number },
): OutgoingEvent => outbox.event(REFUND_DUE, orderId, due);
