import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type SqsEngine, startSqs } from './sqs.ts';

let folder: string;
const engines: SqsEngine[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'campus-sqs-'));
});

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  rmSync(folder, { recursive: true });
});

async function open(name: string) {
  const engine = await startSqs(join(folder, name));
  engines.push(engine);
  const sqs = new SQSClient({ endpoint: engine.endpoint });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'marks' }));
  return { sqs, QueueUrl, receive: () => sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 })) };
}

async function twoMessages() {
  const first = await open('first');
  for (const MessageBody of ['received', 'queued']) {
    await first.sqs.send(new SendMessageCommand({ QueueUrl: first.QueueUrl, MessageBody }));
  }
  return first;
}

test('messages outlive a process that was killed, those it was working on too', async () => {
  const { sqs, QueueUrl } = await twoMessages();
  await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1 }));
  // What a killed process leaves on disk is what is on disk right now.
  cpSync(join(folder, 'first'), join(folder, 'second'), { recursive: true });
  const { Messages = [] } = await (await open('second')).receive();
  expect(Messages.map((message) => message.Body).sort()).toEqual(['queued', 'received']);
});

test('a message can be given back at once', async () => {
  const { sqs, QueueUrl, receive } = await twoMessages();
  const { Messages = [] } = await receive();
  for (const { ReceiptHandle } of Messages) {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  }
  expect((await receive()).Messages).toHaveLength(2);
});

test('so do objects of S3, which answers at the same address and takes more than fauxqs does by itself', async () => {
  const first = await startSqs(join(folder, 'first'));
  engines.push(first);
  const body = Buffer.alloc(12 * 1024 * 1024, 'campus');
  for (const path of ['/files', '/files/imports/1']) {
    const sent = path === '/files' ? {} : { body };
    expect((await fetch(first.endpoint + path, { method: 'PUT', ...sent })).status).toBe(200);
  }
  cpSync(join(folder, 'first'), join(folder, 'second'), { recursive: true });
  const second = await startSqs(join(folder, 'second'));
  engines.push(second);
  const found = await fetch(`${second.endpoint}/files/imports/1`);
  expect(Buffer.from(await found.arrayBuffer()).equals(body)).toBe(true);
  // What a page in a browser asks for is refused, as it is of the queues.
  const asPage = await fetch(`${second.endpoint}/files/imports/1`, { headers: { Origin: 'http://evil.example' } });
  expect(asPage.status).toBe(403);
});

test('it listens on the loopback interface only, under the URL it gives', async () => {
  const { QueueUrl } = await open('first');
  expect(QueueUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/000000000000\/marks$/);
});
