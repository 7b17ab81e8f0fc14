/**
 * What a flood of sign-ups does to everybody else: how long an authorised read takes at rest, while a hundred clients
 * sign up without a pause, and while as many hash without the lanes. Goal: with the lanes a read waits for less than a tenth of what it does without.
 *
 * Run it with `npm run bench:flood`. All of it in one process, as with a local start, in turns, against one embedded
 * DynamoDB; the ratios are what counts.
 */
import * as crypto from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createContext } from '../tests/support/tables.ts';
import { median, report, withEngines } from './support.ts';

const ROUNDS = 3;
const READS = 10;
const CLIENTS = 100;

/** How soon a client that was refused comes again, in milliseconds: far sooner than it was told to. */
const REFUSED_MS = 50;

type Work = () => Promise<unknown>;

/** The slowest but one in twenty of the values. */
const slow = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

async function timesOf(read: Work): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < READS; i += 1) {
    const start = performance.now();
    await read();
    times.push(performance.now() - start);
  }
  return times;
}

/** How long reads take while so many clients do something without a pause. */
async function during(flood: Work, read: Work): Promise<number[]> {
  let over = false;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!over) await flood();
  });
  await flood();
  const times = await timesOf(read);
  over = true;
  await Promise.all(clients);
  return times;
}

async function prepared(): Promise<{ read: Work; signUp: Work; hash: Work; tally: Map<number, number> }> {
  const { accounts, bearerOf, newAccount, newSource, signIn } = await import('../tests/support/accounts.ts');
  const { call } = await import('../tests/support/call.ts');
  const username = await newAccount();
  const tokens = await signIn(username);
  const tally = new Map<number, number>();
  const argon2 = promisify(crypto.argon2);
  const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
  return {
    tally,
    read: async () => call(accounts, `GET /users/${username}`, { as: await bearerOf(tokens) }),
    async signUp() {
      const body = { username: `flood-${crypto.randomUUID()}`, password: 'correct horse battery' };
      const { status } = await call(accounts, 'POST /users', { body, sourceIp: newSource() });
      tally.set(status, (tally.get(status) ?? 0) + 1);
      if (status !== 201) await pause(REFUSED_MS);
    },
    hash: () => argon2('argon2id', { message: 'correct horse battery', nonce: crypto.randomBytes(16), ...cost }),
  };
}

await withEngines(async () => {
  await createContext('auth');
  const { read, signUp, hash, tally } = await prepared();
  await timesOf(read);
  const times = { rest: [] as number[], lanes: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.rest.push(...(await timesOf(read)));
    times.lanes.push(...(await during(signUp, read)));
    times.bare.push(...(await during(hash, read)));
  }
  report({
    'an authorised read at rest, median, ms': median(times.rest),
    'during a flood of sign-ups, median, ms': median(times.lanes),
    'during a flood of hashes without lanes, median, ms': median(times.bare),
    'slower during sign-ups, times': median(times.lanes) / median(times.rest),
    'slower without lanes, times': median(times.bare) / median(times.rest),
    'faster with the lanes than without, times (goal ≥ 10)': median(times.bare) / median(times.lanes),
    'at rest, 95 of 100, ms': slow(times.rest),
    'during sign-ups, 95 of 100, ms': slow(times.lanes),
    'without lanes, 95 of 100, ms': slow(times.bare),
    ...Object.fromEntries([...tally].map(([status, count]) => [`sign-ups answered ${status}`, count])),
  });
});
