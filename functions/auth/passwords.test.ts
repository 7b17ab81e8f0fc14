import * as crypto from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { keyPart } from '../../platform/base/key-part.ts';
import { attempt, storeAccount } from '../../tests/support/accounts.ts';

import { createContext } from '../../tests/support/tables.ts';
import { find } from './account-store.ts';
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
    await storeAccount(username, password_hash);
    expect((await attempt(username, 'wrong')).status).toBe(401);
    expect((await find(keyPart(username)))?.password_hash).toBe(password_hash);
    expect((await attempt(username, 'an old password')).status).toBe(200);
    const renewed = (await find(keyPart(username)))?.password_hash ?? '';
    expect(isOutdated(renewed)).toBe(false);
    expect((await attempt(username, 'an old password')).status).toBe(200);
  });

  test('that cannot be read opens to nothing', async () => {
    await expect(passwordMatches('', '')).rejects.toThrow();
    await expect(passwordMatches('x', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$')).rejects.toThrow();
  });
});
