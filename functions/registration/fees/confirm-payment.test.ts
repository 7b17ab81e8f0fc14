import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../../platform/data/client.ts';
import { update } from '../../../platform/data/write.ts';
import { admin, call, type Identity, student, teacher } from '../../../tests/support/call.ts';
import { type Intervention, intervening, meanwhile } from '../../../tests/support/faults.ts';
import { startAccounts } from '../../../tests/support/holders.ts';
import type { PeerStub } from '../../../tests/support/peer.ts';
import { read, registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as fees } from '../fees.ts';
import { studentKey } from '../students/student-index.ts';
import { handler } from '../students.ts';
import { table } from '../table.ts';

let accounts: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());

interface Paying {
  as?: Identity;
  body?: unknown;
  key?: string;
}

const pay = (id: number, { as = admin, body, key }: Paying = {}) =>
  call(fees, `POST /pay/${id}`, { as, body, headers: key ? { 'Idempotency-Key': key } : {} });

interface Queried {
  readonly output: { readonly Items: readonly { readonly sk: string }[] };
}

/** What a query answers that met the student's record as it is after a transaction, and the other items as before it. */
function withRecordOf(after: unknown, before: unknown): unknown {
  const isRecord = ({ sk }: Queried['output']['Items'][number]) => sk === 'STUDENT';
  const [earlier, later] = [before, after].map((answer) => (answer as Queried).output.Items);
  const Items = [...(earlier ?? []).filter((item) => !isRecord(item)), ...(later ?? []).filter(isRecord)];
  return { ...(after as Queried), output: { ...(after as Queried).output, Items } };
}

const ledger = async (id: number, as: Identity = admin) =>
  (await call(fees, `GET /students/${id}/payments`, { as })).body;

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

describe('in parts', () => {
  const pays = (id: number, amount: number) => pay(id, { body: { amount } });
  const change = (id: number) => call(handler, `PATCH /students/${id}`, { as: admin, body: { class_name: 'Other' } });
  const paid = async (id: number): Promise<boolean> => (await read(id)).body.paid;

  test('every payment that is confirmed stands in the ledger, and the student has paid with the last of them', async () => {
    const id = await registered();
    for (const amount of [1000, 48_999]) {
      expect((await pays(id, amount)).body).toEqual({ message: 'Paiement confirmé' });
      expect(await paid(id)).toBe(false);
    }
    expect((await pays(id, 1)).status).toBe(200);
    expect(await paid(id)).toBe(true);
    const { payments, balance } = await ledger(id);
    expect([payments.map(({ amount }: { amount: number }) => amount), balance]).toEqual([[1000, 48_999, 1], 0]);
  });

  test('without an amount what is left is paid, and nothing more when it is asked for again', async () => {
    const id = await registered();
    await pays(id, 20_000);
    for (let time = 0; time < 2; time += 1) expect((await pay(id)).body).toEqual({ message: 'Paiement confirmé' });
    expect(await ledger(id)).toMatchObject({ payments: [{ amount: 20_000 }, { amount: 30_000 }], balance: 0 });
  });

  test('a payment of more than the balance is refused, before the last and after it', async () => {
    const id = await registered();
    await pays(id, 20_000);
    expect((await pays(id, 30_001)).body).toMatchObject({ status: 409, code: 'nothing_due' });
    await pays(id, 30_000);
    for (const body of [{ amount: 1 }, { amount: 1, currency: 'EUR' }])
      expect((await pay(id, { body })).body).toMatchObject({ status: 409, code: 'nothing_due' });
    expect((await ledger(id)).payments).toHaveLength(2);
  });

  test('ten payments at once never come to more than the fee', async () => {
    const id = await registered();
    const answers = await Promise.all(Array.from({ length: 10 }, () => pays(id, 20_000)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, ...Array(8).fill(409)]);
    const { payments, balance } = await ledger(id);
    expect([payments.length, balance, await paid(id)]).toEqual([2, 10_000, false]);
  });

  test('a payment that the query meets half-way is not paid twice', async () => {
    const id = await registered();
    let met = false;
    const halfWay: Intervention = async (command, proceed) => {
      const before = await proceed();
      if (met || command !== 'Query') return before;
      met = true;
      await pays(id, 30_000);
      await change(id);
      return withRecordOf(await proceed(), before);
    };
    expect((await intervening(dynamo, halfWay, () => pays(id, 30_000))).status).toBe(409);
    expect(await ledger(id)).toMatchObject({ payments: [{ amount: 30_000 }], balance: 20_000 });
  });

  test('a record from before it had a balance is settled by its lines, though it was called paid', async () => {
    const id = await registered();
    await pays(id, 1000);
    await table.write([update(studentKey(id), { set: { balance: undefined, paid: true } })]);
    await pays(id, 20_000);
    expect([await paid(id), (await pays(id, 29_001)).status]).toEqual([false, 409]);
    await pay(id);
    expect([await paid(id), (await ledger(id)).balance]).toEqual([true, 0]);
  });

  test('a change of the student meanwhile takes nothing from the balance', async () => {
    const id = await registered();
    const meddling = meanwhile('TransactWriteItems', () => change(id));
    await intervening(dynamo, meddling, () => pays(id, 49_999));
    await change(id);
    expect([(await pays(id, 2)).status, (await pays(id, 1)).status, await paid(id)]).toEqual([409, 200, true]);
  });
});

