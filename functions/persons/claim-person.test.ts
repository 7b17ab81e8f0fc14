import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { admin, call, student, teacher } from '../../tests/support/call.ts';
import { knowEverybody, NOBODY, startAccounts } from '../../tests/support/holders.ts';
import { FAULTS, type PeerStub } from '../../tests/support/peer.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler } from './persons.ts';

let accounts: PeerStub;

beforeAll(async () => {
  await createContext('persons', 'health');
  accounts = await startAccounts();
});
beforeEach(() => knowEverybody(accounts));
afterAll(() => accounts.stop());

const create = (particulars: object = {}, as = admin) =>
  call(handler, 'POST /persons', { as, body: { name: 'Awa Diop', ...particulars } });
const replace = (id: number, particulars: object) =>
  call(handler, `PUT /persons/${id}`, { as: admin, body: { name: 'Awa Diop', ...particulars } });
const read = async (id: number) => (await call(handler, `GET /persons/${id}`, { as: admin })).body;
const issue = (id: number, as = admin) => call(handler, `POST /persons/${id}/claim-code`, { as });
const claim = (code: string, as = student('awa')) => call(handler, 'POST /persons/claim', { as, body: { code } });

const unknown = { status: 409, body: { code: 'unknown_username' } };

test('no person is bound to a username that nobody has, nor by a teacher to an admin’s', async () => {
  expect(await create({ username: NOBODY })).toMatchObject(unknown);
  expect(await create({ username: 'director' }, teacher)).toMatchObject(unknown);
  expect((await create({ username: 'director' })).status).toBe(201);
  expect((await create({ username: 'prof' }, teacher)).status).toBe(201);
  const { id } = (await create()).body;
  expect(await replace(id, { username: NOBODY })).toMatchObject(unknown);
  expect(await read(id)).not.toHaveProperty('username');
});

test('while the accounts service is down no person is bound to anybody', async () => {
  const { id } = (await create({ username: 'victor' })).body;
  accounts.behave(FAULTS['answers HTML'] as never);
  for (const answer of [await create({ username: 'kilian' }), await replace(id, { username: 'kilian' })])
    expect(answer).toMatchObject({ status: 503, body: { code: 'peer_unavailable' } });
  expect((await replace(id, { username: 'victor', email: 'v@example.org' })).status).toBe(200);
  expect((await read(id)).username).toBe('victor');
});

test('whoever was recorded before they signed up claims their record by a code, once', async () => {
  const { id } = (await create()).body;
  const issued = await issue(id);
  expect([issued.status, issued.headers.Location]).toEqual([201, `/persons/${id}`]);
  expect(await claim(issued.body.code)).toMatchObject({ status: 200, body: { id, username: 'awa', name: 'Awa Diop' } });
  expect((await call(handler, `GET /persons/${id}`, { as: student('awa') })).status).toBe(200);
  expect(await claim(issued.body.code, teacher)).toMatchObject({ status: 404, body: { code: 'claim_code_not_found' } });
  expect(await issue(id)).toMatchObject({ status: 409, body: { code: 'already_claimed' } });
});

test('a code of a person who was deleted serves nobody, and codes cannot be guessed through', async () => {
  const { id } = (await create()).body;
  const { code } = (await issue(id)).body;
  await call(handler, `DELETE /persons/${id}`, { as: admin });
  const tries = Array.from({ length: 12 }, () => claim(code, student('guesser')));
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([...Array(10).fill(404), 429, 429]);
});

test('codes are handed out by admins only', async () => {
  const { id } = (await create()).body;
  for (const as of [teacher, student('awa')]) expect((await issue(id, as)).status).toBe(403);
  expect((await issue(999_999)).body.code).toBe('person_not_found');
});
