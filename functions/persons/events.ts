import { Outbox, relaying } from '../../platform/events/outbox.ts';
import type { OutgoingEvent } from '../../platform/events/outgoing-event.ts';
import { Queue } from '../../platform/events/queue.ts';
import { table } from './table.ts';

/** What this context has to tell the others. */
export const outbox = new Outbox('/campus/persons', table, new Queue('PERSON_EVENTS_QUEUE_URL'));

/** Sends what a crash left behind. */
export const relay = relaying(outbox);

/** A person is gone: whoever keeps data of theirs must erase it. Data: `id`. */
export const DELETED = 'campus.person.deleted';

/** Tells that a person was deleted. */
export const personDeleted = (id: number): OutgoingEvent => outbox.event(DELETED, String(id), { id });
