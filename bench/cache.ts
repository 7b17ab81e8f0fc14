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
import { type Bench, Lacking, quantile, type Round, type Row } from './frame.ts';
import { figure } from './lives.ts';
import { engines } from './support.ts';

const CALLS = 60;

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

/**
 * Calls works in turns, so that what else the machine does befalls all of them. @returns `<work> ms`, what nine of ten
 * calls took at least, since the rest of the machine delays a call and never hastens one; and `<work> units`
 */
async function compare(works: Readonly<Record<string, Work>>): Promise<Round> {
  const measured = Object.entries(works).map(([name, work]) => ({ name, work, times: [] as number[], units: 0 }));
  for (let i = 0; i < CALLS; i += 1)
    for (const one of measured) {
      sent.length = 0;
      const startedAt = performance.now();
      await one.work();
      one.times.push(performance.now() - startedAt);
      one.units += sent.reduce((sum, { units }) => sum + units, 0) / CALLS;
    }
  const figures = measured.flatMap(({ name, times, units }) => [
    [`${name} ms`, quantile(times, 0.1)],
    [`${name} units`, units],
  ]);
  return Object.fromEntries(figures);
}

/** A work with values kept on this server, or in the table. */
const keptBy = (url: string, work: Work) => () => {
  process.env.REDIS_URL = url;
  return work();
};

/** A value read from its data, from the cache in the table and from the one on this server, which both know it by now. */
async function compareKey(url: string, { name, from, of, bytes }: (typeof KEYS)[number]): Promise<Round> {
  const scope = { key: name, seconds: 3600, schema: Value, generation: generationOf(of) };
  const read = () =>
    cache.read(scope, async () => {
      await from();
      return { value: { text: text(bytes) }, keep: true };
    });
  const [fromTable, fromRedis] = [keptBy('', read), keptBy(url, read)];
  for (const one of [fromTable, fromRedis]) await one();
  return compare({ [`${name} data`]: from, [`${name} table`]: fromTable, [`${name} redis`]: fromRedis });
}

/** Whether a session is open: one read of the account, which the generation would be read from too. */
async function compareSessions(url: string): Promise<Round> {
  const paths = [['role'], ['disabled'], ['generation'], ['ended_sessions', 'some-session']];
  const lookUp = () => readItem(table.name, { pk: ACCOUNT, sk: key`0HEAD` }, paths);
  const generation = async () => ((await lookUp()) as { generation: string } | undefined)?.generation;
  const scope = { key: key`session:some-session`, seconds: 3600, schema: Value, generation };
  const cached = keptBy(url, () => cache.read(scope, async () => ({ value: { text: 'teacher' }, keep: true })));
  await cached();
  return compare({ 'session account': lookUp, 'session redis': cached });
}

async function fillAll(): Promise<void> {
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
}

const rowsOf = ({ name }: (typeof KEYS)[number]): readonly Row[] => [
  ...(['data', 'table', 'redis'] as const).map(
    (from): Row => ({
      what: `\`${name}\` from ${FROM[from]}`,
      unit: 'ms',
      better: 'lower',
      of: figure(`${name} ${from} ms`),
    }),
  ),
  ...(['data', 'table'] as const).map(
    (from): Row => ({
      what: `\`${name}\` from ${FROM[from]}`,
      unit: 'units',
      better: 'lower',
      of: figure(`${name} ${from} units`),
    }),
  ),
];

const FROM = { data: 'its data', table: 'the cache in the table', redis: 'Redis' } as const;

function cacheServer(): CacheServer {
  try {
    return new CacheServer();
  } catch (error) {
    throw new Lacking((error as Error).message);
  }
}

export const bench: Bench = {
  about:
    'What a cache saves: a value from its data, from the cache in the table, and from the cache in Redis; the generation is read each time. The data are as large as those of a school: a class of 45 with 36 assessments, a student with 41 results.',
  rows: [
    ...KEYS.flatMap(rowsOf),
    { what: 'a session from the account', unit: 'ms', better: 'lower', of: figure('session account ms') },
    { what: 'a session from Redis, after the same read', unit: 'ms', better: 'lower', of: figure('session redis ms') },
  ],
  async *measure() {
    const server = cacheServer();
    await using cleanUp = new AsyncDisposableStack();
    cleanUp.defer(() => server.stop());
    cleanUp.use(await engines());
    cleanUp.defer(closeCaches);
    await createFrom(['tests/support/fixtures/notes.yml']);
    await server.start();
    await fillAll();
    while (true) {
      const rounds: Round[] = [];
      for (const one of KEYS) rounds.push(await compareKey(server.url, one));
      yield Object.assign({}, ...rounds, await compareSessions(server.url));
    }
  },
};
