import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { everything } from '../../tests/support/shop-books.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { keyPart } from '../base/key-part.ts';
import { documents } from './client.ts';
import { everyItem } from './dump.ts';
import { allOf } from './format.ts';
import { key } from './key.ts';
import { Table } from './table.ts';
import { countTry } from './tally.ts';
import { absent, lostUpdate, present, put, update, vacant, versionIs } from './write.ts';

const table = new Table('NOTES_TABLE', { format: 3, knows: 4 });
let name = 0;
let at = { pk: key`F#0`, sk: key`F` };

const no = () => new Error('no');
const stored = async () => (await everything(table.name)).find(({ pk }) => pk === at.pk);
const storing = (item: object) => documents.send(new PutCommand({ TableName: table.name, Item: { ...at, ...item } }));

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});
beforeEach(() => {
  name += 1;
  at = { pk: key`F#${name}`, sk: key`F` };
});

describe('an item says in which format it was written', () => {
  test.each([
    ['put alone', () => table.write([put({ ...at, n: 1 })])],
    ['put on a condition', () => table.write([put({ ...at, n: 1 }, absent(no))])],
    ['put with others', () => table.write([put({ ...at, n: 1 }), put({ pk: key`OTHER`, sk: key`F` })])],
    ['made by an update', () => table.write([update(at, { set: { n: 1 } })])],
    ['made by an update on a condition', () => table.write([update(at, { set: { n: 1 } }, vacant(no))])],
    ['made by an update by itself', () => table.updated(update(at, { add: { n: 1 } }))],
  ])('%s', async (_, write) => {
    await write();
    expect(await stored()).toEqual({ ...at, n: 1, fmt: 3 });
  });

  test('numbers of a sequence and tries that are counted, too', async () => {
    await table.next('things');
    await countTry(table, keyPart('somebody'), { most: 2, seconds: 60 });
    await countTry(table, keyPart('somebody'), { most: 2, seconds: 60 });
    const machinery = (await everything(table.name)).filter(({ pk }) => /^(?:SEQUENCE|TALLY)#/.test(pk));
    expect(machinery.map(({ fmt }) => fmt)).toEqual([3, 3]);
  });
});

describe('an older item that is changed in part', () => {
  test.each([
    [undefined, 'a condition on its version', versionIs(1, lostUpdate)],
    [undefined, 'being there', present(lostUpdate)],
    [2, 'nothing', undefined],
    [2, 'its version', versionIs(1, lostUpdate)],
  ])('of format %s stays in it, where the change asks for %s', async (fmt, _, condition) => {
    await storing({ version: 1, ...(fmt && { fmt }) });
    await table.write([update(at, { set: { n: 1 } }, condition)]);
    expect(await stored()).toEqual({ ...at, version: 1, n: 1, ...(fmt && { fmt }) });
  });

  test('and one that is written whole is in today’s', async () => {
    await storing({ fmt: 2 });
    await table.write([put({ ...at, n: 1 })]);
    expect(await stored()).toEqual({ ...at, n: 1, fmt: 3 });
  });
});

test('nobody sees the format of what is read, whichever way', async () => {
  await storing({ fmt: 3, n: 1 });
  const item = { ...at, n: 1 };
  expect([await table.get(at), await table.glance(at)]).toEqual([item, item]);
  expect(await table.getMany([at])).toEqual([item]);
  const partition = ['pk', at.pk] as const;
  expect((await table.query({ partition, limit: 5 })).items).toEqual([item]);
  expect((await table.page({ partition, limit: 5, after: undefined })).items).toEqual([item]);
  expect(await table.queryAll({ partition })).toEqual([item]);
  expect(await table.updated(update(at, { set: { n: 1 } }))).toEqual(item);
  for await (const { items } of everyItem(table)) for (const one of items) expect(one).not.toHaveProperty('fmt');
  const refused = put(
    { ...at, n: 2 },
    {
      when: 'n = :two',
      values: { ':two': 2 },
      otherwise: (now) => new Error(JSON.stringify({ pk: now?.pk, sk: now?.sk, n: now?.n, fmt: now?.fmt })),
    },
  );
  await expect(table.write([refused])).rejects.toThrow(JSON.stringify(item));
});

describe('an item in a format that this version does not know', () => {
  test.each([
    ['put alone', () => table.write([put({ ...at, n: 2 })])],
    ['put on a condition that holds', () => table.write([put({ ...at, n: 2 }, present(no))])],
    ['put on a condition that does not', () => table.write([put({ ...at, n: 2 }, absent(no))])],
    ['put with others', () => table.write([put({ pk: key`O#${name}`, sk: key`F` }), put({ ...at, n: 2 })])],
    ['changed in part', () => table.write([update(at, { set: { n: 2 } })])],
    ['changed by itself', () => table.updated(update(at, { add: { n: 1 } }))],
  ])('is not %s, but is as it was, and the call is to come again', async (_, write) => {
    await storing({ n: 1, unheard: 'of', fmt: 5 });
    await expect(write()).rejects.toMatchObject({ code: 'busy', cause: { code: 'newer_format' } });
    expect(await stored()).toEqual({ ...at, n: 1, unheard: 'of', fmt: 5 });
  });

  test('is written over where it is the one that this version knows ahead', async () => {
    await storing({ n: 1, fmt: 4 });
    await table.write([put({ ...at, n: 2 })]);
    expect(await stored()).toEqual({ ...at, n: 2, fmt: 3 });
  });

  test('is read, and removed by whoever may', async () => {
    await storing({ n: 1, fmt: 5 });
    expect(await table.get(at)).toEqual({ ...at, n: 1 });
    await table.removeAll([at]);
    expect(await stored()).toBeUndefined();
  });
});

test('expressions are joined with the parentheses that they need, and none besides', () => {
  expect(allOf('a = :a')).toBe('a = :a');
  expect(allOf('a = :a', 'b = :b AND c = :c')).toBe('a = :a AND b = :b AND c = :c');
  expect(allOf('a = :a OR b = :b', 'c = :c')).toBe('(a = :a OR b = :b) AND c = :c');
  expect(allOf('(a = :a OR b = :b)', 'c IN (:c, :d)')).toBe('(a = :a OR b = :b) AND c IN (:c, :d)');
  expect(allOf('f(a) OR (b = :b AND (c = :c OR d = :d))', 'ORDERED = :o')).toBe(
    '(f(a) OR (b = :b AND (c = :c OR d = :d))) AND ORDERED = :o',
  );
});
