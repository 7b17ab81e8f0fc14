import { beforeAll, expect, test } from '@jest/globals';
import { dynamo } from '../../platform/data/client.ts';
import { admin, call, type Identity, student, teacher } from '../../tests/support/call.ts';
import { intervening, meanwhile } from '../../tests/support/faults.ts';
import { read, registered } from '../../tests/support/students.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler } from './students.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
});

interface Paying {
  as?: Identity;
  body?: unknown;
  key?: string;
}

const pay = (id: number, { as = admin, body, key }: Paying = {}) =>
  call(handler, `POST /pay/${id}`, { as, body, headers: key ? { 'Idempotency-Key': key } : {} });

const ledger = async (id: number, as: Identity = admin) =>
  (await call(handler, `GET /students/${id}/payments`, { as })).body;

test('paying confirms in the words of the source document, and again with one payment', async () => {
  const id = await registered();
  for (let time = 0; time < 3; time += 1) {
    const { status, body } = await pay(id);
    expect([status, body]).toEqual([200, { message: 'Paiement confirmé' }]);
  }
  expect((await read(id)).body.paid).toBe(true);
  expect((await ledger(id)).payments).toHaveLength(1);
});

test('the ledger says what is owed before a payment, and nothing after it', async () => {
  const id = await registered();
  expect(await ledger(id)).toMatchObject({
    student_id: id,
    fees: [{ amount: 50_000, currency: 'XOF' }],
    payments: [],
    balance: 50_000,
    currency: 'XOF',
  });
  await pay(id, { body: { method: 'Orange Money' } });
  expect(await ledger(id)).toMatchObject({
    payments: [{ amount: 50_000, currency: 'XOF', method: 'Orange Money', recorded_by: 'admin' }],
    balance: 0,
  });
});

test.each([undefined, 'the-same-key', 'each-their-own'])('twenty payments at once are one (key: %s)', async (key) => {
  const id = await registered();
  const keyOf = (i: number) => (key === 'each-their-own' ? `own-${id}-${i}` : key);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => pay(id, { ...(key && { key: `${keyOf(i)}-${id}` }) })),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  const { payments, balance } = await ledger(id);
  expect([payments.length, balance]).toEqual([1, 0]);
  expect((await read(id)).headers.ETag).toBe('"2"');
});

test('the same key with another body is refused', async () => {
  const id = await registered();
  expect((await pay(id, { key: `key-${id}`, body: { method: 'cash' } })).status).toBe(200);
  expect((await pay(id, { key: `key-${id}`, body: { method: 'card' } })).status).toBe(422);
});

test('the same key with another body is refused, however close the two come', async () => {
  const id = await registered();
  const first = () => pay(id, { key: `close-${id}`, body: { method: 'cash' } });
  const { status } = await intervening(dynamo, meanwhile('TransactWriteItems', first), () =>
    pay(id, { key: `close-${id}`, body: { method: 'card' } }),
  );
  expect(status).toBe(422);
});

test('a key is remembered also where another call paid first', async () => {
  const id = await registered();
  const { status } = await intervening(
    dynamo,
    meanwhile('TransactWriteItems', () => pay(id)),
    () => pay(id, { key: `second-${id}`, body: { method: 'cash' } }),
  );
  expect(status).toBe(200);
  expect((await pay(id, { key: `second-${id}`, body: { method: 'card' } })).status).toBe(422);
});

test('the fee is the one of the day of registration', async () => {
  const id = await registered();
  const before = process.env.ENROLMENT_FEE_AMOUNT;
  process.env.ENROLMENT_FEE_AMOUNT = '60000';
  await pay(id);
  process.env.ENROLMENT_FEE_AMOUNT = before;
  expect(await ledger(id)).toMatchObject({ payments: [{ amount: 50_000 }], balance: 0 });
});

test('an admin records what was received, and the balance tells the truth', async () => {
  const id = await registered();
  expect((await pay(id, { body: { amount: 20_000, currency: 'XOF' } })).status).toBe(200);
  expect(await ledger(id)).toMatchObject({ payments: [{ amount: 20_000 }], balance: 30_000 });
});

test('money of another currency settles the fee at the office’s rate', async () => {
  const id = await registered();
  await pay(id, { body: { amount: 7_622, currency: 'EUR' } });
  expect(await ledger(id)).toMatchObject({
    payments: [{ amount: 7_622, currency: 'EUR', settles: 50_000 }],
    balance: 0,
  });
});

test('a student pays the fee that is due, and cannot name a lower one', async () => {
  const as = student('fatou.pays');
  const id = await registered({ username: as.username });
  for (const body of [{ amount: 1 }, { amount: 50_000, currency: 'VND' }]) {
    const { status, body: refusal } = await pay(id, { as, body });
    expect([status, refusal.errors[0].code]).toEqual([400, 'not_the_amount_due']);
  }
  expect((await ledger(id, as)).payments).toEqual([]);
  expect((await pay(id, { as, body: { amount: 50_000, currency: 'XOF' } })).status).toBe(200);
  expect((await ledger(id, as)).balance).toBe(0);
});

test.each([
  { amount: 0 },
  { amount: -1 },
  { amount: 1.5 },
  { amount: 1e300 },
  { amount: '50000' },
  { amount: null },
  { currency: 'XXX1' },
  { currency: 'xof' },
  { currency: 'ZZZ' },
  { method: '' },
  { price: 1 },
])('%j is no payment', async (body) => {
  const id = await registered();
  expect((await pay(id, { body })).status).toBe(400);
  expect((await read(id)).body.paid).toBe(false);
});

test('an empty body is fine, whatever it is said to be', async () => {
  for (const headers of [{}, { 'Content-Type': 'text/plain' }, { 'Content-Type': 'application/json' }]) {
    const id = await registered();
    expect((await call(handler, `POST /pay/${id}`, { as: admin, rawBody: '', headers })).status).toBe(200);
  }
});

test('somebody else’s student and a missing one cannot be told apart', async () => {
  const id = await registered({ username: 'ibra.pays' });
  for (const as of [student('stranger'), teacher]) {
    const [others, missing] = [await pay(id, { as }), await pay(999_999, { as })];
    expect(others.status).toBe(404);
    const { request_id: one, ...first } = others.body;
    const { request_id: other, ...second } = missing.body;
    expect(first).toEqual(second);
  }
  expect((await call(handler, `GET /students/${id}/payments`, { as: student('stranger') })).status).toBe(404);
});

test.each(['0', '-1', '1.5', '%00', '..%2F', '9007199254740992', '1e3', 'abc'])('the id %s is refused', async (id) => {
  expect((await call(handler, `POST /pay/${id}`, { as: admin })).status).toBe(400);
});

test('the ledger outlives the student, for admins only', async () => {
  const id = await registered({ username: 'gone.pays' });
  await pay(id);
  await call(handler, `DELETE /students/${id}`, { as: admin });
  expect((await ledger(id)).payments).toHaveLength(1);
  const owner = await call(handler, `GET /students/${id}/payments`, { as: student('gone.pays') });
  expect(owner.status).toBe(404);
  expect((await call(handler, 'GET /students/999999/payments', { as: admin })).status).toBe(404);
});
