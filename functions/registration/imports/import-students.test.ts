import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../../platform/data/client.ts';
import { admin, call, student, teacher } from '../../../tests/support/call.ts';
import { commandsOf, failing, intervening, meanwhile, sdkError } from '../../../tests/support/faults.ts';
import { csv, importing, summary } from '../../../tests/support/importing.ts';
import { received } from '../../../tests/support/messages.ts';
import { read, register, registered, someEmail, somePhone } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler } from '../imports.ts';
import { handler as students } from '../students.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
});

const byPhone = async (phone: string) =>
  (await call(students, `GET /students?phone=${encodeURIComponent(phone)}`, { as: admin })).body[0];

let matricules = 0;
const someMatricule = (): string => `M-${++matricules}-${Date.now()}`;

const HEADER = ['matricule', 'nom', 'prénom', 'téléphone', 'e-mail', 'classe'];

describe('the file that everybody has', () => {
  const file = readFileSync('tests/files/etudiants.csv');

  test('goes in; its dry run says the same and changes nothing; again it changes nothing', async () => {
    const dry = await importing(file, 'dry_run=true');
    expect(summary(dry)).toEqual({ accepted: 4, unchanged: 0, rejected: 0, errors: [] });
    expect(await byPhone('+221771234501')).toBeUndefined();
    const real = await importing(file);
    expect({ ...real.body, dry_run: true }).toEqual(dry.body);
    expect(await byPhone('+221771234501')).toMatchObject({
      name: 'Awa Diop',
      first_name: 'Awa',
      last_name: 'Diop',
      class_name: '4eB',
      status: 'enrolled',
      paid: false,
      notified: true,
      enrolments: [{ class_name: '4eB', repeats: false }],
    });
    expect(summary(await importing(file))).toEqual({ accepted: 0, unchanged: 4, rejected: 0, errors: [] });
  });

  test('brings the marks of its students to the grades service, once, and no average', async () => {
    const told = await received(process.env.STUDENT_EVENTS_QUEUE_URL ?? '');
    expect(told.map(({ type }) => type)).toEqual(Array(3).fill('campus.student.marked'));
    const marks = told.map(({ data }) => (data as { marks: number[] }).marks);
    expect(marks.sort((a, b) => a.length - b.length)).toEqual([
      [12, 15],
      [12, 15],
      [8, 9.5, 11.25],
    ]);
    expect(JSON.stringify(told)).not.toContain('13.5');
    expect(told[0]?.data).toMatchObject({ by: 'admin', class_name: '4eB', status: 'enrolled' });
  });
});

test('an average that its marks do not come to is told, and no reason to reject a row', async () => {
  const rows = csv(
    ['nom', 'téléphone', 'notes', 'moyenne'],
    ['Ba', somePhone(), '12;15', '15'],
    ['Fall', somePhone(), '12;15', '13,5'],
  );
  const { body } = await importing(rows);
  expect(body.accepted).toBe(2);
  expect(body.warnings).toEqual([
    {
      row: 2,
      field: 'average',
      code: 'average_differs',
      detail: 'Le fichier dit 15, ses notes font 13.5 ; la moyenne se calcule toujours',
    },
  ]);
});

