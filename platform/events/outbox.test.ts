import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { commandsOf } from '../../tests/support/faults.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { clock } from '../base/clock.ts';
import { type Key, key } from '../data/key.ts';
import { Table } from '../data/table.ts';
import type { Item } from '../data/write.ts';
import type { CloudEvent } from './cloud-event.ts';
import { commit } from './commit.ts';
import { Outbox } from './outbox.ts';
import { migrated, OUTBOX, type OutgoingEvent, recordOf } from './outgoing-event.ts';
import { Queue, sqs } from './queue.ts';

const table = new Table('NOTES_TABLE');
const outbox = new Outbox('/campus/notes', table, new Queue('NOTES_QUEUE_URL'));
const newEvent = () => outbox.event('campus.note.written', '1', { text: 'é' });
const idsOf = (events: readonly OutgoingEvent[]) => events.map(({ event }) => event.id);
const pending = () => table.queryAll({ partition: ['pk', key`OUTBOX`] });

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});

async function received(): Promise<CloudEvent[]> {
  const QueueUrl = process.env.NOTES_QUEUE_URL;
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
}

async function whileSqsIsDown(work: () => Promise<void>): Promise<void> {
  sqs.middlewareStack.add(() => () => Promise.reject(new Error('connect ECONNREFUSED')), {
    step: 'deserialize',
    name: 'down',
  });
  await work().finally(() => sqs.middlewareStack.remove('down'));
}

/** Lets a queue refuse some messages of a batch, as SQS does one by one. */
async function refusing(refused: readonly string[], work: () => Promise<unknown>): Promise<void> {
  sqs.middlewareStack.add(
    ((next: (args: unknown) => Promise<unknown>) => async (args: { input: { Entries: { Id: string }[] } }) => {
      const { Entries } = args.input;
      const accepted = Entries.filter(({ Id }) => !refused.includes(Id));
      const Failed = Entries.filter(({ Id }) => refused.includes(Id)).map(({ Id }) => ({ Id, Code: 'Refused' }));
      if (accepted.length > 0) await next({ ...args, input: { ...args.input, Entries: accepted } });
      return { output: { Successful: accepted.map(({ Id }) => ({ Id })), Failed }, response: {} };
    }) as never,
    { step: 'initialize', name: 'refusing' },
  );
  await work().finally(() => sqs.middlewareStack.remove('refusing'));
}

async function later(ms: number, work: () => Promise<void>): Promise<void> {
  const now = clock.now;
  clock.now = () => now() + ms;
  await work().finally(() => {
    clock.now = now;
  });
}

