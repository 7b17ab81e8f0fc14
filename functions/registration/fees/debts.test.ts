import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { dynamo } from '../../../platform/data/client.ts';
import { key } from '../../../platform/data/key.ts';
import { put, update } from '../../../platform/data/write.ts';
import { admin, call, student, teacher } from '../../../tests/support/call.ts';
import { commandsOf } from '../../../tests/support/faults.ts';
import { charge, due, feeOf, ledgerOf, pay, reverse, waive } from '../../../tests/support/fees.ts';
import { registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { migrate } from '../../../tools/migrating.ts';
import { studentKey } from '../students/student-index.ts';
import { handler } from '../students.ts';
import { table } from '../table.ts';

/** Two instalments: one is due on the tenth of November, the other in January. */
const FEE = {
  label: 'Scolarité',
  year: '2026-2027',
  instalments: [
    { amount: 600, due_on: '2026-11-10' },
    { amount: 400, due_on: '2027-01-05' },
  ],
};

// Each test has a school of its own.
beforeEach(async () => {
  await createContext('persons', 'health', 'registration', 'grades', 'orders', 'auth');
  jest.spyOn(clock, 'now').mockReturnValue(Date.UTC(2026, 10, 1, 12));
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Somebody who paid for the enrolment and owes {@link FEE}. */
async function charged(particulars: object = {}): Promise<number> {
  const id = await registered({ ...particulars });
  await pay(id);
  await charge({ student_ids: [id], ...FEE });
  return id;
}

const owing = async (query = ''): Promise<[id: number, due: number][]> =>
  (await due(query)).body.map((one: { student_id: number; due: number }) => [one.student_id, one.due]);

const patch = (id: number, body: object) => call(handler, `PATCH /students/${id}`, { as: admin, body });

describe('who owes what', () => {
  test('is whoever has something due by the day that nothing covers, and since when', async () => {
    const id = await charged({ class_name: '3B' });
    expect(await owing('on=2026-11-09')).toEqual([]);
    expect((await due('on=2026-11-10')).body).toEqual([
      {
        student_id: id,
        name: 'Fatou Diop',
        class_name: '3B',
        due: 600,
        since: '2026-11-10',
        balance: 1000,
        currency: 'XOF',
      },
    ]);
    expect(await owing('on=2027-01-05')).toEqual([[id, 1000]]);
  });

  test('is of today where no day is said: of the day that it is at the school', async () => {
    const id = await charged();
    expect(await owing()).toEqual([]);
    jest.spyOn(clock, 'now').mockReturnValue(Date.UTC(2026, 10, 9, 14));
    expect([await owing(), (await ledgerOf(id)).overdue]).toEqual([[], 0]);
    await table.write([put({ pk: key`SCHOOL`, sk: key`SCHOOL`, time_zone: 'Pacific/Auckland' })]);
    expect([await owing(), (await ledgerOf(id)).overdue]).toEqual([[[id, 600]], 600]);
    expect((await ledgerOf(id)).on).toBe('2026-11-10');
  });

  test('follows what is paid, reversed and waived: the oldest instalment is covered first', async () => {
    const id = await charged();
    await pay(id, { amount: 700 });
    expect(await owing('on=2026-12-31')).toEqual([]);
    expect(await owing('on=2027-01-05')).toEqual([[id, 300]]);
    await reverse(id, (await ledgerOf(id)).payments[1].id);
    expect(await owing('on=2026-12-31')).toEqual([[id, 600]]);
    await waive(id, { fee_id: await feeOf(id), percent: 50 });
    expect(await owing('on=2026-12-31')).toEqual([[id, 300]]);
    await pay(id);
    expect(await owing('on=2027-12-31')).toEqual([]);
  });

  test('of a class follows who is in it, by name, and shows nobody of another', async () => {
    const [one, two, other] = [
      await charged({ class_name: 'Terminale S1', last_name: 'Sy' }),
      await charged({ class_name: 'Terminale S1', last_name: 'Ba' }),
      await charged({ class_name: 'Terminale S10' }),
    ];
    const inClass = () => owing('class_name=terminale s1&on=2026-11-10');
    expect(await inClass()).toEqual([
      [two, 600],
      [one, 600],
    ]);
    await patch(one, { class_name: 'Terminale S10' });
    await pay(two);
    expect(await inClass()).toEqual([]);
    expect((await owing('class_name=Terminale S10&on=2026-11-10')).map(([id]) => id).sort()).toEqual(
      [one, other].sort(),
    );
  });

  test('comes in pages, the longest due first, and an empty one does not follow', async () => {
    const early = await registered();
    const ids = [await charged(), await charged(), await charged()];
    const first = await due('on=2026-11-30&limit=2');
    expect(first.body.map((one: { student_id: number }) => one.student_id)).toEqual([early, ids[0]]);
    const next = /\?(.*)>/.exec(first.headers.Link ?? '')?.[1] ?? '';
    const second = await due(decodeURI(next));
    expect(second.body.map((one: { student_id: number }) => one.student_id)).toEqual(ids.slice(1));
    expect(second.headers.Link).toBeUndefined();
  });

  test('is told to admins', async () => {
    for (const as of [teacher, student()]) expect((await due('', as)).status).toBe(403);
    for (const query of ['on=2026-02-30', 'on=today', 'paid=true'])
      expect([query, (await due(query)).status]).toEqual([query, 400]);
  });
});

test('who owes nothing is not read: a page of those who owe costs the same among many who paid', async () => {
  const id = await registered();
  const cost = async () => commandsOf(dynamo, () => owing('on=2026-11-10'));
  expect([await owing('on=2026-11-10'), await cost()]).toEqual([[[id, 50_000]], ['Query']]);
  for (let i = 0; i < 30; i += 1) await pay(await registered());
  const { items } = await table.query({
    index: { name: 'by-debt', sort: 'owes_since' },
    partition: ['owes', key`OWES`],
    limit: 100,
  });
  expect(items).toHaveLength(1);
});

describe('yesterday’s ledgers', () => {
  /** Makes a record one of an older version. */
  const asYesterday = (id: number, set: object = {}) =>
    table.write([
      update(studentKey(id), { set: { books: undefined, owes: undefined, owes_since: undefined, ...set } }),
    ]);

  test('are read, paid and charged as today’s are', async () => {
    const id = await registered();
    await pay(id, { amount: 20_000 });
    await asYesterday(id);
    expect(await ledgerOf(id)).toMatchObject({ balance: 30_000, overdue: 30_000 });
    await charge({ student_ids: [id], ...FEE });
    await pay(id, { amount: 30_000 });
    expect(await owing('on=2026-11-10')).toEqual([[id, 600]]);
  });

  test('stand in the list of their class at once, and in that of the school once they are carried over', async () => {
    const [id, older, settled] = [
      await registered({ class_name: '3B' }),
      await registered({ class_name: '3B' }),
      await registered({ class_name: '3B' }),
    ];
    await pay(older, { amount: 20_000 });
    await pay(settled);
    await asYesterday(id);
    // From before a record had a balance.
    await asYesterday(older, { balance: undefined });
    await asYesterday(settled);
    expect(await owing('class_name=3B')).toEqual([[id, 50_000]]);
    expect(await owing()).toEqual([]);
    await migrate({ all: true });
    const all = [
      [id, 50_000],
      [older, 30_000],
    ];
    expect([await owing(), await owing('class_name=3B')]).toEqual([all, all]);
    expect((await migrate({ all: true })).map(({ changed }) => changed)).toEqual([0, 0, 0, 0, 0]);
  });
});
