import { createHash } from 'node:crypto';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
  SQSServiceException,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Answer, answered, json, outcome, wired } from '../../tests/support/wired.ts';
import { sqs } from './queue.ts';

const PLACE = { region: 'eu-west-3', endpoint: 'https://sqs.eu-west-3.amazonaws.com' };

const theirs = (...answers: Answer[]) => wired((config) => new SQSClient({ ...PLACE, ...config }), answers);
const ours = (...answers: Answer[]) =>
  wired((config) => new SQSClient({ ...PLACE, ...config, protocol: sqs.config.protocol }), answers);

const QueueUrl = 'https://sqs.eu-west-3.amazonaws.com/1/q';
const BODY = 'é "B":"AAEC" \u2028';
const MD5OfMessageBody = createHash('md5').update(BODY).digest('hex');

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.restoreAllMocks();
});

test.each<[string, object, object]>([
  [
    'messages that are sent',
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: '1', MessageBody: BODY, DelaySeconds: undefined },
        {
          Id: '2',
          MessageBody: 'b',
          DelaySeconds: 900,
          MessageAttributes: { B: { DataType: 'String', StringValue: 'x' } },
        },
      ],
    }),
    {
      Successful: [{ Id: '1', MessageId: 'm', MD5OfMessageBody }],
      Failed: [{ Id: '2', SenderFault: true, Code: 'InvalidMessageContents', Message: null }],
    },
  ],
  [
    'messages that come',
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['SentTimestamp'] }),
    {
      Messages: [
        {
          ...{ MessageId: 'm', ReceiptHandle: 'r', Body: BODY, MD5OfBody: MD5OfMessageBody },
          Attributes: { SentTimestamp: '1' },
          MessageAttributes: { B: { DataType: 'String', StringValue: 'x' } },
        },
      ],
    },
  ],
  ['no messages', new ReceiveMessageCommand({ QueueUrl }), {}],
  [
    'messages that are taken away',
    new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', ReceiptHandle: 'r' }] }),
    { Successful: [{ Id: '1' }], Failed: [] },
  ],
  [
    'how many wait',
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    { Attributes: { ApproximateNumberOfMessages: '3' } },
  ],
])('%s are asked for and read as the SDK does', async (_, command, answer) => {
  const [us, them] = [ours(answered(answer)), theirs(answered(answer))];
  const outcomeOfOurs = await outcome(us, command);
  expect(outcomeOfOurs).toMatchObject({ given: { output: {} } });
  expect(outcomeOfOurs).toEqual(await outcome(them, command));
  const [own, sdk] = [us.sent[0], them.sent[0]];
  expect(own && json(own)).toEqual(sdk && json(sdk));
  for (const name of ['x-amz-target', 'content-type']) expect(own?.headers[name]).toBe(sdk?.headers[name]);
});

test('a message that SQS understood otherwise is not taken for sent', async () => {
  const answer = answered({ Successful: [{ Id: '1', MessageId: 'm', MD5OfMessageBody: 'another' }] });
  const command = new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', MessageBody: 'b' }] });
  await expect(ours(answer).client.send(command)).rejects.toThrow('Invalid MD5 checksum on messages: m');
});

test('bytes in an attribute go on as they came', async () => {
  const binary = { raw: { DataType: 'Binary', BinaryValue: 'AAEC' } };
  const messages = [{ MessageId: 'm', Body: BODY, MD5OfBody: MD5OfMessageBody, MessageAttributes: binary }];
  const received = ours(answered({ Messages: messages }));
  const { Messages: [message] = [] } = await received.client.send(new ReceiveMessageCommand({ QueueUrl }));
  const resent = ours(answered({ Successful: [] }));
  const Entries = [{ Id: '1', MessageBody: 'b', MessageAttributes: message?.MessageAttributes }];
  await resent.client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(resent.sent.map(json)).toEqual([
    { QueueUrl, Entries: [{ Id: '1', MessageBody: 'b', MessageAttributes: binary }] },
  ]);
});

test('what is not about messages is not spoken', async () => {
  await expect(ours(answered({})).client.send(new ListQueuesCommand({}))).rejects.toThrow(
    'ListQueues is not spoken here',
  );
});

describe('a refusal has the name that the SDK gives it, and is tried as often', () => {
  const of = (type: string, more: object = {}) => ({ __type: `com.amazonaws.sqs#${type}`, ...more });

  test.each<[string, Answer]>([
    ['a queue that is not there', answered(of('QueueDoesNotExist', { message: 'none' }), 400)],
    ['a message that is too long', answered(of('BatchRequestTooLong', { Message: 'long' }), 400)],
    ['too many', answered(of('RequestThrottled', { message: 'slow' }), 400)],
    ['no right', answered({ __type: 'com.amazon.coral.service#AccessDeniedException', Message: 'no' }, 403)],
    ['a failure of the service', answered(of('InternalFailure', { message: 'oh' }), 500)],
    ['nothing but a status', answered('', 400)],
    ['a body that is no JSON', answered('Service Unavailable', 503)],
  ])('%s', async (_, answer) => {
    const command = new ReceiveMessageCommand({ QueueUrl });
    const [us, them] = [ours(answer), theirs(answer)];
    const known = async (one: typeof us) => {
      // What SQS said in XML, once.
      const { given, tries } = await outcome(one, command, [SQSServiceException]);
      return { ...given, Error: undefined, RequestId: undefined, tries };
    };
    expect(await known(us)).toEqual(await known(them));
  });
});
