import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { Breaker } from '../base/breaker.ts';
import { log } from '../base/log.ts';
import type { KeyText } from '../data/key.ts';
import { type Entry, jsonIn, type Store } from './store.ts';

/** How long a connection, and then a command, may take: beyond that the table is faster. In milliseconds. */
const CONNECT_MS = 500;
const COMMAND_MS = 150;

/** After a failure nobody tries for a second: whoever asks meanwhile computes at once. */
const PATIENCE = { failures: 1, openMs: 1_000 };

/** The server was silent for too long. */
class Silence extends Error {
  override readonly name = 'Silence';
  readonly code = 'silence';
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const silence = pause(milliseconds, undefined, { signal: done.signal }).then(async () => {
    // Where we ourselves are late, the answer may be here already, unread.
    await nextTurn();
    throw new Silence();
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    silence.catch(() => {});
    work.catch(() => {});
    done.abort();
  }
}

/** An entry as it lies in Redis, with whose it is: stages or contexts that share a server do not read each other's. */
const Stored = z.tuple([z.string(), z.string(), z.string()]);

function entryIn(text: string, owner: string): Entry | undefined {
  const { success, data } = Stored.safeParse(jsonIn(text));
  return success && data[0] === owner ? { generation: data[1], value: data[2] } : undefined;
}

/** Whether the server is there, and does not want this command: its memory is full, or it is only just starting. */
const isRefusal = (error: unknown): boolean => error instanceof Error && error.name === 'ReplyError';

/**
 * A Redis or Valkey server, through one connection that all of this process shares. It is made when it is first needed,
 * and made anew after every failure: a function that was frozen finds its socket dead without having heard of it.
 */
export class Server {
  readonly #url: string;
  readonly #breaker = new Breaker(PATIENCE);
  #connection: Promise<Redis> | undefined;

  /** @param url `redis://` or, encrypted, `rediss://`, with name, password and database where there are any */
  constructor(url: string) {
    this.#url = url;
  }

  /** What a command gives; undefined where the server does not answer in time. */
  async run<T>(command: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    if (!this.#breaker.admits()) return undefined;
    const connection = this.#connected();
    try {
      const redis = await connection;
      const answer = await within(COMMAND_MS, command(redis));
      this.#breaker.succeeded();
      return answer;
    } catch (error) {
      if (!isRefusal(error)) {
        this.#breaker.failed();
        this.#abandon(connection);
      }
      log.warn('cache server failed', { error });
      return undefined;
    }
  }

  /** Ends the connection, if there is one. */
  close(): void {
    if (this.#connection) this.#abandon(this.#connection);
  }

  #connected(): Promise<Redis> {
    this.#connection ??= connect(this.#url);
    return this.#connection;
  }

  #abandon(connection: Promise<Redis>): void {
    if (this.#connection === connection) this.#connection = undefined;
    connection.then((redis) => redis.disconnect()).catch(() => {});
  }
}

async function connect(url: string): Promise<Redis> {
  // Loaded here: without a server nobody pays for its client. Bundled, a CommonJS module has a default export only.
  const { Redis } = (await import('ioredis')).default;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
    disconnectTimeout: 100,
    disableClientInfo: true,
  });
  // Whoever waits for a command hears of it there.
  redis.on('error', () => {});
  try {
    await within(CONNECT_MS, redis.connect());
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  return redis;
}

/** Cached values in Redis, under their keys as they are. No unit of the table. */
export class RedisStore implements Store {
  readonly #server: Server;
  readonly #owner: () => string;

  /** @param owner whose values these are: the name of the context's table */
  constructor(server: Server, owner: () => string) {
    this.#server = server;
    this.#owner = owner;
  }

  async get(key: KeyText): Promise<Entry | undefined> {
    return this.#server.run(async (redis) => {
      const text = await redis.get(key);
      return text === null ? undefined : entryIn(text, this.#owner());
    });
  }

  async put(key: KeyText, { generation, value }: Entry, seconds: number): Promise<void> {
    const stored: z.input<typeof Stored> = [this.#owner(), generation, value];
    await this.#server.run((redis) => redis.set(key, JSON.stringify(stored), 'EX', seconds));
  }

  async drop(key: KeyText): Promise<void> {
    await this.#server.run((redis) => redis.del(key));
  }
}
