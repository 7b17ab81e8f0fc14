import * as crypto from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { attempt, newAccount, password } from '../../tests/support/accounts.ts';
import { everything } from '../../tests/support/shop-books.ts';
import { createContext } from '../../tests/support/tables.ts';
import { hashPassword } from './passwords.ts';

let table = '';

beforeAll(async () => {
  ({ AUTH_TABLE: table = '' } = await createContext('auth'));
});

type Parameters = { memory: number; passes: number; parallelism: number };

const parametersOf = (hash: string): Parameters => {
  const [, memory, passes, parallelism] = /\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(hash)?.map(Number) ?? [];
  return { memory: memory ?? 0, passes: passes ?? 0, parallelism: parallelism ?? 0 };
};

/** A hash as a release with other parameters would have stored it. */
function hashedWith({ memory, passes, parallelism }: Parameters): string {
  const nonce = crypto.randomBytes(16);
  const cost = { memory, passes, parallelism, tagLength: 32 };
  const tag = crypto.argon2Sync('argon2id', { message: password, nonce, ...cost });
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(nonce)}$${text(tag)}`;
}

/** What is stored of a password that was hashed so, before and after its owner signed in. */
async function signedIn(parameters: Parameters): Promise<{ before: string; after: string }> {
  const before = hashedWith(parameters);
  const username = await newAccount('student', 'rehash', before);
  expect((await attempt(username, password)).status).toBe(200);
  const account = (await everything(table)).find((item) => item.username === username && item.password_hash);
  return { before, after: String(account?.password_hash) };
}

describe('signing in', () => {
  test.each([
    ['less memory', { memory: -8 }],
    ['fewer passes', { passes: -1 }],
    ['other lanes', { parallelism: 1 }],
  ] as const)('makes a hash of %s than today’s anew', async (_, difference: Partial<Parameters>) => {
    const today = parametersOf(await hashPassword('any'));
    const other = { ...today };
    for (const name of ['memory', 'passes', 'parallelism'] as const) other[name] += difference[name] ?? 0;
    const { after } = await signedIn(other);
    expect(parametersOf(after)).toEqual(today);
  });

  test.each([
    ['of today', {}],
    ['that is stronger', { memory: 1024, passes: 1 }],
  ])('leaves a hash %s alone', async (_, difference: Partial<Parameters>) => {
    const today = parametersOf(await hashPassword('any'));
    const { memory = 0, passes = 0 } = difference;
    const { before, after } = await signedIn({
      ...today,
      memory: today.memory + memory,
      passes: today.passes + passes,
    });
    expect(after).toBe(before);
  });
});
