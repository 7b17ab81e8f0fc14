import { beforeAll, describe, expect, test } from '@jest/globals';
import { drained } from '../../tests/support/drained.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { epochSeconds } from '../base/clock.ts';
import { keyPart } from '../base/key-part.ts';
import { everyItem } from './dump.ts';
import { type Key, key } from './key.ts';
import { Table } from './table.ts';
import { put } from './write.ts';

const table = new Table('NOTES_TABLE');
const at = (pk: string, n: number): Key => ({
  pk: key`${keyPart(pk)}`,
  sk: key`${keyPart(String(n).padStart(5, '0'))}`,
});

/** Puts so many items into a partition. */
async function fill(pk: string, count: number, more: Record<string, unknown> = {}): Promise<void> {
  for (let from = 0; from < count; from += 100) {
    const some = Array.from({ length: Math.min(100, count - from) }, (_, i) =>
      put({ ...at(pk, from + i), n: from + i, ...more }),
    );
    await table.write(some);
  }
}

interface Row {
  readonly n: number;
}

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
  await fill('many', 1_100, { unread: 'x' });
  await fill('large', 30, { text: 'x'.repeat(60_000) });
  await table.write([put({ ...at('many', 99_999), n: -1, ttl: epochSeconds() - 10 })]);
});

const batchesOf = (pk: string, attributes: readonly string[]) =>
  table.batches<Row>({ partition: ['pk', key`${keyPart(pk)}`] }, attributes);

describe('all of a partition, however much', () => {
  test('comes some at a time, in order, with nothing but what is read, and without what has expired', async () => {
    const batches = await drained(batchesOf('many', ['n']));
    expect(batches.length).toBeGreaterThan(2);
    expect(batches.flat()).toEqual(Array.from({ length: 1_100 }, (_, n) => ({ n })));
  });

  test('stops when nobody takes more', async () => {
    for await (const batch of batchesOf('many', ['n'])) {
      expect(batch.length).toBeLessThan(1_100);
      break;
    }
  });

  test('is asked for in fewer items where so many are too much for one answer', async () => {
    const rows = (await drained(batchesOf('large', ['n', 'text']))).flat();
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 30 }, (_, n) => n));
  });

  test('fails as AWS refuses', async () => {
    process.env.NO_TABLE = 'nowhere';
    const missing = new Table('NO_TABLE').batches({ partition: ['pk', key`x`] }, ['n']);
    await expect(missing.next()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('all of a table', () => {
  test('comes a megabyte at a time, each item once, without what has expired', async () => {
    const pages = await drained(everyItem(table));
    expect(pages.length).toBeGreaterThan(1);
    const keys = pages.flatMap(({ items }) => items.map(({ pk, sk }) => `${pk} ${sk}`));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(1_130);
  });

  test('goes on where it broke off', async () => {
    const [first, ...others] = await drained(everyItem(table));
    const rest = await drained(everyItem(table, first?.next));
    expect(rest.flatMap(({ items }) => items)).toEqual(others.flatMap(({ items }) => items));
  });
});
