import * as crypto from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createContext } from '../tests/support/tables.ts';
import { type Bench, quantile } from './frame.ts';
import { figure, over } from './lives.ts';
import { engines } from './support.ts';

const READS = 10;

/** A read without lanes waits for seconds. */
const READS_WITHOUT = 2;
const CLIENTS = 100;

/** How soon a client that was refused comes again, in milliseconds: far sooner than it was told to. */
const REFUSED_MS = 50;

type Work = () => Promise<unknown>;

async function timesOf(read: Work, reads = READS): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < reads; i += 1) {
    const start = performance.now();
    await read();
    times.push(performance.now() - start);
  }
  return times;
}

/** How long reads take while so many clients do something without a pause. */
async function during(flood: Work, read: Work, reads = READS): Promise<number[]> {
  let over = false;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!over) await flood();
  });
  await flood();
  const times = await timesOf(read, reads);
  over = true;
  await Promise.all(clients);
  return times;
}

async function prepared(): Promise<{ read: Work; signUp: Work; hash: Work }> {
  const { accounts, bearerOf, newAccount, newSource, signIn } = await import('../tests/support/accounts.ts');
  const { call } = await import('../tests/support/call.ts');
  const username = await newAccount();
  const tokens = await signIn(username);
  const argon2 = promisify(crypto.argon2);
  const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
  return {
    read: async () => call(accounts, `GET /users/${username}`, { as: await bearerOf(tokens) }),
    async signUp() {
      const body = { username: `flood-${crypto.randomUUID()}`, password: 'correct horse battery' };
      const { status } = await call(accounts, 'POST /users', { body, sourceIp: newSource() });
      if (status !== 201) await pause(REFUSED_MS);
    },
    hash: () => argon2('argon2id', { message: 'correct horse battery', nonce: crypto.randomBytes(16), ...cost }),
  };
}

const named = (name: string, times: readonly number[]) => ({
  [`${name} p50`]: quantile(times, 0.5),
  [`${name} p95`]: quantile(times, 0.95),
});

export const bench: Bench = {
  about:
    'What a flood of sign-ups does to everybody else: how long an authorised read takes at rest, while a hundred clients sign up without a pause, and while as many hash without the lanes. All in one process, as with a local start.',
  rows: [
    {
      what: 'sooner answered with the lanes than without',
      unit: '×',
      better: 'higher',
      goal: 10,
      of: over('bare p50', 'lanes p50'),
    },
    { what: 'a read at rest', unit: 'ms', better: 'lower', of: figure('rest p50') },
    { what: 'a read during a flood of sign-ups', unit: 'ms', better: 'lower', of: figure('lanes p50') },
    { what: 'the same, 95 of 100', unit: 'ms', better: 'lower', of: figure('lanes p95') },
    { what: 'a read during a flood of hashes without lanes', unit: 'ms', better: 'lower', of: figure('bare p50') },
  ],
  async *measure() {
    await using _ = await engines();
    await createContext('auth');
    const { read, signUp, hash } = await prepared();
    await timesOf(read);
    while (true)
      yield {
        ...named('rest', await timesOf(read)),
        ...named('lanes', await during(signUp, read)),
        ...named('bare', await during(hash, read, READS_WITHOUT)),
      };
  },
};
