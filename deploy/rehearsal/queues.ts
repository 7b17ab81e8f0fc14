import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { redriveDeadLetters } from '../../tools/dead-letters.ts';
import { until } from './until.ts';

export interface WatchedQueue {
  readonly url: string;
  readonly deadLetterUrl: string;
}

/** The queues of a stack and what SQS says of them. */
export class Queues {
  readonly #sqs: SQSClient;

  constructor(endpoint: string) {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    this.#sqs = new SQSClient({ endpoint, region: 'eu-west-3', credentials });
  }

  /** A queue and where its dead letters go; undefined when it has no such place. */
  async describe(url: string): Promise<WatchedQueue | undefined> {
    const { RedrivePolicy } = await this.#attributes(url);
    if (!RedrivePolicy) return undefined;
    const { deadLetterTargetArn } = JSON.parse(RedrivePolicy) as { deadLetterTargetArn: string };
    const QueueName = deadLetterTargetArn.split(':').at(-1);
    const { QueueUrl = '' } = await this.#sqs.send(new GetQueueUrlCommand({ QueueName }));
    return { url, deadLetterUrl: QueueUrl };
  }

  /** Sends what no consumer understands, with attempts that follow each other quickly, until it is a dead letter. */
  async poison({ url, deadLetterUrl }: WatchedQueue): Promise<void> {
    const { VisibilityTimeout } = await this.#attributes(url);
    await this.#sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: '1' } }));
    await this.#sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: '{"poison":true}' }));
    await until('the message is a dead letter', async () => (await this.#count(deadLetterUrl)) === 1, 60_000);
    await this.#sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: VisibilityTimeout ?? '60' } }),
    );
  }

  /** Gives the dead letters back to their queue, as an operator does. */
  async redrive({ url, deadLetterUrl }: WatchedQueue): Promise<void> {
    const sent = await redriveDeadLetters(this.#sqs, { main: url, deadLetters: deadLetterUrl });
    if (sent !== 1) throw new Error(`${sent} dead letters were sent again, not 1`);
    await until('it is back in its queue', async () => (await this.#count(url)) === 1, 20_000);
    await this.#sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
  }

  /** Messages in a queue, those being worked on too. */
  async #count(url: string): Promise<number> {
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = await this.#attributes(url);
    return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
  }

  async #attributes(QueueUrl: string): Promise<Record<string, string>> {
    const { Attributes } = await this.#sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    return (Attributes ?? {}) as Record<string, string>;
  }
}
