import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { commandsDuring } from '../../tests/support/requests.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { clock } from '../base/clock.ts';
import { keyPart } from '../base/key-part.ts';
import { Problem } from '../base/problem.ts';
import { dynamo } from './client.ts';
import { isOverload } from './conflicts.ts';
import { type Key, key } from './key.ts';
import { Table } from './table.ts';
import { absent, check, present, put, remove, update, versionIs } from './write.ts';

const table = new Table('NOTES_TABLE');
const keyOf = (pk: string): Key => ({ pk: key`${keyPart(pk)}`, sk: key`X` });
const refused = (name: string) => () => new Error(name);

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});

/** Answers the next calls of one SDK command itself, as a faulty DynamoDB would. */
function fault(command: string, act: (send: () => Promise<unknown>, call: number) => Promise<unknown>): () => void {
  let calls = 0;
  dynamo.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== command) return next(args);
      calls += 1;
      return (await act(() => next(args), calls)) as Awaited<ReturnType<typeof next>>;
    },
    { step: 'deserialize', name: `fault of ${command}`, priority: 'low' },
  );
  return () => void dynamo.middlewareStack.remove(`fault of ${command}`);
}

const named = (name: string) => Object.assign(new Error(name), { name, $fault: 'server' });

describe('several writes', () => {
  test('happen all or not at all, and the refused one says why, given what stands there', async () => {
    await table.write([put({ ...keyOf('taken'), owner: 'her' })]);
    const attempt = table.write([
      put(keyOf('free'), absent(refused('free is taken'))),
      put(
        keyOf('taken'),
        absent((current) => new Error(`taken by ${current?.owner}`)),
      ),
    ]);
    await expect(attempt).rejects.toThrow('taken by her');
    expect(await table.get(keyOf('free'))).toBeUndefined();
  });

  test('set, remove and add attributes of one item', async () => {
    await table.write([put({ ...keyOf('change'), name: 'a', old: true, version: 1 })]);
    const change = { set: { name: 'b', old: undefined }, add: { version: 1 } };
    await table.write([update(keyOf('change'), change, versionIs(1, refused('stale')))]);
    expect(await table.get(keyOf('change'))).toEqual({ ...keyOf('change'), name: 'b', version: 2 });
    await expect(table.write([update(keyOf('change'), change, versionIs(1, refused('stale')))])).rejects.toThrow(
      'stale',
    );
  });

  test('a removal holds like any other write', async () => {
    await table.write([put(keyOf('gone'))]);
    await table.write([remove(keyOf('gone'), present(refused('missing')))]);
    await expect(table.write([remove(keyOf('gone'), present(refused('missing')))])).rejects.toThrow('missing');
  });

  test('refuses an expression that grows with data, which only DynamoDB itself would refuse', async () => {
    await table.write([put({ ...keyOf('map'), entries: {} })]);
    const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [crypto.randomUUID(), i]));
    const write = (n: number) => table.write([update(keyOf('map'), { entries: { entries: many(n) } })]);
    await write(100);
    await expect(write(400)).rejects.toThrow('grew with data');
  });

  test('twenty at once on one item all arrive', async () => {
    await table.write([put({ ...keyOf('busy'), total: 0 })]);
    const add = () => table.write([update(keyOf('busy'), { add: { total: 1 } }, present(refused('missing')))]);
    await Promise.all(Array.from({ length: 20 }, add));
    expect(await table.get(keyOf('busy'))).toMatchObject({ total: 20 });
  });
});

