import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import * as z from 'zod';
import { keyPart } from '../../platform/base/key-part.ts';
import { Cache, closeCaches } from '../../platform/cache/cache.ts';
import { dynamo } from '../../platform/data/client.ts';
import { key } from '../../platform/data/key.ts';
import { Table } from '../../platform/data/table.ts';
import { until } from '../../project/until.ts';
import { CacheServer } from '../support/cache-server.ts';
import { describeCache } from '../support/cache-suite.ts';
import { commandsOf } from '../support/faults.ts';
import { createFrom } from '../support/tables.ts';

const server = new CacheServer();
const cache = new Cache(new Table('NOTES_TABLE'));

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
  await server.start();
  process.env.REDIS_URL = server.url;
});
afterAll(async () => {
  closeCaches();
  await server.stop();
});

describeCache('Redis', () => cache);

/** Asks the server itself. */
async function asking<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(server.url);
  try {
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

const Value = z.object({ text: z.string() });
const scope = (name: string, generation = 1) => ({
  key: key`${keyPart(name)}`,
  seconds: 1800,
  schema: Value,
  generation: async () => generation,
});
const read = (name: string, text: string, from = cache) =>
  from.read(scope(name), async () => ({ value: { text }, keep: true }));

test('what is kept lies under the key as the contract names it, for as long as it says, and costs the table nothing', async () => {
  const commands = await commandsOf(dynamo, async () => {
    await read('rankings:top10', 'first');
    expect(await read('rankings:top10', 'second')).toMatchObject({ value: { text: 'first' }, hit: true });
  });
  expect(commands).toEqual([]);
  const left = await asking((redis) => redis.ttl('rankings:top10'));
  expect(left).toBeGreaterThan(1700);
  expect(left).toBeLessThanOrEqual(1800);
});

test('contexts and stages that share a server do not read each other’s values', async () => {
  process.env.OTHER_TABLE = 'campus-prod-grades';
  const other = new Cache(new Table('OTHER_TABLE'));
  await read('student:+221771234567', 'ours');
  expect(await read('student:+221771234567', 'theirs', other)).toMatchObject({ value: { text: 'theirs' }, hit: false });
});

test.each(['no JSON', '[]', '{"generation":"1"}', '["t","1"]', 'null'])(
  'what somebody else put there is passed over: %s',
  async (text) => {
    await asking((redis) => redis.set('class:stats:foreign', text));
    expect(await read('class:stats:foreign', 'ours')).toMatchObject({ value: { text: 'ours' }, hit: false });
    expect(await read('class:stats:foreign', 'again')).toMatchObject({ value: { text: 'ours' }, hit: true });
    await asking((redis) => redis.del('class:stats:foreign'));
  },
);

test('a server that refuses a command is asked the next one all the same', async () => {
  await asking((redis) => redis.lpush('class:stats:list', 'an element'));
  await read('class:stats:kept', 'kept');
  expect(await read('class:stats:list', 'ours')).toMatchObject({ value: { text: 'ours' }, hit: false });
  expect(await read('class:stats:kept', 'second')).toMatchObject({ hit: true });
});

describe('a server that fails', () => {
  /** Waits until the cache has found its way back. */
  const recovered = () =>
    until(async () => (await read('class:stats:back', 'back')).hit, { what: 'the cache is back' });
  afterEach(async () => {
    await recovered();
  });

  test('is a miss when it is killed, and gives again what it held once it is back', async () => {
    await read('class:stats:killed', 'first');
    await server.kill();
    for (const text of ['second', 'third'])
      expect(await read('class:stats:killed', text)).toMatchObject({ value: { text }, hit: false });
    await server.start();
    await recovered();
    expect(await read('class:stats:killed', 'fourth')).toMatchObject({ value: { text: 'first' }, hit: true });
  });

  test('is a miss when it hangs, and keeps nobody waiting: the first a moment, the others not at all', async () => {
    await read('class:stats:hung', 'first');
    server.freeze();
    const begun = performance.now();
    for (let i = 0; i < 20; i += 1) expect(await read('class:stats:hung', 'second')).toMatchObject({ hit: false });
    const waited = performance.now() - begun;
    server.thaw();
    // Twenty times the patience of one command.
    expect(waited).toBeLessThan(20 * 150);
  });

  test('is a miss where there is none at the address, or the address is none', async () => {
    for (const url of ['redis://127.0.0.1:1', 'redis://nowhere.invalid:6379', 'http//:']) {
      process.env.REDIS_URL = url;
      expect(await read('class:stats:nowhere', 'first')).toMatchObject({ value: { text: 'first' }, hit: false });
      await cache.drop(key`class:stats:nowhere`);
    }
    process.env.REDIS_URL = server.url;
  });

  test('that restarts with an old copy of its data makes nothing old', async () => {
    await read('class:stats:old', 'first');
    await server.kill();
    await server.start();
    await recovered();
    const later = await cache.read(scope('class:stats:old', 2), async () => ({
      value: { text: 'second' },
      keep: true,
    }));
    expect(later).toMatchObject({ value: { text: 'second' }, hit: false });
  });
});
