import { beforeAll, describe, expect, test } from '@jest/globals';
import { keyPart } from '../../platform/base/key-part.ts';
import { accounts, newAccount, openAccounts } from '../../tests/support/accounts.ts';
import { admin, call, type Identity, type Received } from '../../tests/support/call.ts';
import { find } from './account-store.ts';

beforeAll(async () => {
  await openAccounts();
});

const ROUNDS = 20;

type Removal = (whom: string, as: Identity) => Promise<Received>;

const removals: readonly [string, Removal][] = [
  ['demote', (whom, as) => call(accounts, `PUT /users/${whom}`, { as, body: { role: 'teacher' } })],
  ['disable', (whom, as) => call(accounts, `PUT /users/${whom}`, { as, body: { disabled: true } })],
  ['delete', (whom, as) => call(accounts, `DELETE /users/${whom}`, { as })],
];

const adminCalled = (username: string): Identity => ({ username, role: 'admin' });

const isAdmin = async (username: string): Promise<boolean> => {
  const account = await find(keyPart(username));
  return account?.role === 'admin' && !account.disabled;
};

describe('two admins', () => {
  test.each(removals)('who %s each other at once leave one of them', async (_, remove) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [one, other] = await Promise.all([newAccount('admin', 'one'), newAccount('admin', 'other')]);
      const answers = await Promise.all([remove(other, adminCalled(one)), remove(one, adminCalled(other))]);
      expect([await isAdmin(one), await isAdmin(other)].sort()).toEqual([false, true]);
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
      expect(answers.find(({ status }) => status >= 300)?.body.code).toBe('forbidden');
    }
  });
});

describe('somebody who was an admin when they were let in, and is none any more', () => {
  test.each([{ role: 'student' }, { disabled: true }])('changes nobody once they are %j', async (body) => {
    const [former, victim] = [await newAccount('admin'), await newAccount()];
    const as = adminCalled(former);
    expect((await call(accounts, `PUT /users/${former}`, { as: admin, body })).status).toBe(200);
    for (const [, remove] of removals) expect((await remove(victim, as)).body.code).toBe('forbidden');
    const change = { role: 'admin', disabled: false };
    expect((await call(accounts, `PUT /users/${former}`, { as, body: change })).body.code).toBe('forbidden');
    expect(await find(keyPart(victim))).toMatchObject({ role: 'student', disabled: false, version: 1 });
    expect(await isAdmin(former)).toBe(false);
  });

  test('changes nobody once their account is deleted', async () => {
    const [former, victim] = [await newAccount('admin'), await newAccount()];
    await call(accounts, `DELETE /users/${former}`, { as: admin });
    for (const [, remove] of removals) expect((await remove(victim, adminCalled(former))).body.code).toBe('forbidden');
    expect(await find(keyPart(victim))).toMatchObject({ version: 1 });
  });
});
