import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type QueuePair, redrive } from '../../platform/events/dead-letters.ts';
import { findQueues } from '../../tools/dead-letters.ts';
import { createContext } from '../support/tables.ts';

const sqs = new SQSClient({});
let queues: QueuePair;

beforeAll(async () => {
  const { HEALTH_TABLE = '' } = await createContext('health');
  queues = await findQueues(sqs, HEALTH_TABLE.replace(/-health$/, ''), 'PersonEvents');
});
afterAll(() => sqs.destroy());

test('a message that is sent again keeps its attributes', async () => {
  const MessageAttributes = { trace: { DataType: 'String', StringValue: 'Root=1-é' } };
  await sqs.send(new SendMessageCommand({ QueueUrl: queues.deadLetters, MessageBody: 'given up', MessageAttributes }));
  // Sent before the redrive began, to the millisecond.
  const began = Date.now();
  while (Date.now() === began);
  expect(await redrive(sqs, queues)).toBe(1);
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queues.main, MessageAttributeNames: ['All'] }),
  );
  expect(Messages).toMatchObject([{ Body: 'given up', MessageAttributes }]);
});