describe('when DynamoDB fails', () => {
  test('a transaction that conflicts is tried again', async () => {
    let seen = 0;
    const restore = fault('TransactWriteItemsCommand', async (send, call) => {
      seen = call;
      if (call < 4) throw named('TransactionConflictException');
      return send();
    });
    await table.write([put(keyOf('conflict'), absent(refused('taken')))]).finally(restore);
    expect(seen).toBe(4);
    expect(await table.get(keyOf('conflict'))).toBeDefined();
  });

  test('a single write that meets a transaction is tried again', async () => {
    const restore = fault('PutItemCommand', async (send, call) => {
      if (call < 4) throw named('TransactionConflictException');
      return send();
    });
    await table.write([put(keyOf('single'))]).finally(restore);
    expect(await table.get(keyOf('single'))).toBeDefined();
  });

  test('what is added is added once, though the answer was lost', async () => {
    await table.write([put({ ...keyOf('sum'), total: 0 })]);
    const losing = async (send: () => Promise<unknown>, call: number) => {
      const answer = await send();
      if (call === 1) throw named('TimeoutError');
      return answer;
    };
    const restore = ['UpdateItemCommand', 'TransactWriteItemsCommand'].map((command) => fault(command, losing));
    await table.write([update(keyOf('sum'), { add: { total: 1 } })]).finally(() => {
      for (const undo of restore) undo();
    });
    expect(await table.get(keyOf('sum'))).toMatchObject({ total: 1 });
  });

  test('one that is throttled is `busy`, with a time to come back, and wrote nothing', async () => {
    const restore = fault('TransactWriteItemsCommand', () => Promise.reject(named('ThrottlingException')));
    const error = await table
      .write([put(keyOf('throttled'), absent(refused('taken')))])
      .catch((caught: unknown) => caught)
      .finally(restore);
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ code: 'busy', kind: { status: 503 }, retryAfter: 1 });
    expect(await table.get(keyOf('throttled'))).toBeUndefined();
  });

  test('with a check changes nothing where it does not hold, and the checked item never', async () => {
    const holds = () => check(keyOf('checked'), present(refused('gone')));
    await expect(table.write([put(keyOf('beside')), holds()])).rejects.toMatchObject({ message: 'gone' });
    expect(await table.get(keyOf('beside'))).toBeUndefined();
    await table.write([put({ ...keyOf('checked'), n: 1 })]);
    await table.write([put(keyOf('beside')), holds()]);
    await table.write([holds()]);
    expect(await table.get(keyOf('beside'))).toBeDefined();
    expect(await table.get(keyOf('checked'))).toEqual({ ...keyOf('checked'), n: 1 });
  });

  test('an answer that was lost after the write went through is not a refusal', async () => {
    const restore = fault('TransactWriteItemsCommand', async (send, call) => {
      const answer = await send();
      if (call === 1) throw named('TimeoutError');
      return answer;
    });
    await table.write([put(keyOf('lost'), absent(refused('taken')))]).finally(restore);
    expect(await table.get(keyOf('lost'))).toBeDefined();
  });
});

describe('reading', () => {
  test('an expired item is gone, though DynamoDB has not deleted it', async () => {
    await table.write([put({ ...keyOf('mortal'), ttl: Math.floor(clock.now() / 1000) - 1 })]);
    expect(await table.get(keyOf('mortal'))).toBeUndefined();
    expect(await table.queryAll({ partition: ['pk', key`mortal`] })).toEqual([]);
  });

  test('a sequence never gives a number twice', async () => {
    const numbers = await Promise.all(Array.from({ length: 30 }, () => table.next('test')));
    expect(new Set(numbers).size).toBe(30);
    expect(Math.min(...numbers)).toBe(1);
  });

  test('walks a partition in both directions', async () => {
    for (const sk of ['a', 'b', 'c']) await table.write([put({ pk: key`walk`, sk: key`${keyPart(sk)}` })]);
    const page = await table.query<{ sk: string }>({ partition: ['pk', key`walk`], newestFirst: true, limit: 2 });
    expect(page.items.map(({ sk }) => sk)).toEqual(['c', 'b']);
    const rest = await table.query<{ sk: string }>({
      partition: ['pk', key`walk`],
      newestFirst: true,
      limit: 2,
      after: page.next,
    });
    expect(rest.items.map(({ sk }) => sk)).toEqual(['a']);
  });
});

describe('removing many', () => {
  const keys = Array.from({ length: 60 }, (_, i) => ({ pk: key`many`, sk: key`${i}` }));

  test('takes 25 a call, and does not mind what is gone already', async () => {
    for (const one of keys.slice(0, 50)) await table.write([put(one)]);
    const commands = await commandsDuring(dynamo, () => table.removeAll(keys));
    expect(commands).toEqual(Array(3).fill('BatchWriteItemCommand'));
    expect(await table.queryAll({ partition: ['pk', key`many`] })).toEqual([]);
  });

  /** A DynamoDB that does a batch only the `n`th time. */
  function lazyUntil(n: number): () => number {
    let calls = 0;
    dynamo.middlewareStack.add(
      (next) => async (args) => {
        calls += 1;
        const result = await next(args);
        const { RequestItems } = args.input as unknown as { RequestItems: unknown };
        return calls < n ? { ...result, output: { ...result.output, UnprocessedItems: RequestItems } } : result;
      },
      { step: 'serialize', name: 'lazy', priority: 'high' },
    );
    return () => calls;
  }

  test('asks again for what DynamoDB did not get to, and says busy when it never does', async () => {
    const once = () => table.removeAll(keys.slice(0, 2)).finally(() => dynamo.middlewareStack.remove('lazy'));
    const calls = lazyUntil(3);
    await once();
    expect(calls()).toBe(3);
    lazyUntil(Number.POSITIVE_INFINITY);
    await expect(once()).rejects.toMatchObject({ code: 'busy' });
  });
});

test('a DynamoDB that takes a call and never answers is given up in time', async () => {
  const server = createServer(() => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  dynamo.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { hostname: '127.0.0.1', port });
      return next(args);
    },
    { step: 'finalizeRequest', name: 'hang', priority: 'low' },
  );
  try {
    const error = await table.get(keyOf('hung')).catch((caught: unknown) => caught);
    expect(isOverload(error)).toBe(true);
  } finally {
    dynamo.middlewareStack.remove('hang');
    server.closeAllConnections();
    server.close();
  }
});