describe('an event in the outbox', () => {
  beforeEach(async () => {
    while ((await received()).length > 0);
  });

  test('is sent once, and then gone from the outbox', async () => {
    const event = newEvent();
    await table.write([recordOf(event)]);
    await outbox.send([event]);
    expect(await received()).toEqual([JSON.parse(JSON.stringify(event.event))]);
    expect(await pending()).toEqual([]);
  });

  test('goes out with any number of others', async () => {
    const events = Array.from({ length: 23 }, newEvent);
    await table.write(events.map((event) => recordOf(event)));
    await outbox.send(events);
    expect(await pending()).toEqual([]);
  });

  test('survives a crash before the send: the relay sends it', async () => {
    const events = Array.from({ length: 12 }, newEvent);
    for (const event of events) await table.write([recordOf(event)]);
    expect(await outbox.relay()).toBe(0);
    await later(11_000, async () => void expect(await outbox.relay()).toBe(12));
    const ids = [...(await received()), ...(await received())].map(({ id }) => id);
    expect(ids.sort()).toEqual(idsOf(events).sort());
    expect(await pending()).toEqual([]);
  });

  test('waits there while SQS is down, and the request does not fail for it', async () => {
    const event = newEvent();
    await table.write([recordOf(event)]);
    await whileSqsIsDown(() => outbox.send([event]));
    expect(await pending()).toHaveLength(1);
    await later(11_000, async () => void expect(await outbox.relay()).toBe(1));
    expect((await received()).map(({ id }) => id)).toEqual([event.event.id]);
  });

  test('arrives whole, even with characters that SQS refuses', async () => {
    const event = outbox.event('campus.note.written', '1', { text: '\ufffe\uffff\\uffff\n🎓' });
    await table.write([recordOf(event)]);
    await outbox.send([event]);
    expect((await received()).map(({ data }) => data)).toEqual([event.event.data]);
    expect(await pending()).toEqual([]);
  });

  test('that the queue refuses holds up none of those behind it', async () => {
    const events = Array.from({ length: 12 }, newEvent);
    for (const event of events) await table.write([recordOf(event)]);
    const refused = idsOf(events.slice(0, 10));
    await refusing(refused, () => later(11_000, async () => void expect(await outbox.relay()).toBe(2)));
    expect((await received()).map(({ id }) => id).sort()).toEqual(idsOf(events.slice(10)));
    await later(11_000, async () => void expect(await outbox.relay()).toBe(10));
  });

  test('that was delayed and waited for the relay has waited already', async () => {
    const event = outbox.event('campus.note.written', '1', { text: 'é' }, { delaySeconds: 60 });
    await table.write([recordOf(event)]);
    await later(61_000, async () => void expect(await outbox.relay()).toBe(1));
    expect((await received()).map(({ id }) => id)).toEqual([event.event.id]);
  });
});

describe('an outbox over shards', () => {
  const setShards = (SHARDS: string, SHARDS_READ = '') => Object.assign(process.env, { SHARDS, SHARDS_READ });
  afterEach(() => void setShards('1'));

  /** Leaves some events behind, as a crash does. */
  async function leave(count: number): Promise<string[]> {
    const events = Array.from({ length: count }, newEvent);
    for (const event of events) await table.write([recordOf(event)]);
    return idsOf(events);
  }

  const waiting = () => table.queryAll<Item & Key>({ partition: ['pk', OUTBOX] });

  async function everything(): Promise<string[]> {
    const ids: string[] = [];
    for (let some = await received(); some.length > 0; some = await received()) ids.push(...some.map(({ id }) => id));
    return ids;
  }

  test('is relayed whole, the oldest first, over however many each event was left', async () => {
    setShards('1', '4');
    const before = await leave(13);
    setShards('4', '4');
    const ids = [...before, ...(await leave(21))];
    expect((await waiting()).map(({ sk }) => sk)).toEqual(ids);
    expect(new Set((await waiting()).map(({ pk }) => pk)).size).toBe(4);
    await later(11_000, async () => void expect(await outbox.relay()).toBe(34));
    expect((await everything()).sort()).toEqual(ids.toSorted());
    expect(await waiting()).toEqual([]);
  });

  test('sends what it records at once, and takes it out of its shard', async () => {
    setShards('4');
    const events = Array.from({ length: 9 }, newEvent);
    await commit(table, () => ({ events }));
    expect((await everything()).sort()).toEqual(idsOf(events).sort());
    expect(await waiting()).toEqual([]);
  });

  test('is gathered under one key, with nothing lost, before only that one is read', async () => {
    setShards('4');
    const ids = await leave(12);
    setShards('1', '4');
    for (const item of await waiting()) await commit(table, () => ({ writes: migrated(item) }));
    setShards('1');
    expect(await waiting()).toEqual(ids.map((sk) => expect.objectContaining({ pk: 'OUTBOX', sk })));
    await later(11_000, async () => void expect(await outbox.relay()).toBe(12));
    expect((await everything()).sort()).toEqual(ids.toSorted());
  });
});

test('a change that has nothing to tell asks nothing of the queue', async () => {
  expect(await commandsOf(sqs, () => outbox.send([]))).toEqual([]);
});
