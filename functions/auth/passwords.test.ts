import * as crypto from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { attempt, newSource } from '../../tests/support/accounts.ts';
import { createContext } from '../../tests/support/tables.ts';
import { draftAccount, findAccount, insertAccount } from './account-store.ts';
import { hashPassword, isOutdated, passwordMatches } from './passwords.ts';

beforeAll(async () => {
  await createContext('auth');
});

/** A hash as an earlier release, with weaker parameters, would have stored it. */
function weakHash(password: string): string {
  const nonce = crypto.randomBytes(16);
  const tag = crypto.argon2Sync('argon2id', {
    message: password,
    nonce,
    memory: 8192,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  });
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=8192,t=1,p=1$${text(nonce)}$${text(tag)}`;
}

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

describe('a stored password', () => {
  test('is a PHC string of argon2id at OWASP’s minimum or above, salted', async () => {
    const [one, other] = [await hashPassword('same'), await hashPassword('same')];
    const [, memory, passes, lanes, salt, tag] =
      /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]{22})\$([\w+/]{43})$/.exec(one) ?? [];
    expect(Number(memory)).toBeGreaterThanOrEqual(19_456);
    expect([Number(passes) >= 2, lanes, Boolean(salt), Boolean(tag)]).toEqual([true, '1', true, true]);
    expect(one).not.toBe(other);
    expect([await passwordMatches('same', one), await passwordMatches('Same', one)]).toEqual([true, false]);
  });

  test('of weaker parameters still opens, and is made anew at that sign-in', async () => {
    const username = `old-${crypto.randomUUID().slice(0, 8)}`;
    const password_hash = weakHash('an old password');
    expect(isOutdated(password_hash)).toBe(true);
    await insertAccount(draftAccount({ username, role: 'student', password_hash }));
    expect((await attempt(username, 'wrong')).status).toBe(401);
    expect((await findAccount(username))?.password_hash).toBe(password_hash);
    expect((await attempt(username, 'an old password')).status).toBe(200);
    const renewed = (await findAccount(username))?.password_hash ?? '';
    expect(isOutdated(renewed)).toBe(false);
    expect((await attempt(username, 'an old password')).status).toBe(200);
  });

  test('that cannot be read opens to nothing', async () => {
    await expect(passwordMatches('', '')).rejects.toThrow();
    await expect(passwordMatches('x', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$')).rejects.toThrow();
  });
});

test('an unknown username takes as long to refuse as a wrong password', async () => {
  const username = `timed-${crypto.randomUUID().slice(0, 8)}`;
  await insertAccount(draftAccount({ username, role: 'student', password_hash: await hashPassword('some password') }));
  const timeOf = async (name: string): Promise<number> => {
    const start = process.hrtime.bigint();
    await attempt(name, 'wrong', newSource());
    return Number(process.hrtime.bigint() - start);
  };
  await timeOf('warm-up-of-both-paths');
  const [known, unknown]: [number[], number[]] = [[], []];
  // One after the other in turn, so that whatever else the machine does slows both alike.
  for (let i = 0; i < 4; i += 1) {
    known.push(await timeOf(username));
    unknown.push(await timeOf(`nobody-${username}-${i}`));
  }
  const ratio = median(unknown) / median(known);
  expect(ratio).toBeGreaterThan(0.6);
  expect(ratio).toBeLessThan(1.7);
});
