import * as z from 'zod';
import { commit } from '../../platform/events/commit.ts';
import { consumer, reaction } from '../../platform/events/consumer.ts';
import * as history from './history-store.ts';
import * as records from './record-store.ts';
import { table } from './table.ts';

/** Removes all health data of a person who was deleted. The record first: then nothing new can come to the history. */
async function erase(personId: number): Promise<void> {
  await commit(table, () => ({ writes: records.erase(personId) }));
  await history.sweep(personId);
}

/** The Lambda behind the queue of what happens to persons. */
export const handler = consumer({
  'campus.person.deleted': reaction(z.object({ id: z.int().positive() }), ({ id }) => erase(id)),
});
