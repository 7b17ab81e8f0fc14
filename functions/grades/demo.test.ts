import { beforeAll, expect, test } from '@jest/globals';
import { key } from '../../platform/data/key.ts';
import { remove } from '../../platform/data/write.ts';
import { call, teacher } from '../../tests/support/call.ts';
import { deliver, told } from '../../tests/support/deliver.ts';
import { createContext } from '../../tests/support/tables.ts';
import { loadDemo } from './demo.ts';
import { list } from './marks/mark-store.ts';
import { handler } from './marks.ts';
import { handler as consumer } from './on-student-event.ts';
import { handler as cards } from './report-cards.ts';
import { table } from './table.ts';

beforeAll(async () => {
  await createContext('grades');
});

const grades = async (id: number) => (await call(handler, `GET /get_grades/${id}`, { as: teacher })).body;

test('the demo marks are there after one start, and not twice after two', async () => {
  await loadDemo();
  const first = await list(1);
  expect(first?.marks.map(({ grade }) => grade)).toEqual([14, 12.5, 16, 11, 15.5]);
  await loadDemo();
  expect(await list(1)).toEqual(first);
});

test('a start that crashed half-way is made up for by the next', async () => {
  const before = await list(2);
  await table.write([remove({ pk: key`DEMO`, sk: key`MARKS` })]);
  await loadDemo();
  expect(await list(2)).toEqual(before);
});

test('what registration tells of a demo student replaces the name and keeps the marks', async () => {
  await deliver(consumer, [told('campus.student.changed', { id: 3, name: 'NDIAYE Mamadou', version: 1 })]);
  await table.write([remove({ pk: key`DEMO`, sk: key`MARKS` })]);
  await loadDemo();
  expect(await grades(3)).toEqual({ name: 'NDIAYE Mamadou', grades: [9.5, 13, 10, 12] });
});

test('the report cards of last year were published, then corrected, and tell why', async () => {
  await loadDemo();
  const { body } = await call(cards, 'GET /grades/1/report-cards', { as: teacher });
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came back
  const told = body.map(({ content, version, replaces, reason, differs }: any) => [
    ...[content.term.name, version, replaces, reason, differs],
  ]);
  expect(told).toEqual([
    ['2025-2026', 1, undefined, undefined, false],
    ['Semestre 2 (2025-2026)', 2, 1, 'Erreur de report en mathématiques', false],
    ['Semestre 2 (2025-2026)', 1, undefined, undefined, undefined],
  ]);
  expect(body[0].content.council).toEqual({ decision: 'promoted' });
  expect(body[1].content).toMatchObject({
    council: { mention: 'Assez bien', late: 1 },
    subjects: [{ name: 'Mathématiques', remark: { author: 'prof' } }],
  });
});
