import { beforeAll, expect, test } from '@jest/globals';
import {
  accounts,
  attempt,
  bearerOf,
  newAccount,
  openAccounts,
  password,
  signIn,
} from '../../tests/support/accounts.ts';
import { admin, call, type Identity, student, teacher } from '../../tests/support/call.ts';
import { loadDemo } from './demo.ts';

beforeAll(async () => {
  await openAccounts();
});

const give = (username: string, role: string, as: Identity) =>
  call(accounts, `PUT /users/${username}`, { as, body: { role } });

test('the role of a guardian is given by an admin, and by nobody else', async () => {
  const username = await newAccount();
  expect((await give(username, 'guardian', student(username))).status).toBe(403);
  expect((await give(username, 'guardian', teacher)).status).toBe(404);
  expect((await give(username, 'guardian', admin)).body.role).toBe('guardian');
  expect((await bearerOf(await signIn(username))).role).toBe('guardian');
});

test('a guardian is to accounts what a student is: their own only, and no role to give', async () => {
  const [username, other] = [await newAccount('guardian'), await newAccount()];
  const as = { username, role: 'guardian' } as const;
  expect((await call(accounts, `GET /users/${username}`, { as })).body.role).toBe('guardian');
  expect((await call(accounts, `GET /users/${other}`, { as })).status).toBe(404);
  expect((await give(username, 'teacher', as)).status).toBe(403);
  expect((await give(other, 'guardian', as)).status).toBe(404);
  expect((await call(accounts, 'GET /users', { as })).status).toBe(403);
});

test('the name of a guardian, who is no staff, keeps nobody from signing up under one like it', async () => {
  const username = await newAccount('guardian', 'scope');
  await give(username, 'guardian', admin);
  const like = username.replace('scope', 'sc0pe');
  const { status, body } = await call(accounts, 'POST /users', { body: { username: like, password } });
  expect([status, body.role]).toEqual([201, 'student']);
});

test('the demo has a guardian', async () => {
  await loadDemo();
  expect((await attempt('parent', 'parent')).body).toMatchObject({ username: 'parent', role: 'guardian' });
});
