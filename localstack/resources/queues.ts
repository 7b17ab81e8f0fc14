import {
  CreateQueueCommand,
  type QueueAttributeName,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { ofType } from '../../project/template.ts';
import { resolveIntrinsics } from './intrinsics.ts';
import { type LocalTemplate, nameOf, queueUrl } from './names.ts';

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
export async function createQueues(template: LocalTemplate, sqs: SQSClient): Promise<void> {
  const queues = ofType(template, 'AWS::SQS::Queue');
  await Promise.all(
    queues.map(async ([logicalId, { Properties }]) => {
      const QueueName = nameOf(template, logicalId);
      const Attributes = QueueName.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
      await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
      await setAttributes(template, sqs, logicalId, Properties ?? {});
    }),
  );
}

async function setAttributes(
  template: LocalTemplate,
  sqs: SQSClient,
  logicalId: string,
  properties: Readonly<Record<string, unknown>>,
) {
  const Attributes: Partial<Record<QueueAttributeName, string>> = {};
  for (const name of settable) {
    const value = resolveIntrinsics(template, properties[name]);
    if (value !== undefined) Attributes[name] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  if (Object.keys(Attributes).length === 0) return;
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(template, logicalId), Attributes }));
}