describe('rows that are rejected', () => {
  test('are told field by field and come back as a file: mended, it brings exactly them', async () => {
    const [good, bad] = [somePhone(), somePhone()];
    const file = csv(
      ['Nom', 'Prénom', 'Tél', 'Né le', 'Couleur'],
      ['Ba', 'Awa', good, '04/03/2010', 'bleu'],
      ['Diop', '=1+1', '12', '31/02/2010', 'vert;clair'.replace(';', ',')],
      ['Fall', 'Ali', '', '', ''],
    );
    const { body } = await importing(file);
    expect(summary({ body })).toEqual({
      accepted: 1,
      unchanged: 0,
      rejected: 2,
      errors: ['3 birth_date invalid_date', '3 phone invalid_phone', '4 email no_way_to_reach'],
    });
    const lines = body.failed_rows.split('\r\n');
    expect(lines[0]).toBe('\ufefflast_name;first_name;phone;birth_date;Couleur;Erreurs');
    expect(lines[1]).toMatch(/^Diop;'=1\+1;12;31\/02\/2010;vert,clair;/);
    expect(lines).toHaveLength(4);
    const mended = body.failed_rows
      .replace(';12;31/02/2010;', `;${bad};2010-02-28;`)
      .replace('Fall;Ali;;', `Fall;Ali;${somePhone()};`);
    expect(summary(await importing(mended))).toEqual({ accepted: 2, unchanged: 0, rejected: 0, errors: [] });
    expect(await byPhone(bad)).toMatchObject({ first_name: '=1+1', birth_date: '2010-02-28' });
    expect((await importing(mended)).body.unchanged).toBe(2);
  });

  test('are told in the language that is asked for', async () => {
    const answer = await call(handler, 'POST /students/import', {
      as: admin,
      rawBody: 'name,phone\nAwa Ba,12\n',
      headers: { 'Content-Type': 'text/csv', 'Accept-Language': 'en' },
    });
    expect(answer.body.errors[0].detail).toMatch(/^Invalid phone number/);
    expect(answer.body.failed_rows).toContain(';Errors\r\n');
  });
});

describe('a row is somebody’s', () => {
  test('by its matricule, else its phone, else its e-mail, and changes what it says of them', async () => {
    const [phone, email, matricule] = [somePhone(), someEmail(), someMatricule()];
    const one = await registered({ name: 'Awa Ba', matricule, phone });
    const other = await registered({ name: 'Fatou Diop', email });
    const moved = somePhone();
    const file = csv(HEADER, [matricule, 'Ba', 'Awa Marie', moved, '', '3eA'], ['', 'Diop', 'Fatou', '', email, '3eA']);
    expect(summary(await importing(file))).toEqual({ accepted: 2, unchanged: 0, rejected: 0, errors: [] });
    expect((await read(one)).body).toMatchObject({ id: one, first_name: 'Awa Marie', phone: moved, class_name: '3eA' });
    expect((await read(other)).body).toMatchObject({ id: other, email, class_name: '3eA' });
    // The number that was given up is free again, and what a row leaves blank stays.
    expect(summary(await importing(csv(HEADER, ['', 'Sy', 'Ali', phone, '', ''])))).toMatchObject({ accepted: 1 });
    expect((await importing(csv(HEADER, [matricule, '', '', '', '', '']))).body.unchanged).toBe(1);
  });

  test('with a matricule that nobody has yet, by its phone: it gets the matricule', async () => {
    const phone = somePhone();
    const id = await registered({ name: 'Awa Ba', phone });
    const matricule = someMatricule();
    await importing(csv(HEADER, [matricule, 'Ba', 'Awa', phone, '', '']));
    expect((await read(id)).body.matricule).toBe(matricule.toUpperCase());
  });

  test('but not by the number of a brother or sister', async () => {
    const phone = somePhone();
    const id = await registered({ name: 'Awa Ba', phone });
    expect(summary(await importing(csv(HEADER, ['', 'Ba', 'Moussa', phone, '', '3eA'])))).toMatchObject({
      rejected: 1,
      errors: ['2 phone another_student'],
    });
    expect((await read(id)).body).toMatchObject({ name: 'Awa Ba' });
    // A slip of the pen is the same person.
    expect((await importing(csv(HEADER, ['', 'Bâ', 'AWA', phone, '', '3eA']))).body.accepted).toBe(1);
  });

  test('and may not take what somebody else has', async () => {
    const [phone, matricule] = [somePhone(), someMatricule()];
    await registered({ name: 'Awa Ba', phone });
    await registered({ name: 'Ali Sy', email: someEmail(), matricule });
    const file = csv(HEADER, [matricule, 'Sy', 'Ali', phone, '', '']);
    expect(summary(await importing(file, 'dry_run=true'))).toMatchObject({ errors: ['2 phone phone_taken'] });
    expect(summary(await importing(file))).toMatchObject({ errors: ['2 phone phone_taken'] });
  });

  test('once in a file: twice the same is nothing new, and something else is told', async () => {
    const [phone, gone] = [somePhone(), somePhone()];
    const one = ['', 'Ba', 'Awa', phone, '', '3eA'];
    const file = csv(HEADER, one, one, ['', 'Ba', 'Awa', phone, '', '4eA'], ['', 'Sy', 'Ali', gone, '', '']);
    const expected = { accepted: 2, unchanged: 1, rejected: 1, errors: ['4  repeated_in_file'] };
    expect(summary(await importing(file, 'dry_run=true'))).toEqual(expected);
    expect(summary(await importing(file))).toEqual(expected);
  });

  test('also where a row before it gives up the number: the dry run knows', async () => {
    const [phone, next, matricule] = [somePhone(), somePhone(), someMatricule()];
    await registered({ name: 'Awa Ba', phone, matricule });
    const file = csv(HEADER, [matricule, 'Ba', 'Awa', next, '', ''], ['', 'Sy', 'Ali', phone, '', '']);
    const expected = { accepted: 2, unchanged: 0, rejected: 0, errors: [] };
    expect(summary(await importing(file, 'dry_run=true'))).toEqual(expected);
    expect(summary(await importing(file))).toEqual(expected);
    expect([(await byPhone(next)).name, (await byPhone(phone)).name]).toEqual(['Awa Ba', 'Ali Sy']);
  });
});

describe('columns', () => {
  test('can be said where the headers do not, and the row of the headers too', async () => {
    const phone = somePhone();
    const file = csv(['x', 'y', 'z'], ['Awa', phone, 'Ba']);
    expect((await importing(file)).body.errors[0].code).toBe('no_header');
    const said = await importing(file, 'columns=first_name,phone,last_name&header_row=1');
    expect(said.body.columns).toEqual([
      { header: 'x', field: 'first_name' },
      { header: 'y', field: 'phone' },
      { header: 'z', field: 'last_name' },
    ]);
    expect(summary(said)).toMatchObject({ accepted: 1, rejected: 0 });
    expect(
      summary(await importing(csv(['Awa', phone, 'Ba']), 'columns=first_name,phone,last_name&header_row=0')),
    ).toMatchObject({ unchanged: 1 });
    expect((await importing(file, 'columns=first_name,colour')).body.errors[0]).toMatchObject({
      parameter: 'columns.1',
    });
  });
});

describe('it is refused', () => {
  test.each(['1001', '-1', '1.7976931348623157e+308'])('with the headers in row %j', async (row) => {
    expect((await importing('', `header_row=${row}`)).body.errors[0]).toMatchObject({ parameter: 'header_row' });
  });

  test('to everybody but an admin', async () => {
    for (const as of [teacher, student()]) expect((await importing('', '', as)).body.code).toBe('forbidden');
  });

  test('where nothing can be made of the file: why is told, and nothing is imported', async () => {
    const { status, body } = await importing('%PDF-1.7');
    expect([status, body.code, body.errors]).toEqual([
      400,
      'unreadable_file',
      [{ pointer: '#', code: 'not_a_table', detail: 'Ce n’est ni un fichier CSV ni un classeur XLSX' }],
    ]);
  });

  test.each([
    ['more than 4 MiB', Buffer.alloc(4 * 1024 * 1024 + 1, 'a')],
    ['more than 5,000 rows', `nom\n${'Ba\n'.repeat(5_001)}`],
  ])('for %s, with the way out', async (_, file) => {
    const { status, body } = await importing(file);
    expect([status, body.code]).toEqual([413, 'payload_too_large']);
    expect(body.detail).toContain('POST /imports');
  });

  test('as JSON', async () => {
    const { status, body } = await call(handler, 'POST /students/import', { as: admin, body: {} });
    expect([status, body.code]).toEqual([415, 'unsupported_media_type']);
  });
});

describe('while others are at it', () => {
  test('a row whose number somebody takes just then is planned anew, and the others go in', async () => {
    const [taken, free] = [somePhone(), somePhone()];
    const file = csv(HEADER, ['', 'Ba', 'Awa', taken, '', ''], ['', 'Sy', 'Ali', free, '', '']);
    const other = meanwhile('TransactWriteItems', () => register({ name: 'Moussa Fall', phone: taken }));
    const answer = await intervening(dynamo, other, () => importing(file));
    expect(summary(answer)).toEqual({ accepted: 1, unchanged: 0, rejected: 1, errors: ['2 phone another_student'] });
    expect((await byPhone(free)).name).toBe('Ali Sy');
  });

  test('a table that fails answers 503, and the same file then brings the rest', async () => {
    const file = csv(HEADER, ...Array.from({ length: 40 }, (_, i) => ['', `Ba${i}`, 'Awa', somePhone(), '', '']));
    const down = failing(() => sdkError('ProvisionedThroughputExceededException'), 'TransactWriteItems');
    const answer = await intervening(dynamo, down, () => importing(file));
    expect(answer.status).toBe(503);
    expect(summary(await importing(file))).toMatchObject({ accepted: 40, rejected: 0 });
  });

  test('many rows go into one transaction', async () => {
    const file = csv(HEADER, ...Array.from({ length: 60 }, (_, i) => ['', `Sy${i}`, 'Ali', somePhone(), '', '']));
    const commands = await commandsOf(dynamo, () => importing(file));
    expect(commands.filter((one) => one === 'TransactWriteItems').length).toBeLessThanOrEqual(2);
    expect(commands.length).toBeLessThanOrEqual(6);
  });
});
