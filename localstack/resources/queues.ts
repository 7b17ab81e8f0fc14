import {
  CreateQueueCommand,
  type QueueAttributeName,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { resolveIntrinsics } from './intrinsics.ts';
import { nameOf, type Place, queueUrl } from './names.ts';
import { resourcesOfType } from './template.ts';

const settable = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
  'ContentBasedDeduplication',
  'RedrivePolicy',
] as const satisfies QueueAttributeName[];

/** Creates the queues that the template declares; those that exist get the attributes it gives them now. */
export async function createQueues(place: Place, sqs: SQSClient): Promise<void> {
  const queues = resourcesOfType(place.resources, 'AWS::SQS::Queue');
  await Promise.all(
    queues.map(async ([logicalId, properties]) => {
      const QueueName = nameOf(place, logicalId);
      const Attributes = QueueName.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
      await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
      await setAttributes(place, sqs, logicalId, properties);
    }),
  );
}

async function setAttributes(
  place: Place,
  sqs: SQSClient,
  logicalId: string,
  properties: Readonly<Record<string, unknown>>,
) {
  const Attributes: Partial<Record<QueueAttributeName, string>> = {};
  for (const name of settable) {
    const value = resolveIntrinsics(place, properties[name]);
    if (value !== undefined) Attributes[name] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  if (Object.keys(Attributes).length === 0) return;
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(place, logicalId), Attributes }));
}
