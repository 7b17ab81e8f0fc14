import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { log } from '../base/log.ts';
import { within } from '../base/scope.ts';
import { CloudEvent } from './cloud-event.ts';

/** What a consumer does about one type of event. It must bear the same event twice, late and out of order. */
export interface Reaction<S extends z.ZodType = z.ZodType> {
  readonly data: S;
  readonly react: (data: z.output<S>, event: CloudEvent) => Promise<void>;
}

/** Declares a reaction with its data's type. */
export const reaction = <S extends z.ZodType>(data: S, react: Reaction<S>['react']): Reaction =>
  ({ data, react }) as unknown as Reaction;

type Reactions = Readonly<Record<string, Reaction>>;

/** An SQS-triggered Lambda handler with partial batch failures. */
export type QueueHandler = ((event: SQSEvent, context: Context) => Promise<SQSBatchResponse>) & {
  /** What it does, by the type of the event. */
  readonly reactions: Reactions;
};

async function react(event: CloudEvent, reactions: Reactions): Promise<void> {
  const known = reactions[event.type];
  // An event of a newer producer is not poison, but silence would lose it: it goes to the dead-letter queue.
  if (!known) throw new Error(`No reaction to ${event.type}`);
  await known.react(known.data.parse(event.data), event);
  log.info('event handled', { event_id: event.id, event_type: event.type });
}

function failed(error: unknown, { messageId }: SQSRecord): never {
  log.error('event failed', { error, message_id: messageId });
  throw error;
}

/** Handles a message under the request that caused it, or, where nobody can tell which that was, under its own id. */
function receive(record: SQSRecord, reactions: Reactions, service: string | undefined): Promise<void> {
  const under = <T>(requestId: string, work: () => T): T => within({ requestId, language: 'fr', service }, work);
  return under(record.messageId, async () => {
    const event = await eventIn(record).catch((error: unknown) => failed(error, record));
    const handled = () => react(event, reactions).catch((error: unknown) => failed(error, record));
    await under(event.requestid ?? record.messageId, handled);
  });
}

const eventIn = async ({ body }: SQSRecord): Promise<CloudEvent> => CloudEvent.parse(JSON.parse(body));

/**
 * The Lambda behind a queue: every message of a batch stands or falls alone, and one that keeps failing ends in the
 * dead-letter queue.
 */
export function consumer(reactions: Reactions): QueueHandler {
  const service = process.env.CAMPUS_CONTEXT;
  const handler = async (batch: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const processor = new BatchProcessor(EventType.SQS);
    const handle = (record: SQSRecord): Promise<void> => receive(record, reactions, service);
    return processPartialResponse(batch, handle, processor, { context, throwOnFullBatchFailure: false });
  };
  return Object.assign(handler, { reactions });
}
