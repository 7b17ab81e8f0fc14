import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import {
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { deadLetterQueueOf } from '../../project/dead-letter-queue.ts';
import { until } from '../../project/until.ts';
import { EMULATED } from './emulated.ts';

const emulated = () => ({ ...EMULATED, endpoint: process.env.AWS_ENDPOINT_URL ?? '' });

export interface WatchedQueue {
  readonly url: string;
  readonly deadLetterUrl: string;
}

/** The queues of a stack and what SQS says of them. */
export class Queues {
  readonly #sqs: SQSClient;

  constructor() {
    this.#sqs = new SQSClient(emulated());
  }

  /** A queue and where its dead letters go; undefined when it has no such place. */
  async describe(url: string): Promise<WatchedQueue | undefined> {
    const deadLetterUrl = await deadLetterQueueOf(this.#sqs, url);
    return deadLetterUrl === undefined ? undefined : { url, deadLetterUrl };
  }

  /** Sends what no consumer understands, with attempts that follow each other quickly, until it is a dead letter. */
  async poison({ url, deadLetterUrl }: WatchedQueue): Promise<void> {
    const { VisibilityTimeout } = await this.#attributes(url);
    await this.#sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: '1' } }));
    await this.#sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: '{"poison":true}' }));
    await until(async () => (await this.#count(deadLetterUrl)) === 1, { what: 'the message is a dead letter' });
    await this.#sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: VisibilityTimeout ?? '60' } }),
    );
  }

  /** Waits until the dead letter is back in its queue, and takes it away. */
  async takeBack({ url }: WatchedQueue): Promise<void> {
    await until(async () => (await this.#count(url)) === 1, { within: 20_000, what: 'it is back in its queue' });
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

/** The queues of a stack that a Lambda consumes. */
export async function consumedQueues(stack: string): Promise<{ name: string; url: string }[]> {
  const queues = new Map<string, string>();
  const pages = paginateListStackResources({ client: new CloudFormationClient(emulated()) }, { StackName: stack });
  for await (const { StackResourceSummaries = [] } of pages) {
    for (const { ResourceType, PhysicalResourceId: url = '' } of StackResourceSummaries) {
      if (ResourceType === 'AWS::SQS::Queue') queues.set(url.split('/').at(-1) ?? '', url);
    }
  }
  const consumed = new Set<string>();
  for await (const page of paginateListEventSourceMappings({ client: new LambdaClient(emulated()) }, {})) {
    for (const { EventSourceArn } of page.EventSourceMappings ?? []) {
      consumed.add(EventSourceArn?.split(':').at(-1) ?? '');
    }
  }
  return [...queues].filter(([name]) => consumed.has(name)).map(([name, url]) => ({ name, url }));
}
