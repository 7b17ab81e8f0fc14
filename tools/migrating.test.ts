import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { documents } from '../platform/data/client.ts';
import { key } from '../platform/data/key.ts';
import { Table } from '../platform/data/table.ts';
import { type Item, lostUpdate, put, update, versionIs } from '../platform/data/write.ts';
import { commit } from '../platform/events/commit.ts';
import { readContexts } from '../project/contexts.ts';
import { everything } from '../tests/support/shop-books.ts';
import { createFrom } from '../tests/support/tables.ts';
import { CONTEXTS, type Context, migrate } from './migrating.ts';

/*
 * Two migrations that cannot be taken twice: francs become centimes, then a price becomes a map. The items know in which
 * format they are, and nothing else tells it of them.
 */

type Step = Context['steps'][number];

const table = new Table('NOTES_TABLE', { format: 3 });
const folder = mkdtempSync(join(tmpdir(), 'campus-migrating-'));
const checkpoint = join(folder, 'migrating.json');
afterAll(() => rmSync(folder, { recursive: true }));

let looked = 0;
const contexts: Record<string, Context> = {
  NOTES_TABLE: {
    table,
    steps: [
      (item: Item) => {
        looked += 1;
        return [
          update(
            keyOf(item.id),
            { add: { price: Number(item.price) * 99 } },
            versionIs(Number(item.version), lostUpdate),
          ),
        ];
      },
      (item: Item) => [
        put({ ...item, price: { centimes: item.price } }),
        put({ pk: key`SEEN#${Number(item.id)}`, sk: key`N` }),
      ],
    ],
    places: () => [],
  },
};

const keyOf = (id: unknown) => ({ pk: key`N#${Number(id)}`, sk: key`N` });
const MANY = 40;

beforeEach(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
  looked = 0;
  for (let id = 1; id <= MANY; id += 1) {
    // A quarter each: as it was before numbers, in format 2, in today's, and in one that comes after it.
    const [fmt, price] = [
      [undefined, id],
      [2, id * 100],
      [3, { centimes: id * 100 }],
      [4, { unheard: 'of' }],
    ][id % 4] as [number | undefined, unknown];
    const Item = { ...keyOf(id), id, price, version: 1, ...(fmt && { fmt }) };
    await documents.send(new PutCommand({ TableName: table.name, Item }));
  }
});

const stored = async () => (await everything(table.name)).filter(({ pk }) => pk.startsWith('N#'));

async function expectMigrated(): Promise<void> {
  for (const item of await stored()) {
    const id = Number(item.id);
    expect(item).toMatchObject(
      id % 4 === 3 ? { price: { unheard: 'of' }, fmt: 4 } : { price: { centimes: id * 100 }, fmt: 3 },
    );
  }
  const beside = (await everything(table.name)).filter(({ pk }) => pk.startsWith('SEEN#'));
  expect(beside).toHaveLength(MANY / 2);
  for (const { fmt } of beside) expect(fmt).toBe(3);
}

describe('a migration', () => {
  test('brings every older item to today’s format, each from its own, and leaves what is newer', async () => {
    const [tally] = await migrate({ page: 7 }, contexts);
    expect(tally).toMatchObject({ items: expect.any(Number), changed: MANY / 2 });
    await expectMigrated();
  });

  test('finds nothing the second time, and asks no step', async () => {
    await migrate({}, contexts);
    looked = 0;
    const before = await everything(table.name);
    expect(await migrate({}, contexts)).toMatchObject([{ changed: 0 }]);
    expect(looked).toBe(0);
    expect(await everything(table.name)).toEqual(before);
  });

  test('takes each step once, also where two run at once and a third goes on where a fourth was broken off', async () => {
    const breaking = migrate(
      {
        checkpoint,
        page: 7,
        onPage: () => {
          throw new Error('broken off');
        },
      },
      contexts,
    );
    const both = await Promise.allSettled([breaking, migrate({ page: 3 }, contexts), migrate({ page: 5 }, contexts)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(existsSync(checkpoint)).toBe(true);
    await migrate({ checkpoint, page: 7 }, contexts);
    expect(existsSync(checkpoint)).toBe(false);
    await expectMigrated();
  });

  test('takes no step twice where another run is faster between reading and writing', async () => {
    const context = contexts.NOTES_TABLE as Context;
    const [first, second] = context.steps as [Step, Step];
    let faster: Promise<unknown> | undefined;
    const slow: Step = async (item) => {
      const writes = await first(item);
      faster ??= migrate({}, contexts);
      await faster;
      return writes;
    };
    await migrate({}, { NOTES_TABLE: { ...context, steps: [slow, second] } });
    await expectMigrated();
  });

  test('loses nothing of what is written meanwhile', async () => {
    const older = Array.from({ length: MANY }, (_, i) => i + 1).filter((id) => id % 4 < 2);
    const writing = older.map((id) =>
      commit(table, async () => {
        const { version = 0 } = (await table.get<{ version: number }>(keyOf(id))) ?? {};
        return {
          writes: [
            update(keyOf(id), { set: { note: `of ${id}` }, add: { version: 1 } }, versionIs(version, lostUpdate)),
          ],
        };
      }),
    );
    await Promise.all([...writing, migrate({ page: 3 }, contexts)]);
    await expectMigrated();
    const noted = (await stored()).filter(({ id }) => older.includes(Number(id)));
    for (const { id, note, version } of noted) expect([note, version]).toEqual([`of ${id}`, 2]);
  });

  test('is only counted by a dry run', async () => {
    const before = await everything(table.name);
    expect(await migrate({ dryRun: true }, contexts)).toMatchObject([{ changed: MANY / 2 }]);
    expect(await everything(table.name)).toEqual(before);
  });

  test('puts what is in today’s format in its place where all is looked at', async () => {
    await migrate({}, contexts);
    const places = (item: Item) =>
      item.pk.startsWith('N#') && item.shard === undefined
        ? [update({ pk: item.pk, sk: item.sk }, { set: { shard: 1 } })]
        : [];
    const sharded = { NOTES_TABLE: { ...(contexts.NOTES_TABLE as Context), places } };
    expect(await migrate({}, sharded)).toMatchObject([{ changed: 0 }]);
    expect(await migrate({ all: true, dryRun: true }, sharded)).toMatchObject([{ changed: (MANY / 4) * 3 }]);
    expect(await migrate({ all: true }, sharded)).toMatchObject([{ changed: (MANY / 4) * 3 }]);
    expect(await migrate({ all: true }, sharded)).toMatchObject([{ changed: 0 }]);
    for (const { fmt, shard } of await stored()) expect(shard).toBe(fmt === 4 ? undefined : 1);
  });
});

test('every context has a step for each format that its table has come through', async () => {
  for (const { name } of readContexts()) {
    const found = await import(`../functions/${name}/table.ts`).catch(() => undefined);
    const steps = CONTEXTS[`${name.toUpperCase()}_TABLE`]?.steps ?? [];
    if (found) expect([name, found.table.formats.format]).toEqual([name, steps.length + 1]);
  }
});
