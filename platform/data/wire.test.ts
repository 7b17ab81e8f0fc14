import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  DynamoDBServiceException,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { fc } from '../../tests/support/draws.ts';
import { type Answer, answered, json, outcome, type Sent, wired } from '../../tests/support/wired.ts';
import { dynamo } from './client.ts';

const theirs = (...answers: Answer[]) => wired((config) => new DynamoDBClient(config), answers);
const ours = (...answers: Answer[]) =>
  wired((config) => new DynamoDBClient({ ...config, protocol: dynamo.config.protocol }), answers);

/** The classes that an error may be held against. */
const ASKED_FOR = [ConditionalCheckFailedException, TransactionCanceledException, DynamoDBServiceException];

const bytes = fc.uint8Array({ maxLength: 12 });
const number = fc.oneof(fc.integer().map(String), fc.constant('12345678901234567890.123'), fc.constant('1E-30'));
const name = fc.oneof(fc.string(), fc.constantFrom('B', 'BS', 'S', 'M', 'null', 'constructor', 'é\u2028"'));
const { value } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.record({ S: fc.string({ unit: 'grapheme' }) }),
    fc.record({ S: fc.constantFrom('"B":"', ':null', '{"BS":[', '') }),
    fc.record({ N: number }),
    fc.record({ B: bytes }),
    fc.record({ BOOL: fc.boolean() }),
    fc.record({ NULL: fc.constant(true) }),
    fc.record({ SS: fc.array(fc.string(), { minLength: 1 }) }),
    fc.record({ NS: fc.array(number, { minLength: 1 }) }),
    fc.record({ BS: fc.array(bytes, { minLength: 1 }) }),
    fc.record({ L: fc.array(tie('value')) }),
    fc.record({ M: fc.dictionary(name, tie('value')) }),
  ) as fc.Arbitrary<AttributeValue>,
}));
const item = fc.dictionary(name, value, { minKeys: 1, maxKeys: 5 });

const DONE = answered({});

test('what is sent is what the SDK sends', async () => {
  await fc.assert(
    fc.asyncProperty(item, item, async (Item, values) => {
      const command = () =>
        new PutItemCommand({ TableName: 'marks', Item, ExpressionAttributeValues: values, ConditionExpression: 'x' });
      const [us, them] = [ours(DONE), theirs(DONE)];
      await Promise.all([us.client.send(command()), them.client.send(command())]);
      const [[a], [b]] = [us.sent as [Sent], them.sent as [Sent]];
      expect(json(a)).toEqual(json(b));
      expect(a.headers['content-length']).toBe(String(Buffer.byteLength(a.body)));
      for (const header of ['content-type', 'x-amz-target']) expect(a.headers[header]).toBe(b.headers[header]);
    }),
  );
});

test('what is answered is read as the SDK reads it', async () => {
  const put = theirs(DONE);
  await fc.assert(
    fc.asyncProperty(fc.array(item), item, async (Items, key) => {
      const wireOf = async (Item: Record<string, AttributeValue>) => {
        await put.client.send(new PutItemCommand({ TableName: 'marks', Item }));
        return (json(put.sent.at(-1) as Sent) as { Item: object }).Item;
      };
      const items = await Promise.all(Items.map(async (one) => wireOf(one)));
      const page = answered({ Count: items.length, Items: items, LastEvaluatedKey: await wireOf(key) });
      const batch = answered({
        Responses: { marks: items },
        UnprocessedKeys: { marks: { Keys: [await wireOf(key)] } },
      });
      const query = new QueryCommand({ TableName: 'marks' });
      const get = new BatchGetItemCommand({ RequestItems: {} });
      expect(await outcome(ours(page), query)).toEqual(await outcome(theirs(page), query));
      expect(await outcome(ours(batch), get)).toEqual(await outcome(theirs(batch), get));
    }),
    { numRuns: 40 },
  );
});

