import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { admin, call, guardian, student, teacher } from '../../../tests/support/call.ts';
import { registered, somePhone } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler } from '../exports.ts';
import { handler as students } from '../students.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
  for (let i = 0; i < 6; i += 1)
    await registered({
      name: `Awa Diop ${i}`,
      first_name: 'Awa',
      last_name: `Diop ${i}`,
      class_name: i < 3 ? '4e B' : '3e A',
    });
  await registered({ name: '=HYPERLINK("http://x")', class_name: '3e A' });
});

const exported = (query: string, headers?: Record<string, string>) =>
  call(handler, `GET /students/export?${query}`, { as: admin, ...(headers && { headers }) });

const rowsOf = (csv: string) => parseCsv(csv).map((row) => row.map(String));

describe('students as a file', () => {
  test('are a PDF to be printed, in the reader’s language', async () => {
    const [french, english] = [await exported('format=pdf'), await exported('format=pdf', { 'Accept-Language': 'en' })];
    for (const { status, headers, text, base64 } of [french, english]) {
      expect([status, headers['Content-Type'], base64]).toEqual([200, 'application/pdf', true]);
      expect(Buffer.from(text, 'base64').toString('latin1', 0, 5)).toBe('%PDF-');
    }
    expect(french.headers['Content-Disposition']).toMatch(/filename="Eleves \d{4}-\d\d-\d\d\.pdf"/);
    expect(english.text).not.toBe(french.text);
  });

  test.each(['', 'class_name=4eb', 'last_name=diop', 'first_name=awa&class_name=3e+a', 'status=left', 'paid=true'])(
    'are those of the list in its order: %s',
    async (filter) => {
      const { body: listed } = await call(students, `GET /students?limit=200&${filter}`, { as: admin });
      expect((await exported(`format=json&${filter}`)).body).toEqual(listed);
      const [, ...rows] = rowsOf((await exported(filter)).text);
      expect(rows.map(([id]) => Number(id))).toEqual(listed.map(({ id }: { id: number }) => id));
    },
  );

  test('who is found by phone or by matricule is the one of the list', async () => {
    const [phone, matricule] = [somePhone(), '2026-7001'];
    await registered({ name: 'Une seule', phone, matricule });
    for (const filter of [`matricule=${matricule}`, `phone=${encodeURIComponent(phone)}`, 'matricule=2001-9999'])
      expect((await exported(`format=json&${filter}`)).body).toEqual(
        (await call(students, `GET /students?${filter}`, { as: admin })).body,
      );
  });

  test('have headers, a name and words in the caller’s language', async () => {
    const english = await exported('class_name=4e+b', { 'Accept-Language': 'en' });
    expect(rowsOf(english.text)[0]?.slice(2, 6)).toEqual(['Last name', 'First name', 'Full name', 'Class']);
    expect(english.headers['Content-Disposition']).toMatch(/^attachment; filename="Students \d{4}-\d\d-\d\d\.csv"$/);
    const french = await exported('class_name=4e+b');
    expect(rowsOf(french.text)[0]?.slice(2, 6)).toEqual(['Nom', 'Prénom', 'Nom complet', 'Classe']);
    expect(french.text).toContain(',inscrit,');
    expect(english.text).toContain(',enrolled,');
  });

  test('run no formula', async () => {
    expect((await exported('')).text).toContain(`"'=HYPERLINK(""http://x"")"`);
  });

  test('are a workbook of typed cells', async () => {
    const { text, base64, headers } = await exported('format=xlsx&class_name=4e+b');
    expect(base64).toBe(true);
    expect(headers['Content-Disposition']).toMatch(/\.xlsx"/);
    const { sheets } = await readXlsx(Buffer.from(text, 'base64'));
    expect(sheets[0]?.rows).toHaveLength(4);
    expect(sheets[0]?.rows[1]?.[0]).toEqual(expect.any(Number));
  });

  test.each(['format=ods', 'bom=maybe', 'limit=3', 'cursor=x'])('are refused with %s', async (query) => {
    expect(await exported(query)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  });

  test('are for staff', async () => {
    for (const [as, status] of [
      [teacher, 200],
      [student(), 403],
      [guardian(), 403],
    ] as const)
      expect((await call(handler, 'GET /students/export', { as })).status).toBe(status);
  });
});
