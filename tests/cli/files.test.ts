import { createHash, randomInt, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { bury } from '../support/dead-letter.ts';
import { told } from '../support/deliver.ts';
import { json, newClass, newPhone, type Person, signedIn } from './command-line.ts';
import { onScreen } from './screen.ts';

/** What goes out as files, and comes in from them. */
let admin: Person;
const folder = mkdtempSync(join(tmpdir(), 'campus-files-'));
const fileOf = (name: string): string => join(folder, name);

beforeAll(async () => {
  admin = await signedIn('admin', 'admin');
});

const sizes = async (class_name: string) =>
  (await json<unknown[]>(admin, ['students', 'list', '--class', class_name, '--all'])).length;

describe('students go out', () => {
  test.each([
    ['students.csv', [], /^\uFEFF?[^\r\n]*Last name/],
    ['students.bin', ['--format', 'csv-excel'], /^\uFEFF[^\r\n]*;Last name;/],
    ['students.xlsx', [], /^PK/],
    ['students.json', [], /^\[/],
  ])('as %s, whole, with the filters of the list', async (name, more, begins) => {
    const { class_name } = await newClass(admin, ['Awa Diop', 'Binta Diop']);
    const file = fileOf(name);
    const { code, stderr } = await admin(['students', 'export', file, '--class', class_name, ...more]);
    expect([code, stderr]).toEqual([0, '']);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(begins);
    if (name.endsWith('.json')) expect(JSON.parse(text)).toHaveLength(2);
    expect(readdirSync(folder).filter((one) => one.endsWith('.part'))).toEqual([]);
  });

  test('where nothing can be written, nothing is, and a name that says no format is asked for one', async () => {
    expect((await admin(['students', 'export', fileOf('nowhere/students.csv')])).code).toBe(2);
    expect(await admin(['students', 'export', fileOf('students.pdf')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--format'),
    });
  });
});

interface Report {
  readonly accepted: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** A file of a class; `width` makes it large by a column that nobody reads. */
function classFile(name: string, class_name: string, rows: readonly (readonly [string, string])[], width = 0): string {
  const file = fileOf(name);
  const note = 'x'.repeat(width);
  const lines = rows.map(([student, phone]) => `${student},${phone},${class_name},"12;15,5",${note}\r\n`);
  writeFileSync(file, `Nom complet,Téléphone,Classe,Notes,Remarque\r\n${lines.join('')}`);
  return file;
}

describe('students come in', () => {
  const columns = ['--columns', 'name,phone,class_name,marks,-'];

  test('from a file: told first, then taken in, and the same file twice changes nothing', async () => {
    const class_name = `I${randomUUID().slice(0, 8)}`;
    const file = classFile('class.csv', class_name, [
      ['Awa Diop', newPhone()],
      ['Binta Diop', newPhone()],
    ]);
    const line = ['students', 'import', file, ...columns];
    expect(await json<Report>(admin, [...line, '--dry-run'])).toMatchObject({ accepted: 2, rejected: 0 });
    expect(await sizes(class_name)).toBe(0);
    expect(await json<Report>(admin, line)).toMatchObject({ accepted: 2, unchanged: 0, rejected: 0 });
    expect(await sizes(class_name)).toBe(2);
    expect(await json<Report>(admin, line)).toMatchObject({ accepted: 0, unchanged: 2, rejected: 0 });
  });

  test('of a file the rows that are wrong are named, and written out to be mended', async () => {
    const class_name = `I${randomUUID().slice(0, 8)}`;
    const file = classFile('bad.csv', class_name, [
      ['Awa Diop', newPhone()],
      ['Binta Diop', '12'],
    ]);
    const mend = fileOf('mend.csv');
    const { code, stderr } = await admin(['students', 'import', file, ...columns, '--mend', mend]);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/3 +phone/)]);
    expect(await sizes(class_name)).toBe(1);
    writeFileSync(
      mend,
      readFileSync(mend, 'utf8').replace(/Diop[;,]12[;,]/, (row) => row.replace('12', newPhone())),
    );
    expect((await admin(['students', 'import', mend])).stderr).toBe('');
    expect(await sizes(class_name)).toBe(2);
  });

  test('a large one goes in in the background, with a bar, and one that cannot be read says why', async () => {
    const class_name = `I${randomUUID().slice(0, 8)}`;
    const rows = Array.from({ length: 60 }, (_, i) => [`Élève ${i} Diop`, newPhone()] as const);
    const file = classFile('large.csv', class_name, rows, 6000);
    const shown = await onScreen(admin, ['students', 'import', file, ...columns], { COLUMNS: '100' });
    expect(shown).toMatch(/\d+ rows go in, 0 change nothing, \d+ are refused/);
    expect(shown).toMatch(/▕█/);
    expect(await sizes(class_name)).toBeGreaterThan(50);
    writeFileSync(fileOf('no.csv'), Buffer.alloc(400_000, 1));
    expect((await admin(['students', 'import', fileOf('no.csv')])).code).toBe(3);
  });
});

describe('the whole school', () => {
  test('goes out in one file that is held against its manifest, and a byte less is noticed', async () => {
    const file = fileOf('school.ndjson');
    const { parts } = await json<{ parts: { part: string; lines: number; sha256: string }[] }>(admin, [
      ...['export', file, '--all'],
    ]);
    const persons = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"part":"persons"'));
    const sum = createHash('sha256')
      .update(persons.map((line) => `${line}\n`).join(''))
      .digest('hex');
    expect(parts).toContainEqual(expect.objectContaining({ part: 'persons', lines: persons.length, sha256: sum }));
    expect((await admin(['export', file, '--check'])).code).toBe(0);
    const whole = readFileSync(file, 'utf8');
    for (const broken of [whole.slice(0, -2), whole.replace('"part":"persons","kind"', '"part":"persons", "kind"')]) {
      writeFileSync(file, broken);
      expect((await admin(['export', file, '--check'])).code).toBe(1);
    }
    writeFileSync(file, whole.split('\n').slice(0, -2).join('\n'));
    expect(await admin(['export', file, '--check'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('its last line is missing'),
    });
  });

  test('is for admins, asked for in words, and leaves no file where it is refused', async () => {
    const teacher = await signedIn('prof', 'prof');
    const file = fileOf('refused.ndjson');
    expect((await teacher(['export', file, '--all'])).code).toBe(5);
    expect((await admin(['export', file])).code).toBe(2);
    expect(existsSync(file)).toBe(false);
  });
});

test('a report card is written as PDF, beside what is shown of it', async () => {
  const [id] = (await json<{ id: number }[]>(admin, ['students', 'list', '--class', 'Terminale S1'])).map(
    ({ id }) => id,
  );
  const file = fileOf('card.pdf');
  const shown = await admin(['report-card', `${id}`, '--pdf', file]);
  expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('Mathématiques')]);
  expect(readFileSync(file, 'latin1')).toMatch(/^%PDF-/);
  const none = fileOf('none.pdf');
  expect((await admin(['report-card', '99999999', '--pdf', none])).code).toBe(6);
  expect(existsSync(none)).toBe(false);
});