test('another currency says its amount', async () => {
  const { status, body } = await pay(await registered(), { body: { currency: 'EUR' } });
  expect([status, body.errors[0].pointer]).toEqual([400, '#/amount']);
});

test('money of another currency settles the fee at the office’s rate', async () => {
  const id = await registered();
  await pay(id, { body: { amount: 7_622, currency: 'EUR' } });
  expect(await ledger(id)).toMatchObject({
    payments: [{ amount: 7_622, currency: 'EUR', settles: 50_000 }],
    balance: 0,
  });
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
  { reference: '' },
  { payer: 'a\u0000b' },
  { received_on: '2026-02-30' },
  { received_on: '1999-12-31' },
  { received_on: '2999-01-01' },
])('%j is no payment', async (body) => {
  const id = await registered();
  expect((await pay(id, { body })).status).toBe(400);
  expect((await read(id)).body.paid).toBe(false);
});

test('an empty body is fine, whatever it is said to be', async () => {
  for (const headers of [{}, { 'Content-Type': 'text/plain' }, { 'Content-Type': 'application/json' }]) {
    const id = await registered();
    expect((await call(fees, `POST /pay/${id}`, { as: admin, rawBody: '', headers })).status).toBe(200);
  }
});

test.each(['0', 'false', '""', 'null', '[]', ' '])('%j is a body, and not the lack of one', async (rawBody) => {
  const id = await registered();
  const headers = { 'Content-Type': 'application/json' };
  expect((await call(fees, `POST /pay/${id}`, { as: admin, rawBody, headers })).status).toBe(400);
  expect((await read(id)).body.paid).toBe(false);
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
  expect((await call(fees, `GET /students/${id}/payments`, { as: student('stranger') })).status).toBe(404);
});

test.each(['0', '-1', '1.5', '%00', '..%2F', '9007199254740992', '1e3', 'abc'])('the id %s is refused', async (id) => {
  expect((await call(fees, `POST /pay/${id}`, { as: admin })).status).toBe(400);
});

test('the ledger outlives the student, for admins only', async () => {
  const id = await registered({ username: 'gone.pays' });
  await pay(id);
  await call(handler, `DELETE /students/${id}`, { as: admin });
  expect((await ledger(id)).payments).toHaveLength(1);
  const owner = await call(fees, `GET /students/${id}/payments`, { as: student('gone.pays') });
  expect(owner.status).toBe(404);
  expect((await call(fees, 'GET /students/999999/payments', { as: admin })).status).toBe(404);
});
