import { beforeAll, expect, test } from '@jest/globals';
import { remove } from '../../platform/data/write.ts';
import { call, teacher } from '../../tests/support/call.ts';
import { createContext } from '../../tests/support/tables.ts';
import { loadDemo } from './demo.ts';
import { findMarkedStudent } from './mark-store.ts';
import { handler } from './marks.ts';
import { learnStudent } from './student-store.ts';
import { table } from './table.ts';

beforeAll(async () => {
  await createContext('grades');
});

const grades = async (id: number) => (await call(handler, `GET /get_grades/${id}`, { as: teacher })).body;

test('the demo marks are there after one start, and not twice after two', async () => {
  await loadDemo();
  const first = await findMarkedStudent(1);
  expect(first?.marks.map(({ grade }) => grade)).toEqual([14, 12.5, 16, 11, 15.5]);
  await loadDemo();
  expect(await findMarkedStudent(1)).toEqual(first);
});

test('a start that crashed half-way is made up for by the next', async () => {
  const before = await findMarkedStudent(2);
  await table.write([remove({ pk: 'DEMO', sk: 'MARKS' })]);
  await loadDemo();
  expect(await findMarkedStudent(2)).toEqual(before);
});

test('what registration tells of a demo student replaces the name and keeps the marks', async () => {
  await learnStudent({ id: 3, name: 'Nom d’inscription', version: 1 });
  await table.write([remove({ pk: 'DEMO', sk: 'MARKS' })]);
  await loadDemo();
  expect(await grades(3)).toEqual({ name: 'Nom d’inscription', grades: [9.5, 13, 10, 12] });
});
