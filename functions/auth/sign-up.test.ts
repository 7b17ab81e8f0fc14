import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { keyPart } from '../../platform/base/key-part.ts';
import { until } from '../../project/until.ts';
import { accounts, attempt, newAccount, newSource, opens, password, signIn } from '../../tests/support/accounts.ts';
import { call, type Received } from '../../tests/support/call.ts';
import { createContext } from '../../tests/support/tables.ts';
import { find } from './account-store.ts';
import { lanes } from './passwords.ts';

beforeAll(async () => {
  await createContext('auth');
});

const { now } = clock;
const { SIGN_UPS_PER_HOUR: usual } = process.env;
afterEach(() => {
  clock.now = now;
  process.env.SIGN_UPS_PER_HOUR = usual ?? '300';
});

const newName = (): string => `new-${randomUUID().slice(0, 13)}`;
const signUp = (username = newName(), sourceIp = newSource()): Promise<Received> =>
  call(accounts, 'POST /users', { body: { username, password }, sourceIp });

describe('a flood of sign-ups', () => {
  /** Has this many hashes under way that end only when told to. */
  function hold(lane: (typeof lanes)[keyof typeof lanes], count: number): () => Promise<unknown> {
    let letGo = (): void => undefined;
    const door = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const held = Array.from({ length: count }, () => lane.run(() => door));
    return () => {
      letGo();
      return Promise.all(held);
    };
  }

  test('is told to come back once 65 are at it, and stops neither who signs in nor the verification of tokens', async () => {
    const username = await newAccount();
    const { access_token } = await signIn(username);
    const [letIn, late] = [newName(), newName()];
    const release = hold(lanes.making, 64);
    const last = signUp(letIn);
    await until(async () => lanes.making.taken === 65);
    const { status, body, headers } = await signUp(late);
    expect([status, body.code, headers['Retry-After']]).toEqual([503, 'busy', '1']);
    expect((await attempt(username, password)).status).toBe(200);
    expect(await opens(access_token)).toBe(true);
    await release();
    expect((await last).status).toBe(201);
    expect(await find(keyPart(late))).toBeUndefined();
    expect((await signUp(late)).status).toBe(201);
  });

  test('never has two hashes of new passwords under way at once, nor more than two of all', () => {
    const releases = [hold(lanes.making, 3), hold(lanes.comparing, 3)];
    expect(() => lanes.making.mustHaveRoom()).not.toThrow();
    expect([lanes.making.atWork, lanes.comparing.atWork]).toEqual([1, 1]);
    return Promise.all(releases.map((release) => release()));
  });
});

describe('signing up from one network', () => {
  test('is slowed after so many in an hour, also where the name is taken, and no other network with it', async () => {
    process.env.SIGN_UPS_PER_HOUR = '3';
    const instant = now();
    clock.now = () => instant;
    const [first, source] = [newName(), newSource()];
    expect((await signUp(first, source)).status).toBe(201);
    expect((await signUp(first, source)).status).toBe(409);
    expect((await signUp(newName(), source)).status).toBe(201);
    const { status, body, headers } = await signUp(newName(), source);
    expect([status, body.code, headers['Retry-After']]).toEqual([429, 'too_many_attempts', '1']);
    expect((await signUp(newName(), newSource())).status).toBe(201);
    expect((await attempt(first, password, source)).status).toBe(200);
    clock.now = () => instant + 1000;
    expect((await signUp(newName(), source)).status).toBe(201);
    expect((await signUp(newName(), source)).headers['Retry-After']).toBe('2');
    clock.now = () => instant + 3602 * 1000;
    for (let i = 0; i < 3; i += 1) expect((await signUp(newName(), source)).status).toBe(201);
  });
});
