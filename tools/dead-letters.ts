import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { deadLetterQueueOf } from '../project/dead-letter-queue.ts';

const PER_CALL = 10;

/** Long enough to work through a queue, so that nothing is met twice on the way. */
const HIDDEN_SECONDS = 120;

/** A queue and the one that takes what its consumer gave up on, by their URLs. */
export interface QueuePair {
  readonly main: string;
  readonly deadLetters: string;
}

/**
 * The queue that a context's template declares as `<Name>Queue`, and its dead-letter queue.
 * @param prefix what every name of the deployment begins with, `campus-<stage>`
 * @param name as in the template, `StudentEvents`
 * @throws Error when there is no such queue, or it has no dead-letter queue
 */
export async function findQueues(sqs: SQSClient, prefix: string, name: string): Promise<QueuePair> {
  const QueueName = `${prefix}-${name.replaceAll(/(?<=.)[A-Z]/g, '-$&').toLowerCase()}`;
  const { QueueUrl: main = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const deadLetters = await deadLetterQueueOf(sqs, main);
  if (!deadLetters) throw new Error(`the queue ${QueueName} has no dead-letter queue`);
  return { main, deadLetters };
}

async function* receiveAll(sqs: SQSClient, QueueUrl: string): AsyncGenerator<Message[]> {
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: PER_CALL,
        VisibilityTimeout: HIDDEN_SECONDS,
        // Without a wait only some of the servers behind a queue are asked.
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp'],
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return;
    yield Messages;
  }
}

const sentAt = ({ Attributes }: Message): number => Number(Attributes?.SentTimestamp ?? 0);

const handles = (messages: readonly Message[]) =>
  messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle: ReceiptHandle ?? '' }));

async function putBack(sqs: SQSClient, QueueUrl: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  const Entries = handles(messages).map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
  await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
}

/** A message that was given up on. */
export interface DeadLetter {
  readonly id: string;
  /** When it was first sent. */
  readonly sentAt: Date;
  readonly body: string;
}

/** Everything in the dead-letter queue, oldest first; it all stays there. */
export async function listDeadLetters(sqs: SQSClient, { deadLetters }: QueuePair): Promise<DeadLetter[]> {
  const batches: Message[][] = [];
  for await (const batch of receiveAll(sqs, deadLetters)) batches.push(batch);
  for (const batch of batches) await putBack(sqs, deadLetters, batch);
  return batches
    .flat()
    .map((message) => ({ id: message.MessageId ?? '', sentAt: new Date(sentAt(message)), body: message.Body ?? '' }))
    .sort((a, b) => a.sentAt.getTime() - b.sentAt.getTime());
}

/**
 * Sends every dead letter to its queue once more, as it was with its attributes. One is taken away only after it was sent: a crash in between sends
 * it twice, which consumers bear. What fails again meanwhile and comes back is left for the next time.
 * @returns how many were sent
 */
export async function redriveDeadLetters(sqs: SQSClient, { main, deadLetters }: QueuePair): Promise<number> {
  const began = Date.now();
  const returned: Message[][] = [];
  let redriven = 0;
  for await (const batch of receiveAll(sqs, deadLetters)) {
    const older = batch.filter((message) => sentAt(message) < began);
    returned.push(batch.filter((message) => sentAt(message) >= began));
    if (older.length > 0) redriven += await resend(sqs, { main, deadLetters }, older);
  }
  for (const batch of returned) await putBack(sqs, deadLetters, batch);
  return redriven;
}

async function resend(sqs: SQSClient, { main, deadLetters }: QueuePair, messages: readonly Message[]): Promise<number> {
  const Entries = messages.map(({ Body, MessageAttributes }, i) => ({
    Id: String(i),
    MessageBody: Body ?? '',
    MessageAttributes,
  }));
  const { Successful = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: main, Entries }));
  const sent = Successful.flatMap(({ Id }) => messages[Number(Id)] ?? []);
  if (sent.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: deadLetters, Entries: handles(sent) }));
  return sent.length;
}
