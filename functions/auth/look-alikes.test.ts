import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { keyPart } from '../../platform/base/key-part.ts';
import { accounts, newAccount, openAccounts, password } from '../../tests/support/accounts.ts';
import { admin, call } from '../../tests/support/call.ts';
import { find } from './account-store.ts';
import { skeletonOf } from './look-alikes.ts';

beforeAll(async () => {
  await openAccounts();
});

const signUp = (username: string) => call(accounts, 'POST /users', { body: { username, password } });

/** Letters of its own for each name: some digits look like letters. */
const mark = (): string =>
  randomUUID()
    .replaceAll(/[^a-f]/g, '')
    .padEnd(12, 'x');

test.each([
  ['admin', 'admın'],
  ['admin', 'ádmin'],
  ['admin', 'adm1n'],
  ['admin', 'ad-min'],
  ['admin', 'ᴀᴅᴍɪɴ'],
  ['admin', 'adrnin'],
  ['root', 'r00t'],
  ['root', 'ɼoot'],
  ['scope', 'ѕсоре'],
  ['boss', 'ɓoss'],
  ['awa.diop', 'awa_diop'],
])('%s looks like %s', (one, other) => {
  expect(skeletonOf(other)).toBe(skeletonOf(one));
});

test.each([
  ['awa', 'eva'],
  ['admin', 'admins'],
  ['diop', 'diof'],
  ['мама', 'папа'],
  ['佐藤', '佐々木'],
])('%s does not look like %s', (one, other) => {
  expect(skeletonOf(other)).not.toBe(skeletonOf(one));
});

describe('signing up', () => {
  test.each([
    'admin',
    'ADMIN',
    'admın',
    'ádmin',
    'adm1n',
    'root',
    'r00t',
    'administrator',
    'Administrateur',
    'anonymous',
  ])('as %s is refused: the name speaks for the school', async (username) => {
    const { status, body } = await signUp(username);
    expect([status, body.code]).toEqual([409, 'reserved_username']);
  });

  test.each(['teacher', 'admin'])(
    'with a name that looks like a %s’s is refused, also once they left',
    async (role) => {
      const name = mark();
      expect((await signUp(`léon-${name}`)).status).toBe(201);
      expect((await signUp(`leon-${name}`)).status).toBe(201);
      await call(accounts, `PUT /users/léon-${name}`, { as: admin, body: { role } });
      const alike = [`le0n-${name}`, `1eon.${name}`, `leoɴ-${name}`];
      for (const one of alike) expect((await signUp(one)).body.code).toBe('reserved_username');
      expect((await signUp(`léon-${name}`)).body.code).toBe('username_taken');
      await call(accounts, `DELETE /users/léon-${name}`, { as: admin });
      for (const one of alike) expect((await signUp(one)).body.code).toBe('reserved_username');
      expect((await signUp(`noel-${name}`)).status).toBe(201);
    },
  );

  test('with a name that looks like that of staff who never signed up is refused', async () => {
    const username = await newAccount('teacher', 'héloïse');
    expect((await signUp(username.replace('héloïse', 'heloise'))).body.code).toBe('reserved_username');
    expect((await find(keyPart(username)))?.role).toBe('teacher');
  });
});
