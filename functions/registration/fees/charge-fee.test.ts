import { beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../../platform/data/client.ts';
import { admin, call, student, teacher } from '../../../tests/support/call.ts';
import { failing, type Intervention, intervening, meanwhile, sdkError } from '../../../tests/support/faults.ts';
import { charge, ledgerOf, pay, SCHOOL_FEES } from '../../../tests/support/fees.ts';
import { read, register, registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler } from '../students.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
});

let classes = 0;

/** A class of its own of some students. */
async function someClass(size: number): Promise<{ class_name: string; ids: number[] }> {
  classes += 1;
  const class_name = `Classe ${classes}`;
  return { class_name, ids: await Promise.all(Array.from({ length: size }, () => registered({ class_name }))) };
}

const feesOf = async (id: number) => (await ledgerOf(id)).fees.filter((fee: { label?: string }) => fee.label);

describe('a fee', () => {
  test('is a line of its instalments in the ledger of each student of a class, and owed from then on', async () => {
    const { class_name, ids } = await someClass(3);
    const { status, body } = await charge({ class_name });
    expect([status, body]).toEqual([
      200,
      { label: 'Scolarité', year: '2090-2091', amount: 100_000, currency: 'XOF', charged: 3, already: 0 },
    ]);
    for (const id of ids) {
      const ledger = await ledgerOf(id);
      expect(ledger).toMatchObject({ balance: 150_000, paid: false });
      expect(ledger.fees[1]).toEqual({
        ...SCHOOL_FEES,
        amount: 100_000,
        id: expect.any(String),
        at: expect.any(String),
        recorded_by: 'admin',
        instalments: [
          { amount: 60_000, due_on: '2090-10-05', open: 60_000 },
          { amount: 40_000, due_on: '2091-01-05', open: 40_000 },
        ],
      });
    }
  });

  test('sent again charges nobody twice, however it is written, and those who joined the class since', async () => {
    const { class_name, ids } = await someClass(2);
    await charge({ class_name });
    const late = await registered({ class_name });
    const { body } = await charge({ class_name: class_name.toUpperCase(), label: 'SCOLARITE' });
    expect(body).toMatchObject({ charged: 1, already: 2 });
    for (const id of [...ids, late]) expect(await feesOf(id)).toHaveLength(1);
  });

  test('of another name or of another year is another fee', async () => {
    const id = await registered();
    for (const other of [{}, { label: 'Cantine' }, { year: '2091-2092' }, { year: '2090' }])
      expect((await charge({ student_ids: [id], ...other })).body).toMatchObject({ charged: 1, already: 0 });
    expect((await ledgerOf(id)).balance).toBe(450_000);
  });

  test.each([
    ['amounts', { instalments: [{ amount: 60_001, due_on: '2026-10-05' }] }],
    [
      'days',
      { instalments: SCHOOL_FEES.instalments.map((one) => ({ ...one, due_on: `${one.due_on.slice(0, 8)}06` })) },
    ],
  ])('with other %s than one of them was charged is refused, and charges nobody', async (_, other) => {
    const [has, new_] = [await registered(), await registered()];
    await charge({ student_ids: [has] });
    const { status, body } = await charge({ student_ids: [new_, has], ...other });
    expect([status, body.code, body.errors]).toEqual([
      409,
      'fee_differs',
      [{ pointer: '#/student_ids/1', code: 'fee_differs', detail: `Étudiant ${has}` }],
    ]);
    expect(await feesOf(new_)).toEqual([]);
  });

  test('in another currency is not the one that they were charged with', async () => {
    const id = await registered();
    await charge({ student_ids: [id] });
    expect((await charge({ student_ids: [id], currency: 'EUR' })).body.code).toBe('fee_differs');
  });

  test('in another currency than the ledger of one of them is refused, and charges nobody', async () => {
    const { class_name, ids } = await someClass(2);
    const { status, body } = await charge({ class_name, currency: 'EUR' });
    expect([status, body.code, body.errors.length]).toEqual([409, 'other_currency', 2]);
    expect(body.errors[0].pointer).toBe('#/class_name');
    for (const id of ids) expect(await feesOf(id)).toEqual([]);
  });

  test('for somebody who is not there, or waits to be accepted, is refused, and charges nobody', async () => {
    const id = await registered();
    const missing = await charge({ student_ids: [id, 999_999] });
    expect([missing.status, missing.body.code, missing.body.errors[0].pointer]).toEqual([
      404,
      'student_not_found',
      '#/student_ids/1',
    ]);
    const self = { name: 'Awa Sy', email: 'awa.sy@campus.example', class_name: 'En attente' };
    const waiting = (await call(handler, 'POST /register', { as: student('awa.sy'), body: self })).body.id;
    expect((await charge({ student_ids: [id, waiting] })).body.code).toBe('registration_pending');
    expect((await charge({ class_name: 'En attente' })).body.code).toBe('class_not_found');
    expect(await feesOf(id)).toEqual([]);
  });

  test('makes a student who had paid owe again', async () => {
    const id = await registered();
    await pay(id);
    expect((await read(id)).body.paid).toBe(true);
    await charge({ student_ids: [id] });
    expect((await read(id)).body.paid).toBe(false);
  });

  test('is charged by admins', async () => {
    for (const as of [teacher, student()]) expect((await charge({ class_name: '3B' }, { as })).status).toBe(403);
  });
});

