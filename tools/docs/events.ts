import type { QueueHandler } from '../../platform/events/consumer.ts';
import { Outbox } from '../../platform/events/outbox.ts';
import { Queue } from '../../platform/events/queue.ts';
import { type Context, sourceOf } from '../../project/contexts.ts';
import { load, modulesOf } from '../openapi/operations.ts';

/** That a context tells an event, or hears it. */
export interface EventPart {
  readonly context: string;
  readonly part: 'tells' | 'hears';
  /** The event's type. */
  readonly type: string;
  /** The file that says so. */
  readonly file: string;
}

const isEventType = (value: unknown): value is string =>
  typeof value === 'string' && /^campus(?:\.[a-z_]+){2}$/.test(value);

/** The types of events that a context exports beside its outbox, or a queue of its own: what it writes there. */
async function toldBy({ name, folder }: Context): Promise<EventPart[]> {
  const outboxes = (await modulesOf(folder)).filter(([, module]) =>
    Object.values(module).some((value) => value instanceof Outbox || value instanceof Queue),
  );
  return outboxes.flatMap(([file, module]) =>
    Object.values(module)
      .filter(isEventType)
      .map((type) => ({ context: name, part: 'tells', type, file })),
  );
}

/** The types of events that the consumers of a context's queues react to. */
async function heardBy({ name, lambdas }: Context): Promise<EventPart[]> {
  const files = lambdas.filter(({ events = [] }) => events.some(({ sqs }) => sqs)).map(sourceOf);
  const consumers = await Promise.all(
    files.map(async (file) => [file, (await load(file)).handler as QueueHandler] as const),
  );
  return consumers.flatMap(([file, { reactions }]) =>
    Object.keys(reactions).map((type) => ({ context: name, part: 'hears', type, file })),
  );
}

/** Which events the contexts tell and hear, by their modules. */
export async function eventsOf(contexts: readonly Context[]): Promise<EventPart[]> {
  const parts = await Promise.all(contexts.flatMap((context) => [toldBy(context), heardBy(context)]));
  return parts.flat();
}
