import { type CloudEvent, cloudEvent } from '../../platform/events/cloud-event.ts';
import { Outbox } from '../../platform/events/outbox.ts';
import { Queue } from '../../platform/events/queue.ts';
import { table } from './table.ts';

/** What this context has to tell the others. */
export const outbox = new Outbox(table, new Queue('PERSON_EVENTS_QUEUE_URL'));

/** A person is gone: whoever keeps data of theirs must erase it. */
export const personDeleted = (id: number): CloudEvent =>
  cloudEvent('/campus/persons', 'campus.person.deleted', String(id), { id });