test.each([
  [{}, '#/class_name'],
  [{ class_name: '3B', student_ids: [1] }, '#/class_name'],
  [{ student_ids: [] }, '#/student_ids'],
  [{ student_ids: [0] }, '#/student_ids/0'],
  [{ student_ids: Array(301).fill(1) }, '#/student_ids'],
  [{ student_ids: [1], year: '1999' }, '#/year'],
  [{ student_ids: [1], year: '2026-' }, '#/year'],
  [{ student_ids: [1], year: '2026-2028' }, '#/year'],
  [{ student_ids: [1], label: ' ' }, '#/label'],
  [{ student_ids: [1], currency: 'ZZZ' }, '#/currency'],
  [{ student_ids: [1], instalments: [] }, '#/instalments'],
  [{ student_ids: [1], instalments: [{ amount: 0, due_on: '2026-10-05' }] }, '#/instalments/0/amount'],
  [{ student_ids: [1], instalments: [{ amount: 1, due_on: '2026-02-30' }] }, '#/instalments/0/due_on'],
  [{ student_ids: [1], instalments: [...SCHOOL_FEES.instalments].reverse() }, '#/instalments'],
  [
    {
      student_ids: [1],
      instalments: [
        { amount: 1e12, due_on: '2026-10-05' },
        { amount: 1, due_on: '2026-10-06' },
      ],
    },
    '#/instalments',
  ],
])('%j is no fee', async (fee, pointer) => {
  const { status, body } = await charge(fee);
  expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
});

describe('a class of sixty', () => {
  /** Lets some transactions through and fails all others. */
  const cutAfter = (times: number): Intervention => {
    let left = times;
    return (command, proceed) => {
      if (command !== 'TransactWriteItems') return proceed();
      left -= 1;
      return left < 0 ? Promise.reject(sdkError('InternalServerError')) : proceed();
    };
  };

  test('that was cut off half-way is charged whole by the same call again, each once', async () => {
    const { class_name, ids } = await someClass(60);
    const key = 'sixty';
    const cut = await intervening(dynamo, cutAfter(1), () => charge({ class_name }, { key }));
    expect(cut.status).toBe(503);
    const charged = async () => (await Promise.all(ids.map(feesOf))).map(({ length }) => length);
    expect((await charged()).filter((n) => n === 1)).toHaveLength(45);
    const { body } = await charge({ class_name }, { key });
    expect(body).toMatchObject({ charged: 15, already: 45 });
    expect(await charged()).toEqual(Array(60).fill(1));
    // The key gives the answer from now on, and charges nobody.
    expect((await charge({ class_name }, { key })).body).toEqual(body);
    expect((await charge({ class_name, label: 'Autre' }, { key })).status).toBe(422);
  });

  test('is charged once by three calls at once, while its students pay and change', async () => {
    const { class_name, ids } = await someClass(60);
    const [one = 0, two = 0] = ids;
    const answers = await Promise.all([
      ...Array.from({ length: 3 }, () => charge({ class_name })),
      pay(one, { amount: 1000 }),
      call(handler, `PATCH /students/${two}`, { as: admin, body: { first_name: 'Binta' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    const charges = answers.slice(0, 3).map(({ body }) => body.charged);
    expect(charges.reduce((all, n) => all + n, 0)).toBe(60);
    for (const id of ids) expect(await feesOf(id)).toHaveLength(1);
    expect((await ledgerOf(one)).balance).toBe(149_000);
    expect((await read(two)).body.first_name).toBe('Binta');
  });

  test('passes over one who is deleted meanwhile', async () => {
    const { class_name, ids } = await someClass(2);
    const gone = () => call(handler, `DELETE /students/${ids[0]}`, { as: admin });
    const { body } = await intervening(dynamo, meanwhile('TransactWriteItems', gone), () => charge({ class_name }));
    expect(body).toMatchObject({ charged: 1 });
    expect(await feesOf(ids[0] ?? 0)).toEqual([]);
  });
});

test('nothing is charged while the database is away', async () => {
  const { body } = await register();
  const down = failing(() => sdkError('InternalServerError'), 'TransactWriteItems');
  expect((await intervening(dynamo, down, () => charge({ student_ids: [body.id] }))).status).toBe(503);
  expect(await feesOf(body.id)).toEqual([]);
});
