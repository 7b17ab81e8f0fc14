import { beforeAll, expect, test } from '@jest/globals';
import { key } from '../../../platform/data/key.ts';
import { type Item, put } from '../../../platform/data/write.ts';
import { admin, student, teacher } from '../../../tests/support/call.ts';
import { ask, asked, tell, tellGone } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { studentKey } from '../students/student-store.ts';
import { table } from '../table.ts';
import { carryOver } from './carry-over.ts';
import { markKey } from './mark-store.ts';

beforeAll(async () => {
  await createContext('grades');
});

const at = '2026-10-05T08:00:00.000Z';

const markId = (n: number): string => `0190000${n}-0000-7000-8000-000000000000`;

/** Items as the version before wrote them: totals on the profile, marks without a term, classes by their name alone. */
async function ofOld(id: number, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const profile = {
    ...{ student_id: id, name: 'Awa Diop', class_name: 'Terminale S1', username: `old${id}`, phone: `+2217700${id}` },
    ...{ version: 2, marks_count: 2, weighted_sum: 420_000, coefficient_sum: 300 },
  };
  const marks = [
    { id: markId(1), grade: 12, coefficient: 2, subject: 'Maths' },
    { id: markId(2), grade: 18, coefficient: 1 },
  ];
  await table.write([
    put({ ...studentKey(id), ...profile, ...more }),
    ...marks.map((mark) => put({ ...markKey(id, mark.id), ...mark, author: 'prof', at, version: 1 } as Item)),
    put({ pk: key`CLASSES`, sk: key`Terminale S1`, class_name: 'Terminale S1' }),
  ]);
}

test('a student of an older version is carried over with what their marks come to, once', async () => {
  await ofOld(501);
  await Promise.all([carryOver(501), carryOver(501)]);
  await carryOver(501);
  const report = await asked('GET /grades/501', undefined, student('old501'));
  expect(report).toMatchObject({ general: 15, rank: 1, size: 1, class_name: 'Terminale S1' });
  expect(report.subjects).toMatchObject([{ name: 'Maths', figure: 12 }, { figure: 18 }]);
  expect((await asked('GET /get_grades/501')).grades).toEqual([12, 18]);
  expect(await asked('GET /classes')).toEqual([{ class_name: 'Terminale S1', size: 1 }]);
});

test('so is one who gets a mark, or is told of, before anybody carries them over', async () => {
  await ofOld(502);
  await asked('POST /add_grade/502', { grade: 9 }, teacher);
  expect((await asked('GET /get_grades/502')).grades).toEqual([12, 18, 9]);
  expect((await asked('GET /grades/502')).general).toBe(12.75);
  await ofOld(503);
  await tell(503, 3, { class_name: 'Terminale S2' });
  expect(await asked('GET /grades/503')).toMatchObject({ general: 15, class_name: 'Terminale S2' });
});

test('marks that were put apart stay apart, and come back where the student is named', async () => {
  await ofOld(504, {
    ...{ marks_from: markId(2), marks_count: 1, weighted_sum: 180_000, coefficient_sum: 100 },
    apart: { marks_count: 1, weighted_sum: 240_000, coefficient_sum: 200 },
  });
  await carryOver(504);
  expect((await asked('GET /grades/504')).general).toBe(18);
  await asked('POST /init_student', { id: 504, name: 'Awa Diop' }, admin);
  expect((await asked('GET /grades/504')).general).toBe(15);
  expect((await asked('GET /get_grades/504')).grades).toEqual([12, 18]);
});

test('one who was deleted stays so, and has their marks again once restored', async () => {
  await ofOld(505, { deleted_at: at, name: undefined, class_name: undefined, username: undefined, phone: undefined });
  await carryOver(505);
  expect((await ask('GET /grades/505')).status).toBe(404);
  await tell(505, 7, { class_name: 'Terminale L' });
  expect((await asked('GET /grades/505')).general).toBe(15);
  await ofOld(506);
  await tellGone(506, 4);
  expect((await ask('GET /grades/506')).status).toBe(404);
});
