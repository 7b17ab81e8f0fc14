import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  paginateScan,
  RestoreTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { projectRoot } from '../project/root.ts';
import { restore } from './restoring.ts';
import { setBack } from './setting-back.ts';

const dynamo = new DynamoDBClient({});

type Item = Record<string, AttributeValue>;
type Command = Parameters<DynamoDBClient['send']>[0];

const TO = new Date('2026-11-26T08:30:00.000Z');

let stage: string;
let table: string;
let beside: string;

beforeEach(async () => {
  stage = randomUUID().slice(0, 8);
  table = `campus-${stage}-notes`;
  beside = `${table}-20261126083000000`;
  await create(table);
});

async function create(TableName: string): Promise<void> {
  const [pk, sk] = ['pk', 'sk'];
  await dynamo.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [pk, sk].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: pk, KeyType: 'HASH' },
        { AttributeName: sk, KeyType: 'RANGE' },
      ],
    }),
  );
}

async function fill(TableName: string, items: readonly Item[]): Promise<void> {
  for (let i = 0; i < items.length; i += 25) {
    const requests = items.slice(i, i + 25).map((Item) => ({ PutRequest: { Item } }));
    await dynamo.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  }
}

/** All that is in a table, in an order of its own. */
async function everything(TableName: string): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of paginateScan({ client: dynamo }, { TableName })) items.push(...(page.Items ?? []));
  return items.sort((a, b) => `${a.pk?.S} ${a.sk?.S}`.localeCompare(`${b.pk?.S} ${b.sk?.S}`));
}

const item = (n: number, text = 'as it was'): Item => ({
  pk: { S: `NOTE#${n % 7}` },
  sk: { S: String(n) },
  text: { S: text },
  exact: { N: '12345678901234567890.000000001' },
  tags: { SS: ['a', 'b'] },
  bytes: { B: new Uint8Array([0, 255]) },
  deep: { M: { list: { L: [{ NULL: true }, { BOOL: false }] } } },
});

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** More than one page, of what is the same, was changed, went and came: 90, 60, 60 and 55. */
const FORMER = range(0, 210).map((n) => item(n));
const SINCE = [
  ...range(0, 90).map((n) => item(n)),
  ...range(90, 150).map((n) => item(n, 'changed')),
  ...range(1000, 1055).map((n) => item(n, 'new')),
];
const DIFFERENCE = { otherwise: 120, since: 55 };

/** The database, but for one command. */
function but(name: string, answer: (command: Command, go: () => Promise<unknown>) => Promise<unknown>): DynamoDBClient {
  const send = (command: Command, ...others: []) => {
    const go = () => dynamo.send(command, ...others);
    return command.constructor.name === name ? answer(command, go) : go();
  };
  return new Proxy(dynamo, { get: (target, property) => (property === 'send' ? send : Reflect.get(target, property)) });
}

/** What AWS does where the engine cannot: it makes the table that was asked for, as `table` was. */
const restoring = (asked: unknown[] = []): DynamoDBClient =>
  but(RestoreTableToPointInTimeCommand.name, async ({ input }) => {
    asked.push(input);
    await create(beside);
    await fill(beside, FORMER);
    return {};
  });

describe('a table that is set back', () => {
  beforeEach(async () => {
    await create(beside);
    await fill(table, SINCE);
    await fill(beside, FORMER);
  });

  test('is what it was, whatever the types of its attributes, and a second time there is nothing to do', async () => {
    expect(await setBack(dynamo, table, { as: beside, apply: true })).toEqual(DIFFERENCE);
    expect(await everything(table)).toEqual(await everything(beside));
    expect(await setBack(dynamo, table, { as: beside, apply: true })).toEqual({ otherwise: 0, since: 0 });
  });

  test('is only counted where nothing is to be written', async () => {
    const before = await everything(table);
    expect(await setBack(dynamo, table, { as: beside, apply: false })).toEqual(DIFFERENCE);
    expect(await everything(table)).toEqual(before);
  });

  test('is whole even where DynamoDB takes half of what it is given', async () => {
    const halving = but(BatchWriteItemCommand.name, async (command, go) => {
      const input = command.input as { RequestItems: Record<string, unknown[]> };
      const [[name = '', requests = []] = []] = Object.entries(input.RequestItems);
      const left = requests.splice(Math.ceil(requests.length / 2));
      await go();
      return { UnprocessedItems: left.length > 0 ? { [name]: left } : {} };
    });
    expect(await setBack(halving, table, { as: beside, apply: true })).toEqual(DIFFERENCE);
    expect(await everything(table)).toEqual(FORMER.toSorted(byKey));
  });
});

const byKey = (a: Item, b: Item): number => `${a.pk?.S} ${a.sk?.S}`.localeCompare(`${b.pk?.S} ${b.sk?.S}`);

describe('a restoration', () => {
  const wanted = (apply: boolean) => ({ stage, contexts: ['notes'], to: TO, apply });

  test('is looked at first, then meant: the table beside is made once, and goes when it has served', async () => {
    await fill(table, SINCE);
    const asked: unknown[] = [];
    const client = restoring(asked);
    expect(await restore(client, wanted(false))).toEqual([{ table, ...DIFFERENCE }]);
    expect(await restore(client, wanted(true))).toEqual([{ table, ...DIFFERENCE }]);
    expect(asked).toEqual([{ SourceTableName: table, TargetTableName: beside, RestoreDateTime: TO }]);
    expect(await everything(table)).toEqual(FORMER.toSorted(byKey));
    const { TableNames = [] } = await dynamo.send(
      new ListTablesCommand({ ExclusiveStartTableName: `campus-${stage}` }),
    );
    expect(TableNames.filter((name) => name.startsWith(table))).toEqual([table]);
  });

  test('to a time that DynamoDB cannot go back to changes nothing, and says why', async () => {
    await fill(table, SINCE);
    const refusing = but(RestoreTableToPointInTimeCommand.name, () => Promise.reject(new Error('too long ago')));
    await expect(restore(refusing, wanted(true))).rejects.toThrow('too long ago');
    expect(await everything(table)).toEqual(SINCE.toSorted(byKey));
  });
});

test.each([
  [['--to', 'yesterday'], '--to takes a time that is over'],
  [['--to', '2026-11-26T08:30:00'], '--to takes a time that is over, with its zone'],
  [['--to', '2999-01-01T00:00:00Z'], '--to takes a time that is over'],
  [[], '--to is missing'],
  [['--to', '2026-11-26T08:30:00Z', 'portal'], 'no context portal has a table: auth, grades, health'],
])('npm run restore -- %j is refused before anything is asked', async (args, message) => {
  const run = promisify(execFile)(process.execPath, ['tools/restore.ts', ...args], { cwd: projectRoot });
  await expect(run).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});
