import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseCsv } from 'hucre/csv';
import { admin, call, guardian, student, teacher } from '../../../tests/support/call.ts';
import { ask, asked, classOf } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as classes } from '../classes.ts';
import { handler } from '../exports.ts';

beforeAll(async () => {
  await createContext('grades');
  const ids = await classOf(4, '6e A');
  for (const [i, id] of ids.slice(0, 3).entries()) await ask(`POST /add_grade/${id}`, { grade: 10.5 + i });
  await ask(`POST /add_grade/${(await classOf(1, '5e B'))[0]}`, { grade: 8 });
});

const exported = (query: string, headers?: Record<string, string>) =>
  call(handler, `GET /grades/export?${query}`, { as: admin, ...(headers && { headers }) });

describe('students by average as a file', () => {
  test.each(['', 'class_name=6ea', 'class_name=6e+a&order=asc', 'last_name=x'])(
    'are those of the list in its order: %s',
    async (filter) => {
      const listed = await asked(`GET /grades?limit=200&${filter}`);
      expect((await exported(`format=json&${filter}`)).body).toEqual(listed);
      const [, ...rows] = parseCsv((await exported(filter)).text);
      expect(rows.map(([id]) => Number(id))).toEqual(
        listed.map(({ student_id }: { student_id: number }) => student_id),
      );
    },
  );

  test('have decimal commas where a French Excel reads them, and nothing where there is no average', async () => {
    const { text } = await exported('format=csv-excel&class_name=6ea');
    const [header, ...rows] = parseCsv(text, { delimiter: ';' });
    expect(header?.slice(1)).toEqual(['Nom complet', 'Classe', 'Moyenne', 'Sur']);
    expect(rows.map((row) => row[3])).toEqual(['12,5', '11,5', '10,5', '']);
  });

  test.each([
    ['class_name=none', 404, 'class_not_found'],
    ['order=asc', 400, 'invalid_input'],
    ['term=0199d3c7-5bb8-7c2e-b9a1-3f1f6d2a7e10', 404, 'term_not_found'],
    ['format=ods', 400, 'invalid_input'],
  ])('are refused like the list, before anything is sent: %s', async (query, status, code) => {
    expect(await exported(query)).toMatchObject({ status, body: { code } });
    if (query.startsWith('format')) return;
    expect(await call(classes, `GET /grades?${query}`, { as: admin })).toMatchObject({ status, body: { code } });
  });

  test('are for staff', async () => {
    for (const [as, status] of [
      [teacher, 200],
      [student(), 403],
      [guardian(), 403],
    ] as const)
      expect((await call(handler, 'GET /grades/export', { as })).status).toBe(status);
  });
});
