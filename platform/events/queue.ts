import { SendMessageBatchCommand, SQSClient, SQSServiceException } from '@aws-sdk/client-sqs';
import { jsonProtocol } from '../aws/json-protocol.ts';
import { sdkOptions, withoutTheUnread } from '../aws/sdk-client.ts';
import { required } from '../base/env.ts';
import { log } from '../base/log.ts';

/** The most messages that SQS takes in one call. */
export const MOST_PER_BATCH = 10;

/** What is asked about messages. */
const OPERATIONS = [
  'SendMessage',
  'SendMessageBatch',
  'ReceiveMessage',
  'DeleteMessage',
  'DeleteMessageBatch',
  'GetQueueAttributes',
];

export const sqs: SQSClient = new SQSClient({
  protocol: jsonProtocol({
    target: 'AmazonSQS',
    operations: new Set(OPERATIONS),
    exceptions: {},
    BaseException: SQSServiceException,
  }),
  ...sdkOptions('sqs', () => sqs.config),
});
withoutTheUnread(sqs);

/** A message and its id within the batch; `delaySeconds` (0–900) keeps it invisible at first. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly delaySeconds?: number | undefined;
}

/** An SQS queue that this context may send to. */
export class Queue {
  readonly #variable: string;

  /** @param variable the environment variable with the queue's URL */
  constructor(variable: string) {
    this.#variable = variable;
  }

  /** Sends messages, ten a call. @returns the ids of those that SQS accepted */
  async send(messages: readonly Message[]): Promise<string[]> {
    const accepted: string[] = [];
    for (let i = 0; i < messages.length; i += MOST_PER_BATCH)
      accepted.push(...(await this.#sendBatch(messages.slice(i, i + MOST_PER_BATCH))));
    return accepted;
  }

  async #sendBatch(messages: readonly Message[]): Promise<string[]> {
    const Entries = messages.map(({ id, body, delaySeconds }) => ({
      Id: id,
      MessageBody: body,
      DelaySeconds: delaySeconds,
    }));
    const command = new SendMessageBatchCommand({ QueueUrl: required(this.#variable), Entries });
    const { Successful = [], Failed = [] } = await sqs.send(command);
    if (Failed.length > 0) log.error('messages refused', { refused: Failed.map(({ Id, Code }) => ({ Id, Code })) });
    return Successful.flatMap(({ Id }) => Id ?? []);
  }
}
