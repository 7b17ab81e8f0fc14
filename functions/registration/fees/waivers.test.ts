import { beforeAll, describe, expect, test } from '@jest/globals';
import { student, teacher } from '../../../tests/support/call.ts';
import { charge, feeOf, ledgerOf, pay, waive } from '../../../tests/support/fees.ts';
import { read, registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
});

/** A student who paid the enrolment fee and owes 100,000 for the year, and that fee. */
async function charged(fee: object = {}): Promise<{ id: number; fee_id: string }> {
  const id = await registered();
  await pay(id);
  await charge({ student_ids: [id], ...fee });
  return { id, fee_id: await feeOf(id) };
}

const openIn = async (id: number): Promise<number[]> =>
  (await ledgerOf(id)).fees[1].instalments.map(({ open }: { open: number }) => open);

describe('a waiver of a fee', () => {
  test('lowers all of its instalments in proportion, and says who granted it and why', async () => {
    const { id, fee_id } = await charged();
    const { status, body, headers } = await waive(id, { fee_id, percent: 50 });
    const waiver = {
      id: expect.any(String),
      at: expect.any(String),
      fee_id,
      percent: 50,
      amount: 50_000,
      currency: 'XOF',
      reason: 'Fratrie',
      recorded_by: 'admin',
    };
    expect([status, body, headers.Location]).toEqual([201, waiver, `/students/${id}/payments`]);
    expect(await ledgerOf(id)).toMatchObject({ waivers: [waiver], balance: 50_000 });
    expect(await openIn(id)).toEqual([30_000, 20_000]);
  });

  test('lowers the parts by exactly what it is, however it is divided', async () => {
    const days = ['2090-10-05', '2090-11-05', '2090-12-05'];
    const { id, fee_id } = await charged({ instalments: days.map((due_on) => ({ amount: 3_333, due_on })) });
    await waive(id, { fee_id, amount: 1_000 });
    const open = await openIn(id);
    expect(open.reduce((all, one) => all + one, 0)).toBe(8_999);
    for (const one of open) expect(Math.abs(one - 8_999 / 3)).toBeLessThan(1);
  });

  test.each([
    [33.33, 33_330],
    [0.01, 10],
    [100, 100_000],
  ])('of %d %% is %i, of the whole fee', async (percent, amount) => {
    const { id, fee_id } = await charged();
    await pay(id, { amount: 1 });
    expect((await waive(id, { fee_id, percent })).body.amount).toBe(amount);
  });

  test('is rounded half up', async () => {
    const { id, fee_id } = await charged({ instalments: [{ amount: 150, due_on: '2090-10-05' }] });
    expect((await waive(id, { fee_id, percent: 33 })).body.amount).toBe(50);
    expect((await waive(id, { fee_id, percent: 0.01 })).body.errors[0].code).toBe('waives_nothing');
  });

  test('is no more than what is left to waive of it', async () => {
    const { id, fee_id } = await charged();
    expect((await waive(id, { fee_id, amount: 100_001 })).body).toMatchObject({
      status: 409,
      code: 'waiver_above_fee',
    });
    await waive(id, { fee_id, amount: 60_000 });
    for (const more of [{ amount: 40_001 }, { percent: 41 }])
      expect((await waive(id, { fee_id, ...more })).body.code).toBe('waiver_above_fee');
    expect((await waive(id, { fee_id, percent: 40 })).status).toBe(201);
    expect((await ledgerOf(id)).balance).toBe(0);
  });

  test('that was paid already is to the student’s credit, which the next fee uses up', async () => {
    const { id, fee_id } = await charged();
    await pay(id);
    await waive(id, { fee_id, amount: 10_000 });
    expect(await ledgerOf(id)).toMatchObject({ balance: -10_000, paid: true, overdue: 0 });
    await charge({ student_ids: [id], label: 'Cantine', instalments: [{ amount: 15_000, due_on: '2092-10-01' }] });
    const { balance, fees } = await ledgerOf(id);
    expect([balance, fees[2].instalments[0].open]).toEqual([5_000, 5_000]);
  });

  test('never makes a credit of what nobody paid', async () => {
    const { id, fee_id } = await charged();
    await waive(id, { percent: 100 });
    expect((await waive(id, { fee_id, amount: 50_001 })).body.code).toBe('waiver_above_fee');
    expect((await waive(id, { fee_id, amount: 50_000 })).status).toBe(201);
    // What the enrolment fee brought in is all that could be given back.
    expect((await ledgerOf(id)).balance).toBe(-50_000);
  });

  test('of somebody else is not found', async () => {
    const [{ id }, { fee_id }] = [await charged(), await charged()];
    expect((await waive(id, { fee_id, amount: 1 })).body).toMatchObject({ status: 404, code: 'fee_not_found' });
  });
});

describe('a waiver of what is owed', () => {
  test('covers the oldest instalments first, and no more than the balance', async () => {
    const { id } = await charged();
    expect((await waive(id, { percent: 75 })).body.amount).toBe(75_000);
    expect(await openIn(id)).toEqual([0, 25_000]);
    expect((await waive(id, { amount: 25_001 })).body.code).toBe('waiver_above_fee');
    expect((await waive(id, { amount: 25_000 })).status).toBe(201);
    expect((await read(id)).body.paid).toBe(true);
    for (const more of [{ amount: 1 }, { percent: 100 }])
      expect((await waive(id, more)).body.code).toBe('waiver_above_fee');
  });

  test('ten at once never come to more than it', async () => {
    const { id } = await charged();
    const answers = await Promise.all(Array.from({ length: 10 }, () => waive(id, { amount: 40_000 })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, ...Array(8).fill(409)]);
    expect((await ledgerOf(id)).balance).toBe(20_000);
  });

  test('under one Idempotency-Key is granted once', async () => {
    const { id } = await charged();
    const send = () => waive(id, { amount: 1_000 }, { key: `waiver-${id}` });
    const [first, second] = [await send(), await send()];
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect((await ledgerOf(id)).waivers).toHaveLength(1);
  });
});

test('only an admin waives', async () => {
  const id = await registered({ username: undefined });
  for (const as of [teacher, student('somebody')]) expect((await waive(id, { amount: 1 }, { as })).status).toBe(403);
  expect((await waive(999_999, { amount: 1 })).status).toBe(404);
});

test.each([
  [{}, 'amount_or_percent'],
  [{ amount: 1, percent: 1 }, 'amount_or_percent'],
  [{ percent: 0 }, 'too_small'],
  [{ percent: 100.01 }, 'too_big'],
  [{ percent: 33.333 }, 'two_decimals'],
  [{ amount: 1.5 }, 'invalid_type'],
  [{ amount: 1, reason: '' }, 'too_small'],
  [{ amount: 1, fee_id: '7' }, 'invalid_format'],
])('%j is no waiver', async (waiver, code) => {
  const { status, body } = await waive(await registered(), waiver);
  expect([status, body.errors[0].code]).toEqual([400, code]);
});
