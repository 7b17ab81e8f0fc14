import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The URL of the queue that takes what the consumers of this one give up on, as SQS knows it; undefined for none. */
export async function deadLetterQueueOf(sqs: SQSClient, QueueUrl: string): Promise<string | undefined> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] }));
  if (!Attributes?.RedrivePolicy) return undefined;
  const { deadLetterTargetArn } = JSON.parse(Attributes.RedrivePolicy) as { deadLetterTargetArn: string };
  const QueueName = deadLetterTargetArn.split(':').at(-1);
  return (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
}
