import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { commandsOf, failing, intervening, sdkError } from '../../tests/support/faults.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { clock } from '../base/clock.ts';
import { keyPart } from '../base/key-part.ts';
import { dynamo } from './client.ts';
import { type Key, key } from './key.ts';
import type { Sort } from './query.ts';
import { readItem } from './read-item.ts';
import { Table } from './table.ts';
import { absent, put, remove, update, versionIs, type Write } from './write.ts';

const table = new Table('NOTES_TABLE');
const at = (pk: string, sk: string): Key => ({ pk: key`${keyPart(pk)}`, sk: key`${keyPart(sk)}` });

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const names = (items: readonly { sk: string }[]) => items.map(({ sk }) => sk);

describe('a query', () => {
  const partition = ['pk', key`query`] as const;

  beforeAll(async () => {
    const notes = [
      ['a1', 'red', 'big'],
      ['a2', 'red', 'small'],
      ['b1', 'blue', 'big'],
      ['b2', 'red', 'big'],
    ] as const;
    await table.write(notes.map(([sk, colour, size]) => put({ ...at('query', sk), colour, size })));
  });

  test.each([
    [
      ['begins_with', 'a'],
      ['a1', 'a2'],
    ],
    [
      ['<', 'b1'],
      ['a1', 'a2'],
    ],
    [
      ['>=', 'b1'],
      ['b1', 'b2'],
    ],
    [
      ['between', 'a2', 'b1'],
      ['a2', 'b1'],
    ],
  ] as const)('of what %j finds %j', async ([operator, ...values], found) => {
    const sort = ['sk', operator, ...values.map((value) => key`${keyPart(value)}`)] as unknown as Sort;
    expect(names((await table.query<Key>({ partition, sort, limit: 9 })).items)).toEqual(found);
  });

  test('finds what is all that it has to be', async () => {
    const { items } = await table.query<Key>({ partition, matching: { colour: 'red', size: 'big' }, limit: 9 });
    expect(names(items)).toEqual(['a1', 'b2']);
  });

  test('of everything reads page after page, oldest first unless it says otherwise', async () => {
    expect(names(await table.queryAll<Key>({ partition }))).toEqual(['a1', 'a2', 'b1', 'b2']);
    expect(names((await table.query<Key>({ partition, newestFirst: true, limit: 2 })).items)).toEqual(['b2', 'b1']);
    const big = 'x'.repeat(390_000);
    for (const sk of ['1', '2', '3']) await table.write([put({ ...at('big', sk), big })]);
    expect(names(await table.queryAll<Key>({ partition: ['pk', key`big`] }))).toEqual(['1', '2', '3']);
  });

  test('in pages goes on where the last one stopped', async () => {
    const first = await table.page<Key>({ partition, limit: 3 });
    expect([names(first.items), first.next]).toEqual([['a1', 'a2', 'b1'], at('query', 'b1')]);
    const second = await table.page<Key>({ partition, limit: 3, after: first.next });
    expect([names(second.items), second.next]).toEqual([['b2'], undefined]);
  });
});

describe('many items by their keys', () => {
  test('are read a hundred a call, those that are there and not over', async () => {
    await table.write([put(at('many', '0')), put({ ...at('many', '199'), ttl: 1 }), put(at('many', '200'))]);
    const keys = Array.from({ length: 201 }, (_, i) => at('many', String(i)));
    let found: Key[] = [];
    const commands = await commandsOf(dynamo, async () => {
      found = await table.getMany<Key>(keys);
    });
    expect(commands).toEqual(Array(3).fill('BatchGetItem'));
    expect(names(found).sort()).toEqual(['0', '200']);
    expect(await commandsOf(dynamo, () => table.getMany([]))).toEqual([]);
  });

  test('are read by their keys alone, whatever else is known of them', async () => {
    await table.write([put(at('more', '1'))]);
    expect(await table.getMany([{ ...at('more', '1'), word: 'x' } as Key])).toHaveLength(1);
  });

  test('that fail to be read or removed fail as they do', async () => {
    const denied = failing(() => sdkError('AccessDeniedException'), 'BatchGetItem', 'BatchWriteItem');
    for (const work of [(): Promise<unknown> => table.getMany([at('a', 'b')]), () => table.removeAll([at('a', 'b')])])
      await expect(intervening(dynamo, denied, work)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

test('an item lives to the end of the second before its time, and is over with it', async () => {
  await table.write([put({ ...at('mortal', '1'), ttl: 1_000 })]);
  const now = jest.spyOn(clock, 'now').mockReturnValue(999_999);
  expect(await table.get(at('mortal', '1'))).toBeDefined();
  now.mockReturnValue(1_000_000);
  expect(await table.get(at('mortal', '1'))).toBeUndefined();
});

describe('one write', () => {
  const sent = (writes: readonly Write[]) => commandsOf(dynamo, () => table.write(writes));

  test('without a condition is made by itself, at half the price of a transaction', async () => {
    expect(await sent([put(at('one', '1'))])).toEqual(['PutItem']);
    expect(await sent([update(at('one', '1'), { set: { a: 1 } })])).toEqual(['UpdateItem']);
    expect(await sent([remove(at('one', '1'))])).toEqual(['DeleteItem']);
    expect(await table.get(at('one', '1'))).toBeUndefined();
  });

  test('that may not happen twice is a transaction, as several are', async () => {
    const no = () => new Error('no');
    expect(await sent([put(at('one', '2'), absent(no))])).toEqual(['TransactWriteItems']);
    expect(await sent([update(at('one', '2'), { add: { n: 1 } })])).toEqual(['TransactWriteItems']);
    expect(await sent([put(at('one', '3')), put(at('one', '4'))])).toEqual(['TransactWriteItems']);
    await expect(table.write([put(at('one', '2'), absent(no))])).rejects.toThrow('no');
  });

  test('that is answered with the item as it then stands, or with what its condition says', async () => {
    const kept = at('one', 'answered');
    expect(await table.updated(update(kept, { set: { a: 1 }, add: { version: 1 } }))).toEqual({
      ...kept,
      a: 1,
      version: 1,
    });
    const stale = versionIs(7, (current) => new Error(`is ${current?.version}`));
    await expect(table.updated(update(kept, { set: { a: 2 } }, stale))).rejects.toThrow('is 1');
    const gone = versionIs(7, (current) => new Error(`is ${current}`));
    await expect(table.updated(update(at('one', 'nowhere'), { set: { a: 2 } }, gone))).rejects.toThrow('is undefined');
    const denied = failing(() => sdkError('AccessDeniedException'), 'UpdateItem');
    await expect(intervening(dynamo, denied, () => table.updated(update(kept, {})))).rejects.toThrow('AccessDenied');
  });
});

test('one item is read without the SDK, of it what is asked for and nothing else', async () => {
  const kept = at('read', '1');
  await table.write([put({ ...kept, role: 'admin', secret: 'x', ended: { 'a.b': 1, c: 2 } })]);
  const environment = { ...process.env };
  expect(await readItem(table.name, kept, [['role'], ['ended', 'a.b']])).toEqual({
    role: 'admin',
    ended: { 'a.b': 1 },
  });
  expect(await readItem(table.name, at('read', '2'), [['role']])).toBeUndefined();
  expect(process.env).toEqual(environment);
});
