import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../../platform/data/client.ts';
import { admin, call, student, teacher } from '../../../tests/support/call.ts';
import { commandsOf } from '../../../tests/support/faults.ts';
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

const codes = ({ body }: { body: { errors?: { pointer: string; code: string }[] } }): string[] =>
  (body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);

test('registering answers the words of the source document and where the student is', async () => {
  const { status, body, headers } = await register({ name: 'Jean Dupont' });
  expect(status).toBe(201);
  expect(body).toEqual({ message: 'Etudiant enregistré avec succès', id: expect.any(Number) });
  expect(headers.Location).toBe(`/students/${body.id}`);
  const { body: stored } = await read(body.id);
  expect(stored).toMatchObject({ name: 'Jean Dupont', first_name: 'Jean', last_name: 'Dupont', paid: false });
});

test('ids are positive integers and never given twice', async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => registered()));
  expect(new Set(ids).size).toBe(10);
  expect(ids.every((id) => Number.isSafeInteger(id) && id > 0)).toBe(true);
});

test('registering is two round trips', async () => {
  await expect(commandsOf(dynamo, () => registered({ phone: somePhone() }))).resolves.toEqual([
    'UpdateItem',
    'TransactWriteItems',
  ]);
});

describe('what is unique', () => {
  test('an email, whatever its case', async () => {
    const email = someEmail();
    await registered({ email });
    const { status, body } = await register({ email: ` ${email.toUpperCase()} ` });
    expect([status, body.code]).toEqual([409, 'email_taken']);
  });

  test('a phone number, in each of its spellings', async () => {
    await registered({ phone: '77 654 32 10' });
    for (const phone of ['+221 77 654 32 10', '00221776543210', '(77) 654-32-10']) {
      const { status, body } = await register({ phone });
      expect([phone, status, body.code]).toEqual([phone, 409, 'phone_taken']);
    }
  });

  test('an account', async () => {
    await registered({ username: 'moussa' });
    const { status, body } = await register({ username: 'MOUSSA' });
    expect([status, body.code]).toEqual([409, 'account_already_registered']);
  });

  test('of twenty registrations of one email at once, one goes in', async () => {
    const email = someEmail();
    const answers = await Promise.all(Array.from({ length: 20 }, () => register({ email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
  });

  test('a refused registration leaves nothing behind', async () => {
    const [email, phone] = [someEmail(), somePhone()];
    await registered({ email });
    expect((await register({ email, phone })).status).toBe(409);
    expect((await register({ phone })).status).toBe(201);
  });
});

describe('who may', () => {
  test('a student registers themself, and the record is theirs', async () => {
    const { status, body } = await call(handler, 'POST /register', {
      as: student('awa'),
      body: { name: 'Awa Gueye', email: someEmail() },
    });
    expect(status).toBe(201);
    expect((await read(body.id)).body.username).toBe('awa');
  });

  test('a student cannot register somebody else', async () => {
    const body = { name: 'Awa Gueye', email: someEmail(), username: 'victor' };
    const answer = await call(handler, 'POST /register', { as: student('binta'), body });
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
  });

  test('a teacher registers a student who has no account', async () => {
    const answer = await call(handler, 'POST /register', { as: teacher, body: { name: 'Ali Ba', email: someEmail() } });
    expect(answer.status).toBe(201);
    expect((await read(answer.body.id)).body).not.toHaveProperty('username');
  });

  test('nobody without a token', async () => {
    expect((await call(handler, 'POST /register', { body: {} })).status).toBe(401);
  });
});

describe('an Idempotency-Key', () => {
  const send = (key: string, email: string, name = 'Ali Ba') =>
    call(handler, 'POST /register', { as: admin, body: { name, email }, headers: { 'Idempotency-Key': key } });

  test('gives twenty calls at once the same answer and one student', async () => {
    const email = someEmail();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('same-key', email)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
  });

  test('with another body is refused', async () => {
    const email = someEmail();
    await send('other-body', email);
    expect((await send('other-body', email, 'Ali Baba')).status).toBe(422);
  });
});

describe('bad input', () => {
  test.each([
    [{ email: 'a@b.sn' }, '#/name required'],
    [{ name: 'A B' }, '#/email no_way_to_reach'],
    [{ name: 'A B', contacts: [{ name: 'C D', relation: 'mère', legal: true }] }, '#/email no_way_to_reach'],
    [{ name: '', email: 'a@b.sn' }, '#/name too_small'],
    [{ name: '   ', email: 'a@b.sn' }, '#/name too_small'],
    [{ name: 'A'.repeat(10_000), email: 'a@b.sn' }, '#/name too_big'],
    [{ name: 'A\0B', email: 'a@b.sn' }, '#/name control_character'],
    [{ name: 'A \u202egnp.exe', email: 'a@b.sn' }, '#/name control_character'],
    [{ name: 12, email: 'a@b.sn' }, '#/name invalid_type'],
    [{ name: null, email: 'a@b.sn' }, '#/name invalid_type'],
    [{ name: 'A B', email: 'nowhere' }, '#/email invalid_format'],
    [{ name: 'A B', email: 'a@b.sn', phone: '12' }, '#/phone invalid_phone'],
    [{ name: 'A B', email: 'a@b.sn', phone: 'call me on 776543210' }, '#/phone invalid_phone'],
    [{ name: 'A B', email: 'a@b.sn', username: '../x' }, '#/username invalid_format'],
    [{ name: 'A B', email: 'a@b.sn', paid: true }, '#/paid unknown_field'],
    [{ name: 'A B', email: 'a@b.sn', id: 1 }, '#/id unknown_field'],
    [{ name: 'A B', email: 'a@b.sn', role: 'admin' }, '#/role unknown_field'],
  ])('%j is refused by field', async (body, refusal) => {
    const answer = await call(handler, 'POST /register', { as: admin, body });
    expect(answer.status).toBe(400);
    expect(codes(answer)).toContain(refusal);
  });

  test.each(['', '[]', '"x"', 'null', '{', '{"name":"A","name":"B"}', `${'['.repeat(10_000)}`])(
    'the body %.20s is refused',
    async (rawBody) => {
      const headers = { 'Content-Type': 'application/json' };
      expect((await call(handler, 'POST /register', { as: admin, rawBody, headers })).status).toBe(400);
    },
  );

  test('__proto__ is an unknown field like any other', async () => {
    const rawBody = `{"name":"A B","email":"${someEmail()}","__proto__":{"role":"admin"}}`;
    const answer = await call(handler, 'POST /register', {
      as: admin,
      rawBody,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(answer.status).toBe(400);
  });

  test('a body over 1 MB is refused', async () => {
    const body = { name: 'A'.repeat(1_100_000), email: someEmail() };
    expect((await call(handler, 'POST /register', { as: admin, body })).status).toBe(413);
  });

  test('a body that is not said to be JSON is refused', async () => {
    for (const headers of [
      {},
      { 'Content-Type': 'text/plain' },
      { 'Content-Type': 'application/x-www-form-urlencoded' },
    ]) {
      const rawBody = JSON.stringify({ name: 'A B', email: someEmail() });
      expect((await call(handler, 'POST /register', { as: admin, rawBody, headers })).status).toBe(415);
    }
  });

  test.each([
    '<script>alert(1)</script>',
    'Ж. Иванов',
    'فاطمة ديوب',
    '🎓 Élève',
    "O'Brien-Ñúñez",
    '\u0301',
    '\ufdfa'.repeat(200),
  ])('the name %.30s is stored as it is', async (name) => {
    const { body } = await read(await registered({ name }));
    expect(body.name).toBe(name.normalize('NFC'));
  });
});
