import * as z from 'zod';
import { consumer, reaction } from '../../platform/events/consumer.ts';
import { eraseRecord } from './record-store.ts';

/** Erases the health data of a person who was deleted. */
export const handler = consumer({
  'campus.person.deleted': reaction(z.object({ id: z.int().positive() }), ({ id }) => eraseRecord(id)),
});
