import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { until } from '../../project/until.ts';
import { type Intervention, intervening } from '../../tests/support/faults.ts';
import { type Poller, startPoller } from './poller.ts';

const sqs = new SQSClient({});
const pollers: Poller[] = [];

afterEach(async () => {
  await Promise.all(pollers.splice(0).map((poller) => poller.stop()));
});

async function newQueues(maxReceiveCount: number) {
  const name = `poller-${crypto.randomUUID()}`;
  const deadLetterTargetArn = `arn:aws:sqs:eu-west-3:000000000000:${name}-dlq`;
  const dlq = await sqs.send(new CreateQueueCommand({ QueueName: `${name}-dlq` }));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
  const queue = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { RedrivePolicy } }));
  return { queueUrl: String(queue.QueueUrl), dlqUrl: String(dlq.QueueUrl), name };
}

function poll(queueUrl: string, invoke: (event: SQSEvent) => Promise<unknown>, reportsItemFailures = true) {
  const queueArn = `arn:aws:sqs:eu-west-3:000000000000:${queueUrl.split('/').at(-1)}`;
  const subscription = { functionName: 'test', queueUrl, queueArn, batchSize: 10, reportsItemFailures, invoke };
  pollers.push(startPoller(sqs, subscription));
}

async function countOf(QueueUrl: string): Promise<number> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return Number(Attributes?.ApproximateNumberOfMessages) + Number(Attributes?.ApproximateNumberOfMessagesNotVisible);
}

async function sendTen(QueueUrl: string): Promise<void> {
  const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: String(index), MessageBody: String(index) }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
}

test('one poison message in ten is retried and ends in the DLQ, nine succeed once', async () => {
  const { queueUrl, dlqUrl } = await newQueues(5);
  const seen: string[] = [];
  await sendTen(queueUrl);
  poll(queueUrl, async (event) => {
    seen.push(...event.Records.map((record) => record.body));
    const poison = event.Records.filter((record) => record.body === '7');
    return { batchItemFailures: poison.map((record) => ({ itemIdentifier: record.messageId })) };
  });
  await until(async () => (await countOf(dlqUrl)) === 1);
  expect(await countOf(queueUrl)).toBe(0);
  expect(seen.filter((body) => body === '7')).toHaveLength(5);
  expect(seen.filter((body) => body !== '7').sort()).toEqual([...'012345689']);
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: dlqUrl }));
  expect(Messages?.[0]?.Body).toBe('7');
});

test('a function that throws gets its whole batch again', async () => {
  const { queueUrl, dlqUrl } = await newQueues(5);
  const handled: string[] = [];
  let calls = 0;
  await sendTen(queueUrl);
  poll(queueUrl, async (event) => {
    calls += 1;
    if (calls === 1) throw new Error('out of order');
    handled.push(...event.Records.map((record) => record.body));
  });
  await until(async () => (await countOf(queueUrl)) === 0);
  expect(handled.sort()).toEqual([...'0123456789']);
  expect(await countOf(dlqUrl)).toBe(0);
});

test('item failures count only where the function declares that it reports them', async () => {
  const { queueUrl } = await newQueues(5);
  const answer = async (event: SQSEvent) => ({ batchItemFailures: [{ itemIdentifier: event.Records[0]?.messageId }] });
  await sendTen(queueUrl);
  poll(queueUrl, answer, false);
  await until(async () => (await countOf(queueUrl)) === 0);
});

test('a message reaches its function by the call that was waiting for it', async () => {
  const { queueUrl } = await newQueues(5);
  let [asked, answered] = [0, 0];
  const counting: Intervention = async (command, proceed) => {
    if (command !== 'ReceiveMessage') return proceed();
    asked += 1;
    const answer = await proceed();
    answered += 1;
    return answer;
  };
  const arrivedBy: number[] = [];
  await intervening(sqs, counting, async () => {
    poll(queueUrl, async () => arrivedBy.push(answered));
    await until(() => asked === 1);
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'hello' }));
    await until(() => arrivedBy.length === 1);
  });
  expect(arrivedBy).toEqual([1]);
});

test('a message is shaped as Lambda shapes it', async () => {
  const { queueUrl, name } = await newQueues(5);
  const events: SQSEvent[] = [];
  poll(queueUrl, async (event) => events.push(event));
  const MessageAttributes = { kind: { DataType: 'String', StringValue: 'test' } };
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'hello', MessageAttributes }));
  await until(() => events.length === 1);
  expect(events[0]?.Records[0]).toMatchObject({
    body: 'hello',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:eu-west-3:000000000000:${name}`,
    awsRegion: 'eu-west-3',
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
    messageAttributes: { kind: { stringValue: 'test', dataType: 'String' } },
    md5OfBody: '5d41402abc4b2a76b9719d911017c592',
  });
});
