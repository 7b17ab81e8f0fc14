import { clock } from '../../platform/clock.ts';
import { required } from '../../platform/env.ts';
import { cloudEvent } from '../../platform/events/cloud-event.ts';
import type { StoredOrder } from './order.ts';
import { outbox, RESERVED } from './outbox.ts';
import { table } from './table.ts';

/** How long a pending order keeps its stock, in seconds; SQS delays a message by 900 at most. */
export const reservationSeconds = (): number => Number(required('RESERVATION_SECONDS'));

/** Milliseconds until a pending order's reservation lapses; none left when it has. */
export const timeLeft = ({ reserved_until }: Pick<StoredOrder, 'reserved_until'>): number =>
  reserved_until ? Math.max(0, Date.parse(reserved_until) - clock.now()) : 0;

/** The reminder to look at an order again once its reservation has lapsed, and how long it is to wait. */
export function reminderOf(order: Pick<StoredOrder, 'id' | 'reserved_until'>) {
  const event = cloudEvent('/campus/orders', RESERVED, order.id, { order_id: order.id });
  return { event, delivery: { delaySeconds: Math.min(900, Math.ceil(timeLeft(order) / 1000)) } };
}

/** Has an order looked at again later: its reminder came early. */
export async function remindAgain(order: Pick<StoredOrder, 'id' | 'reserved_until'>): Promise<void> {
  const { event, delivery } = reminderOf(order);
  await table.write([outbox.record(event, delivery)]);
  await outbox.send([event], delivery);
}
