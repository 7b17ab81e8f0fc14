import {
  ChangeMessageVisibilityBatchCommand,
  GetQueueUrlCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import {
  type DeadLetter,
  handles,
  letterOf,
  oldestFirst,
  type QueuePair,
  receiveAll,
} from '../platform/events/dead-letters.ts';
import { deadLetterQueueOf } from '../project/dead-letter-queue.ts';

/** Long enough to work through a queue, so that nothing is met twice on the way. */
const HIDDEN_SECONDS = 120;

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

async function putBack(sqs: SQSClient, QueueUrl: string, messages: readonly Message[]): Promise<void> {
  const Entries = handles(messages).map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
  await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
}

/** Everything in the dead-letter queue, oldest first; it all stays there. */
export async function listDeadLetters(sqs: SQSClient, { deadLetters }: QueuePair): Promise<DeadLetter[]> {
  const batches: Message[][] = [];
  for await (const batch of receiveAll(sqs, deadLetters, HIDDEN_SECONDS)) batches.push(batch);
  for (const batch of batches) await putBack(sqs, deadLetters, batch);
  return oldestFirst(batches.flat().map(letterOf));
}
