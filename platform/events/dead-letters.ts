import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { clock } from '../base/clock.ts';
import { MOST_PER_BATCH } from './queue.ts';

/** Long enough to send ten letters and take them away; whoever is cut off in between is out of the way that long. */
const HIDDEN_SECONDS = 30;

/** On AWS one look asks many servers, and not each of them shows all that it has. */
const MOST_LOOKS = 3;

/** A queue and the one that takes what its consumer gave up on, by their URLs. */
export interface QueuePair {
  readonly main: string;
  readonly deadLetters: string;
}

/** A message that was given up on. */
export interface DeadLetter {
  readonly id: string;
  /** When it was first sent. */
  readonly sentAt: Date;
  readonly body: string;
}

/** What lies in a dead-letter queue. */
export interface Waiting {
  /** How many there are, those that somebody is working on among them. */
  readonly count: number;
  /** How long SQS keeps a message after it was first sent, in seconds. */
  readonly keptSeconds: number;
}

const sentAt = ({ Attributes }: Message): number => Number(Attributes?.SentTimestamp ?? 0);

/** A message as it is told of. */
export const letterOf = (message: Message): DeadLetter => ({
  id: message.MessageId ?? '',
  sentAt: new Date(sentAt(message)),
  body: message.Body ?? '',
});

/** Letters with the oldest first. */
export const oldestFirst = (letters: Iterable<DeadLetter>): DeadLetter[] =>
  [...letters].sort((a, b) => a.sentAt.getTime() - b.sentAt.getTime());

async function receive(sqs: SQSClient, QueueUrl: string, VisibilityTimeout: number): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: MOST_PER_BATCH,
    VisibilityTimeout,
    // Without a wait only some of the servers behind a queue are asked.
    WaitTimeSeconds: 1,
    MessageSystemAttributeNames: ['SentTimestamp'],
    MessageAttributeNames: ['All'],
  });
  return (await sqs.send(command)).Messages ?? [];
}

/** The messages of a queue, ten at a time, each hidden from everybody else meanwhile. */
export async function* receiveAll(sqs: SQSClient, queue: string, hiddenSeconds: number): AsyncGenerator<Message[]> {
  for (;;) {
    const messages = await receive(sqs, queue, hiddenSeconds);
    if (messages.length === 0) return;
    yield messages;
  }
}

/** What a batch calls these messages. */
export const handles = (messages: readonly Message[]) =>
  messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle: ReceiptHandle ?? '' }));

/** How much lies in a dead-letter queue. */
export async function waitingIn(sqs: SQSClient, QueueUrl: string): Promise<Waiting> {
  const command = new GetQueueAttributesCommand({
    QueueUrl,
    AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'MessageRetentionPeriod'],
  });
  const { Attributes = {} } = await sqs.send(command);
  const { ApproximateNumberOfMessages: seen, ApproximateNumberOfMessagesNotVisible: hidden } = Attributes;
  return { count: Number(seen ?? 0) + Number(hidden ?? 0), keptSeconds: Number(Attributes.MessageRetentionPeriod) };
}

/**
 * Some letters of a dead-letter queue, ten at most, oldest first. They are hidden from nobody, not for a moment: who
 * looks is in nobody's way.
 */
export async function peek(sqs: SQSClient, queue: string): Promise<DeadLetter[]> {
  const found = new Map<string, DeadLetter>();
  for (let look = 0; look < MOST_LOOKS && found.size < MOST_PER_BATCH; look += 1) {
    const before = found.size;
    for (const message of await receive(sqs, queue, 0)) found.set(message.MessageId ?? '', letterOf(message));
    if (found.size === before) break;
  }
  return oldestFirst(found.values()).slice(0, MOST_PER_BATCH);
}

/**
 * Sends dead letters to their queue once more, as they were with their attributes. One is taken away only after it was
 * sent: a crash in between sends it twice, which consumers bear. What fails again meanwhile and comes back is left for
 * the next time.
 * @param enough when to begin no further ten, in milliseconds since the epoch
 * @returns how many were sent
 */
export async function redrive(sqs: SQSClient, queues: QueuePair, enough = Number.POSITIVE_INFINITY): Promise<number> {
  const began = clock.now();
  let redriven = 0;
  for await (const batch of receiveAll(sqs, queues.deadLetters, HIDDEN_SECONDS)) {
    const older = batch.filter((message) => sentAt(message) < began);
    if (older.length > 0) redriven += await resend(sqs, queues, older);
    if (clock.now() >= enough) break;
  }
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
