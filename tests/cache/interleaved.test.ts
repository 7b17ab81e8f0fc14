import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { closeCaches } from '../../platform/cache/cache.ts';
import { CacheServer } from '../support/cache-server.ts';
import { call } from '../support/call.ts';
import { createFrom } from '../support/tables.ts';

/*
 * Reads and writes at once, through whole operations, while the cache server is killed, restarted and hung. A read that
 * began after a write had answered shows that write: more than that nobody may expect of a cache, and less than that
 * nobody may get. `CACHE_TURNS=1000000` is the long run.
 */

const TURNS = Number(process.env.CACHE_TURNS ?? 50_000);
const WORKERS = 16;
const BOARDS = 25;
const WRITES = 0.15;
const TEARS = 0.02;
/** How often something befalls the cache server in a run. */
const MISFORTUNES = Math.floor(TURNS / 2_500);
/** How many reads the cache server answers before the next misfortune: it has to be back before it is struck again. */
const HITS_BETWEEN = 250;
/** Where a run gives up waiting for a cache server that never serves again. */
const MOST_TURNS = 20 * TURNS;

const server = new CacheServer();
const { handler, TORN } = await import('../support/fixtures/boards.ts');

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
  await server.start();
});
afterAll(async () => {
  closeCaches();
  await server.stop();
});

class Run {
  /** The codes of answers that failed. */
  readonly failures: string[] = [];
  readonly counts = { hits: 0, misses: 0, writes: 0, stale: 0, torn: 0 };
  readonly #first: number;
  readonly #started: number[] = Array.from({ length: BOARDS }, () => 0);
  readonly #answered: number[] = Array.from({ length: BOARDS }, () => 0);
  #turns = 0;
  #disturbed = false;

  /** @param first the id of the first board */
  constructor(first: number) {
    this.#first = first;
  }

  get turns(): number {
    return this.#turns;
  }

  /** Whether the callers go on: for all turns, and for as long as misfortunes are to come. */
  get goesOn(): boolean {
    return this.#turns < TURNS || (this.#disturbed && this.#turns < MOST_TURNS);
  }

  async during(disturbance: Promise<number>): Promise<number> {
    this.#disturbed = true;
    return await disturbance.finally(() => {
      this.#disturbed = false;
    });
  }

  async work(): Promise<void> {
    while (this.goesOn) {
      this.#turns += 1;
      const board = Math.floor(Math.random() * BOARDS);
      await (Math.random() < WRITES ? this.#write(board) : this.#read(board));
    }
  }

  async #write(board: number): Promise<void> {
    this.#started[board] = (this.#started[board] ?? 0) + 1;
    const { status, body } = await call(handler, `POST /boards/${this.#first + board}`);
    if (status === 204) this.#answered[board] = (this.#answered[board] ?? 0) + 1;
    else this.failures.push(body.code);
    this.counts.writes += 1;
  }

  async #read(board: number): Promise<void> {
    const torn = Math.random() < TEARS;
    const least = this.#answered[board] ?? 0;
    const { status, body, headers } = await call(
      handler,
      `GET /boards/${this.#first + board}${torn ? '?torn=true' : ''}`,
    );
    if (status !== 200) this.failures.push(body.code);
    else if (body.total === TORN) this.counts.torn += torn ? 0 : 1;
    else if (body.total < least || body.total > (this.#started[board] ?? 0)) this.counts.stale += 1;
    if (headers['X-Cache'] === 'hit') this.counts.hits += 1;
    else this.counts.misses += 1;
  }
}

/** Kills and restarts the server, or hangs it for a while, each time once it has served for a while. */
async function hurt(run: Run): Promise<number> {
  let done = 0;
  let served = 0;
  while (run.turns < MOST_TURNS && done < MISFORTUNES) {
    await pause(10);
    if (run.counts.hits < served + HITS_BETWEEN) continue;
    done += 1;
    served = run.counts.hits;
    if (done % 3 === 0) {
      server.freeze();
      await pause(250);
      server.thaw();
    } else {
      await server.kill();
      await pause(50);
      await server.start();
    }
  }
  return done;
}

async function interleave(run: Run, disturbance: Promise<number>): Promise<number> {
  const begun = performance.now();
  const [misfortunes] = await Promise.all([
    run.during(disturbance),
    ...Array.from({ length: WORKERS }, () => run.work()),
  ]);
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  process.stdout.write(
    `${JSON.stringify({ turns: run.turns, ...run.counts, failed: run.failures.length, misfortunes, seconds })}\n`,
  );
  return misfortunes;
}

const never = { stale: 0, torn: 0 };

describe(`${TURNS} turns of ${WORKERS} callers on ${BOARDS} values`, () => {
  test(
    'in the table: no answer is older than the last write that answered, none fails',
    async () => {
      const run = new Run(1);
      delete process.env.REDIS_URL;
      await interleave(run, Promise.resolve(0));
      expect(run.failures).toEqual([]);
      expect(run.counts).toMatchObject(never);
      expect(run.counts.hits).toBeGreaterThan(TURNS / 10);
    },
    24 * 3_600_000,
  );

  test(
    'in Redis, killed, restarted and hung meanwhile: the same',
    async () => {
      const run = new Run(1001);
      process.env.REDIS_URL = server.url;
      expect(await interleave(run, hurt(run))).toBe(MISFORTUNES);
      expect(run.failures).toEqual([]);
      expect(run.counts).toMatchObject(never);
    },
    24 * 3_600_000,
  );
});