test('a transaction has a token, the same at each try and another for each transaction', async () => {
  const { client, sent } = ours(answered('', 503), DONE);
  jest.spyOn(Math, 'random').mockReturnValue(0);
  const write = { TransactItems: [{ Delete: { TableName: 'marks', Key: { pk: { S: 'a' } } } }] };
  await client.send(new TransactWriteItemsCommand(write));
  await client.send(new TransactWriteItemsCommand(write));
  await client.send(new TransactWriteItemsCommand({ ...write, ClientRequestToken: 'mine' }));
  const tokens = sent.map((one) => (json(one) as { ClientRequestToken: string }).ClientRequestToken);
  expect(tokens).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), tokens[0], expect.any(String), 'mine']);
  expect(tokens[2]).not.toBe(tokens[0]);
  jest.restoreAllMocks();
});

test('what is not about items is not spoken', async () => {
  await expect(ours(DONE).client.send(new ListTablesCommand({}))).rejects.toThrow('ListTables is not spoken here');
});

describe('a refusal is the exception that the SDK makes of it, tried as often', () => {
  beforeEach(() => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const of = (type: string, more: object = {}) => ({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...more });
  const binary = { pk: { S: 'a' }, raw: { B: 'AAEC' }, all: { M: { BS: { BS: ['AA==', ''] } } } };
  const reasons = [
    { Code: 'None', Item: null },
    { Code: 'ConditionalCheckFailed', Message: 'failed', Item: binary },
  ];

  test.each<[string, Answer]>([
    ['a condition that failed', answered(of('ConditionalCheckFailedException', { message: 'no', Item: binary }), 400)],
    [
      'a transaction that was cancelled',
      answered(of('TransactionCanceledException', { Message: 'cancelled', CancellationReasons: reasons }), 400),
    ],
    ['a conflict', answered(of('TransactionConflictException', { message: 'conflict' }), 400)],
    ['one in progress', answered(of('TransactionInProgressException', { Message: 'wait' }), 400)],
    ['a conflict between replicas', answered(of('ReplicatedWriteConflictException', { message: 'again' }), 400)],
    [
      'too many',
      answered(
        of('ProvisionedThroughputExceededException', { message: 'slow', ThrottlingReasons: [{ reason: 'x' }] }),
        400,
      ),
    ],
    ['throttling', answered(of('ThrottlingException', { message: 'slow' }), 400)],
    ['a failure of the service', answered(of('InternalServerError', { message: 'oh' }), 500)],
    ['a table that is not there', answered(of('ResourceNotFoundException', { message: 'none' }), 400)],
    ['one that the SDK does not know', answered(of('ValidationException', { message: 'bad', more: { a: 1 } }), 400)],
    ['one without a message', answered({ __type: 'com.amazon.coral.service#AccessDeniedException' }, 400)],
    ['a code with more behind it', answered({ code: 'ValidationException:http://x', Message: 'bad' }, 400)],
    ['a code in a header', answered({ message: 'bad' }, 400, { 'x-amzn-errortype': 'LimitExceededException:' })],
    ['nothing but a status', answered('', 400)],
    ['a body that is no JSON, too large', answered('<html>413</html>', 413)],
    ['a body that is no JSON, no service', answered('Service Unavailable', 503)],
    ['an answer that is no JSON', answered('{"Items":[', 200)],
    [
      'a clock that is wrong',
      answered(of('InvalidSignatureException', { message: 'Signature expired: x' }), 400, {
        date: 'Thu, 01 Jan 2032 00:00:00 GMT',
      }),
    ],
  ])('%s', async (_, answer) => {
    const command = new QueryCommand({ TableName: 'marks' });
    const [us, them] = [ours(answer), theirs(answer)];
    expect(await outcome(us, command, ASKED_FOR)).toEqual(await outcome(them, command, ASKED_FOR));
    const error = (await ours(answer)
      .client.send(command)
      .catch((caught: unknown) => caught)) as { $response: object };
    expect(error.$response).toMatchObject({ statusCode: answer.statusCode });
  });
});
