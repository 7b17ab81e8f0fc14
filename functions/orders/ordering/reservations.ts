import { clock } from '../../../platform/base/clock.ts';
import { required } from '../../../platform/base/env.ts';
import type { OutgoingEvent } from '../../../platform/events/outgoing-event.ts';
import { orderReserved } from '../events.ts';
import type { StoredOrder } from './order.ts';

/** The longest that SQS delays a message, in seconds. */
const LONGEST_DELAY = 900;

/** How long a pending order keeps its stock, in seconds; SQS delays a message by 900 at most. */
export const reservationSeconds = (): number => Number(required('RESERVATION_SECONDS'));

/** Milliseconds until a pending order's reservation lapses; none left when it has. */
export const timeLeft = ({ reserved_until }: Pick<StoredOrder, 'reserved_until'>): number =>
  reserved_until ? Math.max(0, Date.parse(reserved_until) - clock.now()) : 0;

/** The reminder to look at an order again once its reservation has lapsed. */
export const reminderOf = (order: Pick<StoredOrder, 'id' | 'reserved_until'>): OutgoingEvent =>
  orderReserved(order.id, Math.min(LONGEST_DELAY, Math.ceil(timeLeft(order) / 1000)));
