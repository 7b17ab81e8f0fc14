import { optimistically } from '../data/optimistic.ts';
import type { Table } from '../data/table.ts';
import { AlreadyDone, type LostUpdate, type Write } from '../data/write.ts';
import { type OutgoingEvent, recordOf } from './outgoing-event.ts';

/** What a change comes to: what is written, and what other contexts are told of it. */
export interface Change {
  readonly writes?: readonly Write[];
  readonly events?: readonly OutgoingEvent[];
}

async function send(events: readonly OutgoingEvent[]): Promise<void> {
  const byOutbox = Map.groupBy(events, ({ outbox }) => outbox);
  await Promise.all([...byOutbox].map(([outbox, some]) => outbox.send(some)));
}

async function write(table: Table, writes: readonly Write[]): Promise<void> {
  if (writes.length > 0) await table.write(writes);
}

/**
 * Makes a change as it was decided: in one transaction with the events that tell of it, which are sent right after.
 * Where it turns out to stand already ({@link AlreadyDone}), only `first` is written and nothing is told.
 * @param first what is written before all else in the same transaction
 * @throws what the condition of the first refused write says, {@link LostUpdate} among it; busy
 */
export async function apply(table: Table, change: Change, first: readonly Write[] = []): Promise<void> {
  const { writes = [], events = [] } = change;
  try {
    await write(table, [...first, ...writes, ...events.map(recordOf)]);
  } catch (error) {
    if (!(error instanceof AlreadyDone)) throw error;
    return write(table, first);
  }
  await send(events);
}

/**
 * The one way in which a context changes anything: reads and judges, then makes the change ({@link apply}). Where
 * somebody else was at the record meanwhile, it reads and judges anew.
 * @param decide reads, judges, and says what is to be changed; it may be asked again
 * @param first what is written before all else in the same transaction, given the change
 * @returns the change that was made
 * @throws what `decide` throws, what the condition of the first refused write says; busy
 */
export const commit = <C extends Change>(
  table: Table,
  decide: () => C | Promise<C>,
  first: (change: C) => readonly Write[] = () => [],
): Promise<C> =>
  optimistically(async () => {
    const change = await decide();
    await apply(table, change, first(change));
    return change;
  });
