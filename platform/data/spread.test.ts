import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { drained } from '../../tests/support/drained.ts';
import { fc } from '../../tests/support/draws.ts';
import { intervening } from '../../tests/support/faults.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { newId } from '../base/ids.ts';
import { keyPart } from '../base/key-part.ts';
import { dynamo } from './client.ts';
import { type Key, type KeyText, key } from './key.ts';
import type { Query } from './query.ts';
import { sharded } from './sharded.ts';
import { Table } from './table.ts';
import { put, remove, update } from './write.ts';

const table = new Table('LISTS_TABLE');
const BY_PLACE = { name: 'by-place', sort: 'place' } as const;

interface Row extends Key {
  readonly place: string;
}

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/lists.yml']);
});

const setShards = (written: number, read?: number): void => {
  Object.assign(process.env, { SHARDS: String(written), SHARDS_READ: read === undefined ? '' : String(read) });
};
afterEach(() => setShards(1));

/** A list that nobody else has, in the index or the table itself. */
const newList = () => sharded(key`LIST#${newId()}`);

const rowKey = (id: string): Key => ({ pk: key`ROW#${keyPart(id)}`, sk: key`ROW` });

const bytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** All pages of a query. @param between what is done between two pages */
async function paged<T>(query: Query, between: () => unknown = () => {}): Promise<T[][]> {
  const pages: T[][] = [];
  let after: Key | undefined;
  do {
    const { items, next } = await table.page<T>({ ...query, after });
    pages.push(items);
    after = next;
    await between();
  } while (after);
  return pages;
}

/** Letters whose order differs by bytes and by UTF-16, and what stands between words. */
const word = fc.string({
  unit: fc.constantFrom('a', 'b', '\t', 'é', '\uff41', '\u{1d41a}'),
  minLength: 1,
  maxLength: 5,
});

const lists = fc.record({
  words: fc.uniqueArray(word, { minLength: 1, maxLength: 25 }),
  shards: fc.integer({ min: 2, max: 6 }),
  limit: fc.integer({ min: 1, max: 12 }),
  newestFirst: fc.boolean(),
  prefix: fc.option(fc.constantFrom('a', 'b', '\uff41'), { nil: undefined }),
  seed: fc.nat(),
});

