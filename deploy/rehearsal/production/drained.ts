import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { until } from '../../../project/until.ts';
import { EMULATED } from '../emulated.ts';

const WAITING = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

/** Waits until no queue of a stage has a message, nor one that is being worked on. */
export async function drained(endpoint: string, stage: string): Promise<void> {
  const client = new SQSClient({ ...EMULATED, endpoint, useQueueUrlAsEndpoint: false });
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({ QueueNamePrefix: `campus-${stage}-` }));
  const isEmpty = async (QueueUrl: string) => {
    const question = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...WAITING] });
    const { Attributes = {} } = await client.send(question);
    return WAITING.every((name) => Attributes[name] === '0');
  };
  const allEmpty = async () => (await Promise.all(QueueUrls.map(isEmpty))).every(Boolean);
  await until(allEmpty, { every: 200, what: `the queues are empty: ${QueueUrls.length}` });
}
