import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { messageOf } from '../../project/failure.ts';
import { failedMessages, toSqsEvent } from './sqs-event.ts';

/** What a function declares with its `sqs` event, and the way to call it. */
export interface Subscription {
  readonly functionName: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly reportsItemFailures: boolean;
  invoke(event: SQSEvent): Promise<unknown>;
}

export interface Poller {
  stop(): Promise<void>;
}

const receivedAtOnce = 10;
const firstRetrySeconds = 0.1;
const longestRetrySeconds = 3;

/** Hands the messages of a queue to a function, as Lambda does, until it is stopped. */
export function startPoller(sqs: SQSClient, subscription: Subscription): Poller {
  const stopping = new AbortController();
  const done = poll(sqs, subscription, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function poll(sqs: SQSClient, subscription: Subscription, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      const messages = await receiveBatch(sqs, subscription, stopping);
      if (messages.length > 0) await handle(sqs, subscription, messages);
    } catch (error) {
      if (stopping.aborted) return;
      report(subscription, error);
      await new Promise((resume) => setTimeout(resume, 500));
    }
  }
}

async function receiveBatch(
  sqs: SQSClient,
  { queueUrl, batchSize }: Subscription,
  stopping: AbortSignal,
): Promise<Message[]> {
  const batch: Message[] = [];
  while (batch.length < batchSize) {
    const request = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(receivedAtOnce, batchSize - batch.length),
      // Only the first answer is worth waiting for: a batch goes out with what is there.
      WaitTimeSeconds: batch.length === 0 ? 20 : 0,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await sqs.send(request, { abortSignal: stopping });
    batch.push(...Messages);
    if (Messages.length < receivedAtOnce) break;
  }
  return batch;
}

async function handle(sqs: SQSClient, subscription: Subscription, messages: readonly Message[]): Promise<void> {
  const failed = await invoke(subscription, toSqsEvent(messages, subscription.queueArn));
  for (let start = 0; start < messages.length; start += receivedAtOnce) {
    const some = messages.slice(start, start + receivedAtOnce);
    await remove(
      sqs,
      subscription,
      some.filter((message) => !failed.has(message.MessageId ?? '')),
    );
    await retrySoon(
      sqs,
      subscription,
      some.filter((message) => failed.has(message.MessageId ?? '')),
    );
  }
}

async function invoke(subscription: Subscription, event: SQSEvent): Promise<ReadonlySet<string>> {
  try {
    const answer = await subscription.invoke(event);
    return failedMessages(event, subscription.reportsItemFailures ? answer : undefined);
  } catch (error) {
    report(subscription, error);
    return new Set(event.Records.map((record) => record.messageId));
  }
}

async function remove(sqs: SQSClient, { queueUrl }: Subscription, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
}

/** A deployed queue waits for its whole visibility timeout; nobody at a desk wants to. */
async function retrySoon(sqs: SQSClient, { queueUrl }: Subscription, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  const Entries = messages.map((message, index) => ({
    Id: String(index),
    ReceiptHandle: message.ReceiptHandle,
    VisibilityTimeout: retryDelay(Number(message.Attributes?.ApproximateReceiveCount ?? 1)),
  }));
  await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
}

function retryDelay(receiveCount: number): number {
  return Math.min(longestRetrySeconds, firstRetrySeconds * 2 ** (receiveCount - 1));
}

function report({ functionName }: Subscription, error: unknown): void {
  const stack = error instanceof Error ? error.stack : undefined;
  process.stderr.write(
    `${JSON.stringify({ level: 'ERROR', service: 'poller', functionName, message: messageOf(error), stack })}\n`,
  );
}
