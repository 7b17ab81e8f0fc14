import { beforeAll, expect, test } from '@jest/globals';
import { admin, call, guardian } from '../../tests/support/call.ts';
import { due, ledgerOf } from '../../tests/support/fees.ts';
import { createContext } from '../../tests/support/tables.ts';
import { loadDemo } from './demo.ts';
import { handler as fees } from './fees.ts';
import { handler as school } from './school.ts';
import { handler } from './students.ts';
import type { Enrolment } from './year/enrolment.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
});

type Child = { id: number; class_name: string; guardians?: string[] };

const everybody = async (): Promise<Child[]> => (await call(handler, 'GET /students?limit=200', { as: admin })).body;

test('the demo is two classes, the same ids at every first start, and a second start adds nothing', async () => {
  await loadDemo();
  const first = await everybody();
  expect(first.map(({ id }: { id: number }) => id)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  expect(first[0]).toMatchObject({ name: 'Victor Lefèvre', username: 'victor', notified: true, paid: false });
  await loadDemo();
  expect(await everybody()).toEqual(first);
});

test('the demo has whom a school meets: somebody who repeats, who changed class in November, and who left', async () => {
  await loadDemo();
  const of = async (id: number) => (await call(handler, `GET /students/${id}`, { as: admin })).body;
  const stays = async (id: number) =>
    (await of(id)).enrolments.map(({ year, class_name, repeats, outcome }: Enrolment) => [
      ...[year, class_name, repeats, outcome],
    ]);
  expect(await stays(12)).toEqual([
    ['2025-2026', 'Terminale L2', false, 'repeats'],
    ['2026-2027', 'Terminale L2', true, undefined],
  ]);
  expect((await stays(15)).map(([, class_name]: unknown[]) => class_name)).toEqual(['Terminale S1', 'Terminale L2']);
  expect(await of(17)).toMatchObject({ name: 'Aliou Kane', status: 'left', left_on: '2026-11-09' });
  const left = await call(handler, 'GET /students?status=left', { as: admin });
  expect(left.body.map(({ id }: Child) => id)).toEqual([17]);
});

test('the demo’s school is described once, and whoever describes it otherwise keeps that', async () => {
  await loadDemo();
  const { body } = await call(school, 'GET /school', { as: admin });
  expect(body).toMatchObject({ name: 'Lycée Campus', time_zone: 'Africa/Dakar', country: 'SN' });
  await call(school, 'PUT /school', { as: admin, body: { ...body, name: 'Lycée Autre' } });
  await loadDemo();
  expect((await call(school, 'GET /school', { as: admin })).body.name).toBe('Lycée Autre');
});

test('the demo’s parent has a child in each class', async () => {
  await loadDemo();
  const children = (await everybody()).filter(({ guardians = [] }) => guardians.includes('parent'));
  expect(children.map(({ id, class_name }: Child) => [id, class_name])).toEqual([
    [1, 'Terminale S1'],
    [9, 'Terminale L2'],
  ]);
  for (const { id } of children)
    expect((await call(fees, `GET /students/${id}/payments`, { as: guardian() })).status).toBe(200);
});

test('the demo’s parent has an instalment overdue, in a class of which all owe one, and a second start charges nothing', async () => {
  await loadDemo();
  const [, child = { id: 0 }] = (await everybody()).filter(({ guardians = [] }) => guardians.includes('parent'));
  const ledger = await ledgerOf(child.id, guardian());
  expect(ledger).toMatchObject({ balance: 75_000, overdue: 35_000, payments: [{ method: 'Orange Money' }] });
  expect(ledger.fees[1].instalments.map(({ open }: { open: number }) => open)).toEqual([35_000, 40_000]);
  expect((await due('class_name=Terminale L2')).body).toHaveLength(8);
  await loadDemo();
  expect(await ledgerOf(child.id)).toEqual(ledger);
});
