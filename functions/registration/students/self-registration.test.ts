import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { admin, call, student } from '../../../tests/support/call.ts';
import { ledgerOf } from '../../../tests/support/fees.ts';
import { startAccounts } from '../../../tests/support/holders.ts';
import type { PeerStub } from '../../../tests/support/peer.ts';
import { read, register, registered, someEmail, somePhone } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler } from '../students.ts';

let accounts: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());

let names = 0;
const someone = (): string => `self${++names}`;

const registerSelf = (particulars: object = {}, username = someone()) =>
  call(handler, 'POST /register', {
    as: student(username),
    body: { name: 'Awa Gueye', email: someEmail(), ...particulars },
  });
const patch = (id: number, body: object) => call(handler, `PATCH /students/${id}`, { as: admin, body });

const taken = (code: string) => ({ status: 409, body: { code } });

test('what a student is answered does not depend on who else has their e-mail or phone', async () => {
  const [email, phone] = [someEmail(), somePhone()];
  await registered({ email, phone });
  const probes = [{}, { email }, { phone: somePhone() }, { phone }, { email, phone }];
  const prober = someone();
  const [first, again] = [[] as unknown[], [] as unknown[]];
  for (const probe of probes) {
    const { status, body } = await registerSelf(probe);
    first.push({ status, ...body, id: 0 });
  }
  await registerSelf({}, prober);
  for (const probe of probes) again.push({ ...(await registerSelf(probe, prober)).body, request_id: '' });
  expect(new Set(first.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(first[0]).toMatchObject({ status: 201 });
  expect(new Set(again.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(again[0]).toMatchObject({ code: 'account_already_registered' });
});

test('an account registers itself at most ten times an hour, at once or not, and others all the same', async () => {
  const prober = someone();
  const answers = await Promise.all(Array.from({ length: 30 }, () => registerSelf({}, prober)));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([201, ...Array(9).fill(409), ...Array(20).fill(429)]);
  const { body, headers } = await registerSelf({}, prober);
  expect(body.code).toBe('too_many_requests');
  expect(Number(headers['Retry-After'])).toBeGreaterThan(3500);
  expect((await registerSelf()).status).toBe(201);
  const now = clock.now;
  clock.now = () => now() + 3_601_000;
  expect((await registerSelf({}, prober)).status).toBe(409);
  clock.now = now;
});

test('an answer that was lost is had again by its key, uncounted', async () => {
  const username = someone();
  const send = () =>
    call(handler, 'POST /register', {
      as: student(username),
      body: { name: 'Awa Gueye', email: `${username}@campus.example` },
      headers: { 'Idempotency-Key': username },
    });
  const statuses = [];
  for (let i = 0; i < 15; i += 1) statuses.push((await send()).status);
  expect(statuses).toEqual(Array(15).fill(201));
});

test('whoever writes down an e-mail and a phone first does not keep them from their holder', async () => {
  const [email, phone] = [someEmail(), somePhone()];
  const squatter = (await registerSelf({ email, phone })).body.id;
  expect((await read(squatter)).body.status).toBe('pending');
  const holder = (await register({ email, phone })).body.id;
  expect((await read(holder)).body.status).toBe('enrolled');
  expect(await patch(squatter, { status: 'enrolled' })).toMatchObject(taken('email_taken'));
  expect(await patch(squatter, { email: someEmail(), class_name: '3B' })).toMatchObject(taken('phone_taken'));
  expect((await call(handler, `DELETE /students/${squatter}`, { as: admin })).status).toBe(204);
  expect(await register({ email })).toMatchObject(taken('email_taken'));
  expect(await register({ phone })).toMatchObject(taken('phone_taken'));
});

test.each([{ status: 'enrolled' }, { class_name: '3B' }])(
  'an admin accepts them by %j; from then on both are theirs alone',
  async (acceptance) => {
    const [email, phone] = [someEmail(), somePhone()];
    const { id } = (await registerSelf({ email, phone })).body;
    expect((await patch(id, { last_name: 'Sy' })).body.status).toBe('pending');
    expect((await patch(id, acceptance)).body.status).toBe('enrolled');
    expect(await register({ email })).toMatchObject(taken('email_taken'));
    expect(await register({ phone })).toMatchObject(taken('phone_taken'));
    await call(handler, `DELETE /students/${id}`, { as: admin });
    expect((await register({ email, phone })).status).toBe(201);
  },
);

test('the office finds those who wait', async () => {
  const { id } = (await registerSelf({ name: 'Waiting Here' })).body;
  await registered({ name: 'Waiting Not' });
  const { body } = await call(handler, 'GET /students?first_name=waiting&status=pending', { as: admin });
  expect(body.map((one: { id: number }) => one.id)).toEqual([id]);
});

test('no student accepts themself', async () => {
  expect((await registerSelf({ status: 'enrolled' })).status).toBe(400);
  const username = someone();
  const { id } = (await registerSelf({}, username)).body;
  const answer = await call(handler, `PATCH /students/${id}`, { as: student(username), body: { status: 'enrolled' } });
  expect(answer.status).toBe(403);
});

test('whoever waits owes nothing; from their acceptance on they owe the enrolment fee, once', async () => {
  const { id } = (await registerSelf({ class_name: 'Terminale' })).body;
  expect(await ledgerOf(id)).toMatchObject({ fees: [], balance: 0, paid: true, overdue: 0 });
  expect((await call(handler, `GET /students/${id}`, { as: admin })).body).toMatchObject({
    status: 'pending',
    paid: true,
  });
  expect((await patch(id, { status: 'enrolled' })).body).toMatchObject({ status: 'enrolled', paid: false });
  await patch(id, { status: 'enrolled', class_name: 'Seconde' });
  expect(await ledgerOf(id)).toMatchObject({ fees: [{ amount: 50_000 }], balance: 50_000, paid: false });
  expect((await call(handler, 'GET /students?paid=false&limit=200', { as: admin })).body).toContainEqual(
    expect.objectContaining({ id }),
  );
});
