import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { writeXlsx } from 'hucre/xlsx';
import { until } from '../../project/until.ts';
import { call, logIn } from '../support/http.ts';

let token: string;
let phones = 780_000_000 + Math.floor(Math.random() * 8_000_000);

const somePhone = (): string => String(++phones);

beforeAll(async () => {
  token = await logIn('admin', 'admin');
});

const send = (file: string | Uint8Array, query = '', type = 'text/csv') =>
  call('POST', `/students/import${query}`, { token, file, headers: { 'Content-Type': type } });

const byPhone = async (phone: string) =>
  (await call('GET', `/students?phone=${encodeURIComponent(`+221${phone}`)}`, { token })).body[0];

test('the file that everybody has goes in with its marks, and twice is once', async () => {
  const [one, other] = [somePhone(), somePhone()];
  const file = readFileSync('tests/files/etudiants.csv', 'utf8')
    .replace('771234501', one)
    .replace('771234502', other)
    .replace('771234503', somePhone())
    .replace('771234504', somePhone());
  const dry = await send(file, '?dry_run=true');
  expect([dry.status, dry.body.accepted, dry.body.rejected]).toEqual([200, 4, 0]);
  const { body } = await send(file);
  expect([body.accepted, body.unchanged, body.rejected, body.failed_rows]).toEqual([4, 0, 0, null]);
  expect((await send(file)).body.unchanged).toBe(4);
  const { id } = await byPhone(one);
  const marks = () => call('GET', `/get_grades/${id}`, { token });
  await until(async () => (await marks()).body?.grades?.length === 2);
  expect((await marks()).body).toEqual({ name: 'Awa Diop', grades: [12, 15] });
});

test('bytes arrive as they were sent: Windows-1252, UTF-16 and a workbook', async () => {
  const files = [
    { phone: somePhone(), make: (text: string) => Buffer.from(text, 'latin1'), type: 'text/csv' },
    {
      phone: somePhone(),
      make: (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
      type: 'application/octet-stream',
    },
  ];
  for (const { phone, make, type } of files) {
    const { body } = await send(make(`nom;prénom;téléphone\nSène;Aïda;${phone}\n`), '', type);
    expect([body.accepted, body.errors]).toEqual([1, []]);
    expect((await byPhone(phone)).name).toBe('Aïda Sène');
  }
  const phone = somePhone();
  const rows = [
    ['Nom', 'Prénom', 'Téléphone', 'Né(e) le'],
    ['Sène', 'Aïda', Number(phone), new Date(Date.UTC(2010, 2, 4))],
  ];
  const workbook = await writeXlsx({ sheets: [{ name: 'Élèves', rows }] });
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  expect((await send(workbook, '', type)).body).toMatchObject({ accepted: 1, rejected: 0 });
  expect(await byPhone(phone)).toMatchObject({ name: 'Aïda Sène', birth_date: '2010-03-04' });
});

test('what is wrong is told row by row, what is no table as a problem, what is too large with the way out', async () => {
  const { body } = await send('nom;téléphone\nBa;12\n');
  expect(body.errors).toMatchObject([{ row: 2, field: 'phone', code: 'invalid_phone' }]);
  expect((await send('%PDF-1.7')).body).toMatchObject({ code: 'unreadable_file', errors: [{ code: 'not_a_table' }] });
  const large = await send(Buffer.alloc(5 * 1024 * 1024, 'a'));
  expect(large.status).toBe(413);
  expect((await send('{}', '', 'application/json')).body.code).toBe('unsupported_media_type');
});

test('a large file is uploaded, imported in the background and reported', async () => {
  const rows = Array.from({ length: 700 }, (_, i) => `Nom${i};Awa;${somePhone()};Tle X`).join('\n');
  const file = `nom;prénom;téléphone;classe\nX;Y;12;Tle X\n${rows}\n`;
  const { status, headers, body } = await call('POST', '/imports', { token, body: { bytes: Buffer.byteLength(file) } });
  expect([status, headers.get('location')]).toEqual([201, expect.stringMatching(new RegExp(`/imports/${body.id}$`))]);
  const { method, url, headers: said } = body.upload;
  const path = `/imports/${body.id}`;
  expect((await call('POST', `${path}/start`, { token })).body.code).toBe('not_uploaded');
  expect((await fetch(url, { method, headers: said, body: file })).status).toBe(200);
  expect((await call('POST', `${path}/start`, { token })).body.state).toBe('running');
  const read = async () => (await call('GET', path, { token })).body;
  await until(async () => (await read()).state === 'done', { within: 60_000 });
  const report = await read();
  expect(report).toMatchObject({ rows: 701, rows_done: 701, accepted: 700, unchanged: 0, rejected: 1 });
  expect(report.errors).toMatchObject([{ row: 2, field: 'phone', code: 'invalid_phone' }]);
  expect(await (await fetch(report.failed_rows_url)).text()).toContain('X;Y;12;Tle X');
});