/** Numbers by lot, the same of the same seed. */
function lot(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe.each(['an index', 'the table itself'])('a list in %s', (where) => {
  const isIndex = where === 'an index';
  const sort = isIndex ? BY_PLACE.sort : 'sk';

  /** An item of the list under one key. */
  const rowOf = (list: KeyText, text: string) => {
    const place = key`${keyPart(text)}`;
    const [, name] = list.split('#');
    return isIndex ? { ...rowKey(`${name} ${text}`), list, place } : { pk: list, sk: place, place };
  };

  const queryOf = (
    list: Query['partition'][1],
    { limit, newestFirst, prefix }: { limit: number; newestFirst: boolean; prefix?: string | undefined },
  ): Query => ({
    ...(isIndex && { index: BY_PLACE }),
    partition: [isIndex ? 'list' : 'pk', list],
    ...(prefix && { sort: [sort, 'begins_with', key`${keyPart(prefix)}`] }),
    limit,
    newestFirst,
  });

  test('over several shards has the pages that it has over one', async () => {
    await fc.assert(
      fc.asyncProperty(lists, async ({ words, shards, seed, ...reading }) => {
        const [one, several, draw] = [newList(), newList(), lot(seed)];
        setShards(shards);
        const keys = several.keys;
        const rows = words.flatMap((text) => [
          put(rowOf(one.first, text)),
          put(rowOf(keys[draw(shards)] as KeyText, text)),
        ]);
        await table.write(rows);
        const places = (pages: Row[][]) => pages.map((page) => page.map(({ place }) => place));
        const expected = places(await paged<Row>(queryOf(one.first, reading)));
        expect(places(await paged<Row>(queryOf(several, reading)))).toEqual(expected);
        const wanted = words.filter((text) => text.startsWith(reading.prefix ?? '')).sort(bytes);
        expect(expected.flat()).toEqual(reading.newestFirst ? wanted.reverse() : wanted);
      }),
      { numRuns: 40 },
    );
  });

  test('has each item once for who pages through it while it moves, and the number of shards is changed', async () => {
    await fc.assert(
      fc.asyncProperty(lists, async ({ words, shards, seed, ...reading }) => {
        const [list, draw] = [newList(), lot(seed)];
        setShards(shards);
        const keys = list.keys;
        const standing = new Map(words.map((text) => [text, list.first]));
        await table.write(words.map((text) => put(rowOf(list.first, text))));
        // Between two pages, some change their place, and as many shards are read as there need be, or more.
        const move = async () => {
          for (const text of words.filter(() => draw(3) === 0)) {
            const [from, to] = [standing.get(text) ?? list.first, keys[draw(shards)] as KeyText];
            standing.set(text, to);
            const { pk, sk } = rowOf(from, text);
            await table.write([...(isIndex || from === to ? [] : [remove({ pk, sk })]), put(rowOf(to, text))]);
          }
          const needed = 1 + Math.max(0, ...[...standing.values()].map((one) => keys.indexOf(one)));
          setShards(needed, draw(2) === 0 ? undefined : needed + draw(7 - needed));
        };
        const pages = await paged<Row>(queryOf(list, reading), move);
        const wanted = words.filter((text) => text.startsWith(reading.prefix ?? '')).sort(bytes);
        expect(pages.flat().map(({ place }) => place)).toEqual(reading.newestFirst ? wanted.reverse() : wanted);
      }),
      { numRuns: 40 },
    );
  });

  test('nearly all of which stands in one shard has full pages all the same, in order', async () => {
    const list = newList();
    setShards(8);
    const words = Array.from({ length: 130 }, (_, i) => String(i).padStart(4, '0'));
    const keyFor = (i: number) => list.keys[i % 11 === 0 ? 1 + (i % 7) : 0] as KeyText;
    await table.write(words.slice(0, 65).map((text, i) => put(rowOf(keyFor(i), text))));
    await table.write(words.slice(65).map((text, i) => put(rowOf(keyFor(i), text))));
    const pages = await paged<Row>(queryOf(list, { limit: 50, newestFirst: false }));
    expect(pages.map((page) => page.map(({ place }) => place))).toEqual([
      words.slice(0, 50),
      words.slice(50, 100),
      words.slice(100),
    ]);
  });

  test('is read whole, in order, with and without a move going on', async () => {
    const list = newList();
    setShards(4);
    const words = Array.from({ length: 700 }, (_, i) => String(i).padStart(4, '0'));
    for (let i = 0; i < words.length; i += 100)
      await table.write(words.slice(i, i + 100).map((text) => put(rowOf(list.of(text), text))));
    const query = { ...queryOf(list, { limit: 1, newestFirst: false }) };
    for (const read of [undefined, 6]) {
      setShards(4, read);
      const rows = (await drained(table.batches<Row>(query, ['place']))).flat();
      expect(rows.map(({ place }) => place)).toEqual(words);
      expect((await table.queryAll<Row>(query)).map(({ place }) => place)).toEqual(words);
    }
  });
});

test('who changes the shard between two questions of one reading is met all the same, and once', async () => {
  const list = newList();
  setShards(2);
  const [first, second] = list.keys as [KeyText, KeyText];
  const row = rowKey(newId());
  const moveTo = (to: KeyText) => table.write([update(row, { set: { list: to, place: 'p' } })]);
  const query = { index: BY_PLACE, partition: ['list', list] as const, limit: 5 };
  // The shard that they leave is asked last, the one into which they go first, or the other way round.
  for (const [from, to] of [
    [first, second],
    [second, first],
  ] as const) {
    await moveTo(from);
    setShards(2, 2);
    let asked = 0;
    const answered = Promise.withResolvers<void>();
    const late = from === first ? 1 : 2;
    const { items } = await intervening(
      dynamo,
      async (command, proceed) => {
        if (command !== 'Query') return proceed();
        asked += 1;
        if (asked > 2) return proceed();
        if (asked !== late) return proceed().finally(answered.resolve);
        await answered.promise;
        await moveTo(to);
        return proceed();
      },
      () => table.page<Row>(query),
    );
    expect(items.map(({ pk }) => pk)).toEqual([row.pk]);
  }
});

describe('what a page costs', () => {
  /** What DynamoDB is asked while something is done. */
  async function asked(
    work: () => Promise<unknown>,
  ): Promise<{ Limit?: number; ExclusiveStartKey?: Record<string, unknown> }[]> {
    const inputs: object[] = [];
    const name = 'asked';
    const noting = (next: (args: { input: object }) => unknown) => (args: { input: object }) => {
      inputs.push(args.input);
      return next(args);
    };
    dynamo.middlewareStack.add(noting as never, { step: 'initialize', name });
    await work().finally(() => dynamo.middlewareStack.remove(name));
    return inputs;
  }

  const rows = Array.from({ length: 400 }, (_, i) => String(i).padStart(4, '0'));
  const list = newList();
  beforeAll(async () => {
    setShards(8);
    for (let i = 0; i < rows.length; i += 100)
      await table.write(
        rows.slice(i, i + 100).map((place) => put({ ...rowKey(`${list.first}${place}`), list: list.of(place), place })),
      );
  });

  test('with one shard is what it would be without the notion of shards, to the letter', async () => {
    setShards(1);
    const pages = (partition: Query['partition']) =>
      asked(() => paged({ index: BY_PLACE, partition, sort: ['place', '>=', key`0`], limit: 7 }));
    const before = await pages(['list', list.first]);
    const after = await pages(['list', list]);
    expect(after.map((input) => JSON.stringify(input))).toEqual(before.map((input) => JSON.stringify(input)));
    expect(before.length).toBeGreaterThan(3);
  });

  test('with eight is a question to each at once, for not much more than its part', async () => {
    setShards(8);
    const inputs = await asked(() => table.page({ index: BY_PLACE, partition: ['list', list], limit: 50 }));
    expect(inputs).toHaveLength(8);
    expect(inputs.reduce((sum, { Limit = 0 }) => sum + Limit, 0)).toBeLessThan(3 * 51);
  });

  test('… each of which is asked to go on under a key of its own, which DynamoDB insists on', async () => {
    setShards(8);
    const query = { index: BY_PLACE, partition: ['list', list] as const, limit: 50 };
    const { next } = await table.page<Row>(query);
    expect(next).toMatchObject({ list: list.first });
    const inputs = await asked(() => table.page({ ...query, after: next }));
    expect(inputs.map(({ ExclusiveStartKey }) => ExclusiveStartKey?.list)).toEqual(list.keys);
  });
});
