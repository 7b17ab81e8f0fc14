import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { CloudEvent } from '../../platform/events/cloud-event.ts';
import { sqs } from '../../platform/events/queue.ts';

/** Takes every event that waits in a queue. */
export async function received(QueueUrl: string): Promise<CloudEvent[]> {
  const all: CloudEvent[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return all;
    for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    all.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as CloudEvent));
  }
}
