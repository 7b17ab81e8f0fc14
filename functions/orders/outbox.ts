import { Outbox } from '../../platform/events/outbox.ts';
import { Queue } from '../../platform/events/queue.ts';
import { table } from './table.ts';

/** What the shop has to remember to do: it tells itself, by way of its own queue. */
export const outbox = new Outbox(table, new Queue('ORDERS_QUEUE_URL'));

/** Waits for a reservation's end: a delayed message instead of polling. Data: `order_id`. */
export const RESERVED = 'campus.order.reserved';

/** The provider is to give money back. Data: `charge`, `reference` of the refund, `amount` in minor units. */
export const REFUND_DUE = 'campus.order.refund_due';
