import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../../platform/data/client.ts';
import { admin, call, student, teacher } from '../../../tests/support/call.ts';
import { commandsOf, intervening, meanwhile } from '../../../tests/support/faults.ts';
import { startAccounts } from '../../../tests/support/holders.ts';
import type { PeerStub } from '../../../tests/support/peer.ts';
import { read, register, registered, someEmail, somePhone } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as fees } from '../fees.ts';
import { handler } from '../students.ts';

let accounts: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());

const patch = (id: number, body: unknown, headers: Record<string, string> = {}) =>
  call(handler, `PATCH /students/${id}`, { as: admin, body, headers });

const erase = (id: number, headers: Record<string, string> = {}) =>
  call(handler, `DELETE /students/${id}`, { as: admin, headers });

describe('reading', () => {
  test('one student is one GetItem', async () => {
    const id = await registered();
    expect(await commandsOf(dynamo, () => read(id))).toEqual(['GetItem']);
  });

  test('staff and the owner read a student; a stranger cannot tell them from a missing one', async () => {
    const id = await registered({ username: 'own.reader' });
    for (const as of [admin, teacher, student('own.reader')])
      expect((await call(handler, `GET /students/${id}`, { as })).status).toBe(200);
    const stranger = await call(handler, `GET /students/${id}`, { as: student('stranger') });
    const missing = await call(handler, 'GET /students/999999', { as: student('stranger') });
    expect([stranger.status, missing.status]).toEqual([404, 404]);
    expect({ ...stranger.body, request_id: '' }).toEqual({ ...missing.body, request_id: '' });
  });

  test('a student who has not changed is not sent again', async () => {
    const id = await registered();
    const headers = { 'If-None-Match': '"1"' };
    expect((await call(handler, `GET /students/${id}`, { as: admin, headers })).status).toBe(304);
  });

  test.each(['0', '-1', '1.5', '%00', '9007199254740992', 'abc'])('the id %s is refused', async (id) => {
    for (const verb of ['GET', 'PATCH', 'DELETE'])
      expect((await call(handler, `${verb} /students/${id}`, { as: admin, body: {} })).status).toBe(400);
  });
});

describe('changing', () => {
  test('leaves what is absent, takes away what is null', async () => {
    const id = await registered({ name: 'Awa Ba', class_name: 'L2', phone: somePhone(), username: 'merge.awa' });
    const { status, body, headers } = await patch(id, {
      last_name: 'Sy',
      class_name: null,
      phone: null,
      username: null,
    });
    expect([status, headers.ETag]).toEqual([200, '"2"']);
    expect(body).toMatchObject({ name: 'Awa Sy', first_name: 'Awa', last_name: 'Sy', email: expect.any(String) });
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['class_name']));
    expect((await read(id)).body).toEqual(body);
    const found = await call(handler, 'GET /students?class_name=L2', { as: admin });
    expect(found.body).toEqual([]);
  });

  test('moves the email and the phone, and frees the old ones', async () => {
    const [email, phone] = [someEmail(), somePhone()];
    const id = await registered({ email, phone });
    expect((await patch(id, { email: someEmail(), phone: somePhone() })).status).toBe(200);
    expect((await register({ email, phone })).status).toBe(201);
    expect((await patch(id, { email })).body.code).toBe('email_taken');
    expect((await patch(id, { phone })).body.code).toBe('phone_taken');
  });

  test('a stale If-Match is refused and changes nothing', async () => {
    const id = await registered();
    expect((await patch(id, { class_name: 'A' }, { 'If-Match': '"1"' })).status).toBe(200);
    expect((await patch(id, { class_name: 'B' }, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await patch(id, { class_name: 'B' }, { 'If-Match': 'W/"1"' })).status).toBe(412);
    expect((await erase(id, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await read(id)).body.class_name).toBe('A');
  });

  test('of ten writers with the same If-Match, one wins', async () => {
    const id = await registered();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => patch(id, { class_name: `C${i}` }, { 'If-Match': '"1"' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(412)]);
  });

  test('twenty writers at once all get through, and leave one whole record', async () => {
    const id = await registered();
    const emails = Array.from({ length: 20 }, someEmail);
    const answers = await Promise.all(
      emails.map((email, i) => patch(id, { email, name: `Awa N${i}`, class_name: `C${i}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const { body, headers } = await read(id);
    const last = emails.indexOf(body.email);
    expect([body.name, body.class_name, headers.ETag]).toEqual([`Awa N${last}`, `C${last}`, '"21"']);
    const free = emails.filter((_, i) => i !== last);
    expect((await Promise.all(free.map((email) => register({ email })))).map(({ status }) => status)).toEqual(
      Array(19).fill(201),
    );
  });

  test('an If-Match that goes stale between the read and the write is refused', async () => {
    const id = await registered();
    const other = () => patch(id, { class_name: 'Other' });
    const { status } = await intervening(dynamo, meanwhile('TransactWriteItems', other), () =>
      patch(id, { class_name: 'Mine' }, { 'If-Match': '"1"' }),
    );
    expect([status, (await read(id)).body.class_name]).toEqual([412, 'Other']);
  });

  test('a payment while others write is not lost, nor are they', async () => {
    const id = await registered();
    await Promise.all([
      ...Array.from({ length: 5 }, (_, i) => patch(id, { class_name: `P${i}` })),
      call(fees, `POST /pay/${id}`, { as: admin }),
    ]);
    const { body, headers } = await read(id);
    expect([body.paid, headers.ETag]).toEqual([true, '"7"']);
  });

  test.each([
    { paid: true },
    { id: 7 },
    { version: 9 },
    { email: null },
    { name: null },
    { name: '' },
    { first_name: null, last_name: null },
    [],
    { notified: true },
  ])('%j is refused', async (body) => {
    const id = await registered();
    expect((await patch(id, body)).status).toBe(400);
    expect((await read(id)).headers.ETag).toBe('"1"');
  });

  test('only admins change and delete', async () => {
    const id = await registered({ username: 'own.changer' });
    for (const as of [teacher, student('own.changer')]) {
      expect((await call(handler, `PATCH /students/${id}`, { as, body: {} })).status).toBe(403);
      expect((await call(handler, `DELETE /students/${id}`, { as })).status).toBe(403);
    }
  });
});

describe('deleting', () => {
  test('frees what the student had at that very moment', async () => {
    const [id, email] = [await registered(), someEmail()];
    const { status } = await intervening(
      dynamo,
      meanwhile('TransactWriteItems', () => patch(id, { email })),
      () => erase(id),
    );
    expect(status).toBe(204);
    expect((await register({ email })).status).toBe(201);
  });

  test('frees email, phone and account, and the id is gone for good', async () => {
    const particulars = { email: someEmail(), phone: somePhone(), username: 'comes.back' };
    const id = await registered(particulars);
    expect((await erase(id)).status).toBe(204);
    expect((await read(id)).status).toBe(404);
    expect((await erase(id)).status).toBe(404);
    expect((await patch(id, { class_name: 'X' })).status).toBe(404);
    expect((await call(fees, `POST /pay/${id}`, { as: admin })).status).toBe(404);
    expect(await registered(particulars)).toBeGreaterThan(id);
  });
});
