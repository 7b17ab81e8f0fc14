/**
 * What a cache saves: read units and milliseconds of a value from its data, from the cache in the table, and from the
 * cache in Redis; the generation is read each time but the first. The data are as large as those of a school: a class of
 * 45 with 36 assessments, a student with 41 results.
 *
 * Run it with `npm run bench:cache`. It needs a Redis or Valkey server on the machine (`CACHE_SERVER`), starts one of its
 * own, and an embedded DynamoDB.
 */
import * as z from 'zod';
import { keyPart } from '../platform/base/key-part.ts';
import { Cache, closeCaches } from '../platform/cache/cache.ts';
import { type KeyText, key } from '../platform/data/key.ts';
import { readItem } from '../platform/data/read-item.ts';
import { Table } from '../platform/data/table.ts';
import { put } from '../platform/data/write.ts';
import { CacheServer } from '../tests/support/cache-server.ts';
import { meteredCalls } from '../tests/support/meter.ts';
import { createFrom } from '../tests/support/tables.ts';
import { report, withEngines } from './support.ts';

const ROUNDS = 400;

const table = new Table('NOTES_TABLE');
const cache = new Cache(table);
const Value = z.object({ text: z.string() });
const text = (bytes: number) => 'x'.repeat(bytes);

/** Puts a partition of items, each `[how many, bytes]`. */
async function fill(pk: KeyText, items: readonly (readonly [count: number, bytes: number])[]): Promise<void> {
  await table.write([put({ pk, sk: key`0HEAD`, gen: 1, role: 'teacher', disabled: false, generation: 'g' })]);
  for (const [i, [count, bytes]] of items.entries())
    for (let n = 0; n < count; n += 1)
      await table.write([put({ pk, sk: key`${i + 1}#${keyPart(String(n).padStart(4, '0'))}`, filling: text(bytes) })]);
}

const BOOK = key`CLASS#4e B`;
const STUDENT = key`STUDENT#7`;
const RANKING = key`RANKING#0`;
const ACCOUNT = key`USER#prof`;

const query = (pk: KeyText) => table.queryAll({ partition: ['pk', pk] });
const generationOf = (pk: KeyText) => async () => (await table.get<{ gen: number }>({ pk, sk: key`0HEAD` }))?.gen ?? 0;

/** The keys of the cache: what computing the value reads, and how large it is. */
const KEYS = [
  { name: key`class:stats:4e B`, from: () => query(BOOK), of: BOOK, bytes: 1_200 },
  { name: key`student:+221771234567`, from: () => Promise.all([query(STUDENT), query(BOOK)]), of: BOOK, bytes: 9_000 },
  { name: key`rankings:top10`, from: () => query(RANKING), of: RANKING, bytes: 900 },
] as const;

const sent = meteredCalls();

type Work = () => Promise<unknown>;

/** What nine of ten calls took at least: the rest of the machine delays a call, and never hastens one. */
const undisturbed = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 10)] ?? Number.NaN;

/** Measures works in turns, so that what else the machine does befalls all of them. */
async function compare(works: Readonly<Record<string, Work>>): Promise<void> {
  const measured = Object.entries(works).map(([what, work]) => ({ what, work, times: [] as number[], units: 0 }));
  for (let i = 0; i < ROUNDS; i += 1)
    for (const one of measured) {
      sent.length = 0;
      const start = performance.now();
      await one.work();
      one.times.push(performance.now() - start);
      if (i > 0) one.units += sent.reduce((sum, { units }) => sum + units, 0) / (ROUNDS - 1);
    }
  for (const { what, times, units } of measured)
    report({ [`${what}, ms`]: undisturbed(times), [`${what}, read units`]: units });
}

/** A work with values kept on this server, or in the table. */
const keptBy = (url: string, work: Work) => () => {
  process.env.REDIS_URL = url;
  return work();
};

async function compareKeys(server: CacheServer): Promise<void> {
  for (const { name, from, of, bytes } of KEYS) {
    const scope = { key: name, seconds: 3600, schema: Value, generation: generationOf(of) };
    const read = () =>
      cache.read(scope, async () => {
        await from();
        return { value: { text: text(bytes) }, keep: true };
      });
    await compare({
      [`${name} from its data`]: from,
      [`${name} from the table`]: keptBy('', read),
      [`${name} from Redis`]: keptBy(server.url, read),
    });
  }
}

/** Whether a session is open: one read of the account, which the generation would be read from too. */
async function compareSessions(server: CacheServer): Promise<void> {
  const paths = [['role'], ['disabled'], ['generation'], ['ended_sessions', 'some-session']];
  const lookUp = () => readItem(table.name, { pk: ACCOUNT, sk: key`0HEAD` }, paths);
  const generation = async () => ((await lookUp()) as { generation: string } | undefined)?.generation;
  const scope = { key: key`session:some-session`, seconds: 3600, schema: Value, generation };
  await compare({
    'session from the account (1 unit, not metered)': lookUp,
    'session:{id} from Redis, after the same read': keptBy(server.url, () =>
      cache.read(scope, async () => ({ value: { text: 'teacher' }, keep: true })),
    ),
  });
}

const server = new CacheServer();
await withEngines(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
  await server.start();
  await fill(BOOK, [
    [1, 1_800],
    [36, 190],
    [45, 190],
  ]);
  await fill(STUDENT, [
    [1, 300],
    [41, 260],
  ]);
  await fill(RANKING, [[30, 110]]);
  await fill(ACCOUNT, []);
  await compareKeys(server);
  await compareSessions(server);
  closeCaches();
});
await server.stop();
