import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { log } from '../log.ts';
import { within } from '../scope.ts';
import { CloudEvent } from './cloud-event.ts';

/** What a consumer does about one type of event. It must bear the same event twice, late and out of order. */
export interface Reaction<S extends z.ZodType = z.ZodType> {
  readonly data: S;
  readonly react: (data: z.output<S>, event: CloudEvent) => Promise<void>;
}

/** Declares a reaction with its data's type. */
export const reaction = <S extends z.ZodType>(data: S, react: Reaction<S>['react']): Reaction =>
  ({ data, react }) as unknown as Reaction;

/** An SQS-triggered Lambda handler with partial batch failures. */
export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

async function receive({ body, messageId }: SQSRecord, reactions: Readonly<Record<string, Reaction>>): Promise<void> {
  const event = CloudEvent.parse(JSON.parse(body));
  const known = reactions[event.type];
  // An event of a newer producer is not poison, but silence would lose it: it goes to the dead-letter queue.
  if (!known) throw new Error(`No reaction to ${event.type}`);
  await within({ requestId: event.requestid ?? messageId, language: 'fr' }, async () => {
    await known.react(known.data.parse(event.data), event);
    log.info('event handled', { event_id: event.id, event_type: event.type });
  });
}

/**
 * The Lambda behind a queue: every message of a batch stands or falls alone, and one that keeps failing ends in the
 * dead-letter queue.
 */
export function consumer(reactions: Readonly<Record<string, Reaction>>): QueueHandler {
  return async (batch, context) => {
    const processor = new BatchProcessor(EventType.SQS);
    const handle = async (record: SQSRecord): Promise<void> => {
      try {
        await receive(record, reactions);
      } catch (error) {
        log.error('event failed', { error, message_id: record.messageId });
        throw error;
      }
    };
    return processPartialResponse(batch, handle, processor, { context, throwOnFullBatchFailure: false });
  };
}