test('the report of a class is shown, and written as PDF', async () => {
  const file = fileOf('class.pdf');
  const { code, stdout } = await admin(['classes', 'report', 'Terminale S1', '--pdf', file]);
  expect([code, stdout]).toEqual([0, expect.stringContaining('Victor Lefèvre')]);
  expect(readFileSync(file, 'latin1')).toMatch(/^%PDF-/);
});

test('a receipt is written as PDF', async () => {
  const { ids } = await newClass(admin, ['Awa Diop']);
  const pay = ['fees', 'pay', `${ids[0]}`, '--amount', '20000', '--currency', 'XOF', '--method', 'cash'];
  expect((await admin(pay)).code).toBe(0);
  const file = fileOf('receipt.pdf');
  expect((await admin(['fees', 'receipt', `${ids[0]}`, '--pdf', file])).code).toBe(0);
  expect(readFileSync(file, 'latin1')).toMatch(/^%PDF-/);
});

test('an admin lists what a service gave up on, and sends it again; nobody else does', async () => {
  const { type, subject, ...event } = told('campus.person.deleted', { id: randomInt(1_000_000, 1_000_000_000) });
  await bury('person-events-dead-letters', JSON.stringify({ type, subject, ...event }));
  const { letters, waiting } = await json<Letters>(admin, ['dlq', 'list', 'health']);
  expect(letters).toContainEqual(expect.objectContaining({ event: { type, subject } }));
  const again = await json<{ redriven: number; waiting: number }>(admin, ['dlq', 'redrive', 'health']);
  expect(again).toEqual({ redriven: waiting, waiting: 0 });
  const prof = await signedIn('prof', 'prof');
  for (const step of ['list', 'redrive']) expect((await prof(['dlq', step, 'health'])).code).toBe(5);
  expect((await admin(['dlq', 'list', 'NoSuchService'])).code).toBe(2);
});

interface Letters {
  readonly waiting: number;
  readonly letters: readonly { readonly event: unknown }[];
}
