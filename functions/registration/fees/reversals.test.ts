import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { dynamo } from '../../../platform/data/client.ts';
import { key } from '../../../platform/data/key.ts';
import { put, remove } from '../../../platform/data/write.ts';
import { guardian, student, teacher } from '../../../tests/support/call.ts';
import { type Intervention, intervening, losingAnswer, sdkError } from '../../../tests/support/faults.ts';
import { ledgerOf, pay, receipt, reverse } from '../../../tests/support/fees.ts';
import { read, registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { table } from '../table.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** A student, and the payment that they made. */
async function payer(payment?: object): Promise<{ id: number; payment: string }> {
  const id = await registered();
  await pay(id, payment);
  return { id, payment: (await ledgerOf(id)).payments[0].id };
}

const numbersOf = async (ids: readonly number[]): Promise<number[]> => {
  const ledgers = await Promise.all(ids.map((id) => ledgerOf(id)));
  const receipts = ledgers.flatMap(({ payments }) => payments.map((one: { receipt: string }) => one.receipt));
  return receipts.map((number: string) => Number(number.slice(5))).toSorted((a, b) => a - b);
};

describe('a reversal', () => {
  test('leaves the payment in the ledger, which counts no more: what it settled is owed again', async () => {
    const { id, payment } = await payer();
    const { status, body } = await reverse(id, payment);
    const reversal = {
      id: expect.any(String),
      at: expect.any(String),
      payment_id: payment,
      amount: 50_000,
      currency: 'XOF',
      reason: 'Saisi deux fois',
      recorded_by: 'admin',
    };
    expect([status, body]).toEqual([201, reversal]);
    const ledger = await ledgerOf(id);
    expect(ledger).toMatchObject({ balance: 50_000, paid: false, overdue: 50_000, reversals: [reversal] });
    expect(ledger.payments).toEqual([expect.objectContaining({ id: payment, amount: 50_000, reversed: true })]);
    expect((await read(id)).body.paid).toBe(false);
    await pay(id);
    expect((await ledgerOf(id)).payments.map(({ reversed }: { reversed: boolean }) => reversed)).toEqual([true, false]);
  });

  test('of money in another currency owes again what that had settled', async () => {
    const { id, payment } = await payer({ amount: 80, currency: 'EUR' });
    expect((await reverse(id, payment)).body).toMatchObject({ amount: 50_000, currency: 'XOF' });
    expect((await ledgerOf(id)).balance).toBe(50_000);
  });

  test('is made once, by ten at once too', async () => {
    const { id, payment } = await payer();
    const answers = await Promise.all(Array.from({ length: 10 }, () => reverse(id, payment)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect((await reverse(id, payment)).body.code).toBe('already_reversed');
    expect((await ledgerOf(id)).balance).toBe(50_000);
  });

  test('under one Idempotency-Key answers the same again', async () => {
    const { id, payment } = await payer();
    const send = () => reverse(id, payment, { key: `reverse-${id}` });
    const [first, second] = [await send(), await send()];
    expect([second.status, second.body]).toEqual([201, first.body]);
  });

  test('frees the reference of the payment for the student whose it is, and for nobody else’s', async () => {
    const sent = { amount: 10_000, method: 'Wave', reference: 'W-1' };
    const { id, payment } = await payer(sent);
    const other = await registered();
    expect((await pay(other, sent)).body.code).toBe('reference_taken');
    await reverse(id, payment);
    expect((await pay(other, sent)).status).toBe(200);
    expect((await pay(id, sent)).body.code).toBe('reference_taken');
  });

  test('of a payment that is not there, or another student’s, is not found', async () => {
    const [{ id }, { payment }] = [await payer(), await payer()];
    expect((await reverse(id, payment)).body).toMatchObject({ status: 404, code: 'payment_not_found' });
    expect((await reverse(999_999, payment)).body.code).toBe('student_not_found');
    const { fees } = await ledgerOf(id);
    expect((await reverse(id, fees[0].id)).body.code).toBe('payment_not_found');
    expect((await reverse(id, 'x')).status).toBe(400);
  });

  test('is for admins', async () => {
    const { id, payment } = await payer();
    for (const as of [teacher, student(), guardian()]) expect((await reverse(id, payment, { as })).status).toBe(403);
  });
});

describe('receipts', () => {
  test('say what was paid, by whom and for whom, and that it was reversed', async () => {
    const sent = { amount: 20_000, method: 'Orange Money', reference: 'OM-9', received_on: '2026-01-05', payer: 'Awa' };
    const { id, payment } = await payer(sent);
    const { status, body } = await receipt(id, payment);
    expect([status, body]).toEqual([
      200,
      {
        ...sent,
        number: expect.stringMatching(/^20\d\d-\d{6}$/),
        payment_id: payment,
        student_id: id,
        name: 'Fatou Diop',
        currency: 'XOF',
        recorded_by: 'admin',
        at: expect.any(String),
      },
    ]);
    await reverse(id, payment);
    expect((await receipt(id, payment)).body).toEqual({
      ...body,
      reversed: { at: expect.any(String), reason: 'Saisi deux fois' },
    });
  });

  test('say what money of another currency settled', async () => {
    const { id, payment } = await payer({ amount: 80, currency: 'EUR' });
    expect((await receipt(id, payment)).body).toMatchObject({
      amount: 80,
      currency: 'EUR',
      settles: { amount: 50_000, currency: 'XOF' },
    });
  });

  test('are for whoever may see the ledger', async () => {
    const { id, payment } = await payer();
    for (const as of [teacher, student('stranger'), guardian('stranger')])
      expect((await receipt(id, payment, as)).body).toMatchObject({ status: 404, code: 'student_not_found' });
    expect((await receipt(id, '0192d2f0-0000-7000-8000-000000000000')).body.code).toBe('payment_not_found');
  });

  test('of forty payments at once are numbered without a gap', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => registered()));
    const answers = await Promise.all([...ids, ...ids].map((id) => pay(id, { amount: 1_000 })));
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
    const numbers = await numbersOf(ids);
    const [first = 0] = numbers;
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, i) => first + i));
  });

  test('lose no number to what is refused, and none to a failure', async () => {
    const [before, refused, id] = [await payer(), await registered(), await registered()];
    const [first = 0] = await numbersOf([before.id]);
    await pay(refused, { amount: 50_001 });
    const down: Intervention = (command, proceed) =>
      command === 'TransactWriteItems' ? Promise.reject(sdkError('InternalServerError')) : proceed();
    expect((await intervening(dynamo, down, () => pay(refused))).status).toBe(503);
    expect((await intervening(dynamo, losingAnswer('TransactWriteItems'), () => pay(id))).status).toBe(200);
    await pay(id);
    const after = await payer();
    expect(await numbersOf([refused, id, after.id])).toEqual([first + 1, first + 2]);
  });

  test('begin anew with the calendar year, as it begins where the school is', async () => {
    const school = { pk: key`SCHOOL`, sk: key`SCHOOL` };
    await table.write([put({ ...school, time_zone: 'Pacific/Auckland' })]);
    jest.spyOn(clock, 'now').mockReturnValue(Date.UTC(2026, 11, 31, 12));
    const { id, payment } = await payer({ received_on: '2026-12-30' });
    expect((await receipt(id, payment)).body).toMatchObject({ number: '2027-000001', received_on: '2026-12-30' });
    await table.write([remove(school)]);
    const other = await payer();
    expect((await receipt(other.id, other.payment)).body.number).toMatch(/^2026-/);
  });
});
