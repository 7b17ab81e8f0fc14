import { keyPart } from '../base/key-part.ts';
import { key } from '../data/key.ts';
import { sharded } from '../data/sharded.ts';
import { type Item, type Key, lostUpdate, present, put, remove, type Write } from '../data/write.ts';
import type { CloudEvent } from './cloud-event.ts';

// Apart from the outbox: what only commits does not load what sends.

/** The partition of a context's table in which events wait to be sent. */
export const OUTBOX = sharded(key`OUTBOX`);

export interface Delivery {
  /** Seconds (0–900) from the event's time before the receiver sees it. */
  readonly delaySeconds?: number;
}

/** Whoever sends the events that a transaction has recorded. */
export interface Sender {
  send(events: readonly OutgoingEvent[]): Promise<void>;
}

/** An event on its way: a change carries it, and whoever commits the change records and sends it. */
export interface OutgoingEvent extends Delivery {
  readonly event: CloudEvent;
  readonly outbox: Sender;
}

/** An event as it waits in the table. */
export interface Pending extends Delivery, Key {
  readonly event: CloudEvent;
}

/** An event as it waits, sorted by its id and so by its time. */
export const pendingOf = ({ event, delaySeconds }: OutgoingEvent): Pending => ({
  pk: OUTBOX.of(event.id),
  sk: key`${keyPart(event.id)}`,
  event,
  ...(delaySeconds !== undefined && { delaySeconds }),
});

/** The write that goes into the same transaction as the change that the event tells of. */
export const recordOf = (event: OutgoingEvent): Write => put({ ...pendingOf(event) });

/** What puts an item, as it was read, into the shard where it belongs if it is an event that waits. @throws LostUpdate */
export function migrated(item: Item): Write[] {
  const { pk, sk } = item;
  const place = OUTBOX.of(sk);
  if (!/^OUTBOX(?:#|$)/.test(pk) || pk === place) return [];
  // The relay may be sending it: then its copy is told a second time, as any event may be.
  return [put({ ...item, pk: place }), remove({ pk, sk }, present(lostUpdate))];
}
