import * as crypto from 'node:crypto';
import { beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { dynamo } from '../../platform/data/client.ts';
import { commandsOf } from '../../tests/support/faults.ts';
import { createContext } from '../../tests/support/tables.ts';

/** Each computation of argon2, without the password and the salt themselves. */
const computed: object[] = [];

jest.unstable_mockModule('node:crypto', () => ({
  ...crypto,
  argon2: (...[algorithm, parameters, done]: Parameters<typeof crypto.argon2>) => {
    const { message, nonce, ...cost } = parameters;
    computed.push({ algorithm, ...cost, salt: Buffer.from(nonce as Buffer).length, length: message.toString().length });
    crypto.argon2(algorithm, parameters, done);
  },
}));
// Loaded after the recorder is in place, as everything that leads to it must be.
const { attempt, newAccount, newSource } = await import('../../tests/support/accounts.ts');

beforeAll(async () => {
  await createContext('auth');
});
beforeEach(() => {
  computed.length = 0;
});

/** What one attempt in vain takes. */
async function workOf(username: string): Promise<{ commands: string[]; hashes: object[] }> {
  const commands = await commandsOf(dynamo, async () => {
    const { status, body } = await attempt(username, 'wrong', newSource());
    expect([status, body.code]).toEqual([401, 'invalid_credentials']);
  });
  return { commands: commands.toSorted(), hashes: computed.splice(0) };
}

test('an unknown username takes the work to refuse that a wrong password takes', async () => {
  const known = await newAccount();
  computed.length = 0;
  const wrong = await workOf(known);
  expect(wrong.hashes).toHaveLength(1);
  expect(await workOf(`nobody-${known}`)).toEqual(wrong);
  expect(await workOf(`nobody-else-${known}`)).toEqual(wrong);
});
