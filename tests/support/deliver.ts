import { randomUUID } from 'node:crypto';
import type { Context, SQSRecord } from 'aws-lambda';
import { type CloudEvent, cloudEvent } from '../../platform/events/cloud-event.ts';
import type { QueueHandler } from '../../platform/events/consumer.ts';

/** An event as its sender would put it on the queue. */
export const told = (type: string, data: Readonly<Record<string, unknown>>): CloudEvent =>
  cloudEvent('/campus/test', type, String(data.id), data);

/**
 * Hands one batch to a consumer as Lambda does.
 * @param messages events, or the raw text of a message that is none
 * @returns the positions of those that it reported as failed
 * @throws when it reported any other: Lambda takes that for a failure of the whole batch
 */
export async function deliver(handler: QueueHandler, messages: readonly (CloudEvent | string)[]): Promise<number[]> {
  const Records = messages.map(
    (message) =>
      ({
        messageId: randomUUID(),
        body: typeof message === 'string' ? message : JSON.stringify(message),
      }) as SQSRecord,
  );
  const { batchItemFailures } = await handler({ Records }, {} as Context);
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  const unknown = [...failed].filter((id) => !Records.some(({ messageId }) => messageId === id));
  if (unknown.length > 0) throw new Error(`reported as failed, but not of this batch: ${unknown}`);
  return Records.flatMap(({ messageId }, position) => (failed.has(messageId) ? position : []));
}
