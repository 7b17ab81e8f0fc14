import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../../project/until.ts';
import { json, newAccount, newClass, newPhone, type Person, signedIn } from './command-line.ts';
import { onScreen } from './screen.ts';

/** What the source document of the student management application lists as its functions, done from the terminal. */
let admin: Person;
let teacher: Person;
beforeAll(async () => {
  [admin, teacher] = await Promise.all([signedIn('admin', 'admin'), signedIn('prof', 'prof')]);
});

const email = (): string => `${randomUUID()}@example.sn`;

interface Student {
  readonly id: number;
  readonly name: string;
}

describe('students', () => {
  test('are added, with first marks', async () => {
    const { code, stdout } = await admin([
      'students',
      'add',
      'Awa Diop',
      '--email',
      email(),
      '--marks',
      '12',
      '--marks',
      '15,5',
    ]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d+\n$/)]);
    expect(await json(admin, ['marks', 'show', stdout.trim()])).toEqual({ name: 'Awa Diop', grades: [12, 15.5] });
  });

  test('a mark outside 0 to 20 is refused before anybody is added', async () => {
    const name = `Zoé ${randomUUID().slice(0, 8)}`;
    const { code, stderr } = await admin(['students', 'add', name, '--email', email(), '--marks', '21']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('a mark is from 0 to 20, not 21')]);
    expect(await json(admin, ['students', 'search', '--last-name', name.slice(4)])).toEqual([]);
  });

  test('a phone number that somebody has is refused, with the field', async () => {
    const phone = newPhone();
    const add = (name: string) => admin(['students', 'add', name, '--email', email(), '--phone', phone]);
    expect((await add('Awa Diop')).code).toBe(0);
    expect(await add('Fatou Ndiaye')).toMatchObject({
      code: 7,
      stdout: '',
      stderr: expect.stringContaining('has this number'),
    });
  });

  test('are shown by average, the best first', async () => {
    const { class_name, ids } = await newClass(admin, ['Awa Faye', 'Binta Faye', 'Coumba Faye']);
    await Promise.all([admin(['marks', 'set', `${ids[0]}`, '8']), admin(['marks', 'set', `${ids[1]}`, '16,5', '15'])]);
    const found = await json<{ average: number }[]>(teacher, ['students', 'averages', '--class', class_name]);
    expect(found.map(({ average }) => average)).toEqual([15.75, 10, 8]);
  });

  test('are found by family name, first name, phone and class', async () => {
    const [first, last, class_name] = [
      `P${randomUUID().slice(0, 8)}`,
      `N${randomUUID().slice(0, 8)}`,
      `K${randomUUID().slice(0, 8)}`,
    ];
    const phone = newPhone();
    const id = (
      await admin([
        'students',
        'add',
        '--first-name',
        first,
        '--last-name',
        last,
        '--email',
        email(),
        '--phone',
        phone,
        '--class',
        class_name,
      ])
    ).stdout.trim();
    for (const text of [last, first, phone, class_name, `${first} ${last}`, `${last} ${first}`]) {
      const found = await json<Student[]>(teacher, ['students', 'search', text]);
      expect([text, found.map((one) => one.id)]).toEqual([text, [Number(id)]]);
    }
    for (const option of [
      ['--last-name', last],
      ['--first-name', first],
      ['--phone', phone],
      ['--class', class_name],
    ])
      expect((await json<Student[]>(teacher, ['students', 'search', ...option])).map((one) => one.id)).toEqual([
        Number(id),
      ]);
  });

  test('their marks are changed, one or all of them, and the history keeps what was', async () => {
    const { ids } = await newClass(admin, ['Awa Sow']);
    const id = `${ids[0]}`;
    const mark = (await teacher(['marks', 'add', id, '9'])).stdout.trim();
    expect((await teacher(['marks', 'edit', id, mark, '--score', '11,5'])).code).toBe(0);
    expect(await json(teacher, ['marks', 'show', id])).toMatchObject({ grades: [10, 11.5] });
    const versions = await json<{ score: number }[]>(teacher, ['marks', 'history', id, mark]);
    expect(versions.map(({ score }) => score).sort()).toEqual([11.5, 9]);
    expect((await teacher(['marks', 'remove', id, mark, '--yes'])).code).toBe(0);
    expect((await teacher(['marks', 'set', id, '1', '2'])).code).toBe(0);
    expect(await json(teacher, ['marks', 'show', id])).toMatchObject({ grades: [1, 2] });
  });

  test('are removed, once it is said that it is meant', async () => {
    const { ids } = await newClass(admin, ['Awa Seck']);
    expect(await admin(['students', 'remove', `${ids[0]}`])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    expect((await admin(['students', 'remove', `${ids[0]}`, '--yes'])).code).toBe(0);
    expect((await admin(['students', 'show', `${ids[0]}`])).code).toBe(6);
  });

  test('are exported as CSV and JSON, every page', async () => {
    const { class_name, ids } = await newClass(admin, ['Awa Ka', 'Binta Ka', 'Coumba Ka']);
    const { stdout } = await admin(['students', 'list', '--class', class_name, '--all', '--csv']);
    expect(stdout.split('\r\n')).toEqual([
      'id,name,class_name,phone,email,status,paid',
      ...ids.map((id) => expect.stringMatching(new RegExp(`^${id},\\w+ Ka,${class_name},,.+@example\\.sn,enrolled,`))),
      '',
    ]);
    const listed = await json<Student[]>(admin, ['students', 'list', '--class', class_name, '--all']);
    expect(listed.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(
      (await admin(['students', 'list', '--class', class_name, '--limit', '2'])).stdout.trim().split('\n'),
    ).toHaveLength(2);
  });

  test('are changed, and a field is taken away', async () => {
    const id = (await admin(['students', 'add', 'Awa Ba', '--email', email(), '--phone', newPhone()])).stdout.trim();
    expect((await admin(['students', 'edit', id, '--name', 'Awa Bâ', '--phone', ''])).code).toBe(0);
    const student = await json(admin, ['students', 'show', id]);
    expect([student.name, student.phone]).toEqual(['Awa Bâ', undefined]);
  });
});

describe('roles', () => {
  test('an admin sees every account, and gives roles', async () => {
    const { username } = await newAccount();
    expect((await admin(['users', 'edit', username, '--role', 'teacher'])).code).toBe(0);
    expect(await json(admin, ['users', 'show', username])).toMatchObject({ username, role: 'teacher' });
  });

  test('a teacher enters marks, and enrols, but changes no account', async () => {
    const { ids } = await newClass(admin, ['Awa Gaye']);
    expect((await teacher(['marks', 'add', `${ids[0]}`, '13'])).code).toBe(0);
    expect((await teacher(['users', 'list'])).code).toBe(5);
  });

  test('a student sees what is theirs, and of others nothing', async () => {
    const { ids } = await newClass(admin, ['Awa Mbaye', 'Binta Mbaye']);
    const { username, password } = await newAccount();
    const student = await signedIn(username, password);
    const { code } = await json<{ code: string }>(admin, ['students', 'code', `${ids[0]}`]);
    expect((await student(['students', 'claim', code])).code).toBe(0);
    expect((await admin(['students', 'notify', `${ids[0]}`])).code).toBe(0);
    // The message is on its way to the grades service.
    await until(async () => (await student(['marks', 'show', `${ids[0]}`])).code === 0);
    expect(await json(student, ['marks', 'show', `${ids[0]}`])).toMatchObject({ grades: [10] });
    expect((await student(['marks', 'show', `${ids[1]}`])).code).toBe(6);
    expect((await student(['students', 'list'])).code).toBe(5);
    expect((await student(['marks', 'add', `${ids[0]}`, '20'])).code).toBe(5);
  });
});

describe('statistics', () => {
  test('the mean of a class, with its median and histogram', async () => {
    const { class_name, ids } = await newClass(admin, ['Awa Fall', 'Binta Fall', 'Coumba Fall']);
    await admin(['marks', 'set', `${ids[0]}`, '16']);
    const stats = await json(teacher, ['classes', 'stats', class_name]);
    expect(stats).toMatchObject({ count: 3, mean: 12, median: 10, min: 10, max: 16 });
  });

  test('the ten best of a class, ties sharing their rank', async () => {
    const { class_name, ids } = await newClass(admin, ['Awa Ndour', 'Binta Ndour', 'Coumba Ndour']);
    await admin(['marks', 'set', `${ids[2]}`, '19']);
    const { stdout } = await teacher(['top10', '--class', class_name]);
    expect(stdout.split('\n').map((line) => line.split('\t').slice(0, 2))).toEqual([
      ['1', 'Coumba Ndour'],
      ['2', 'Awa Ndour'],
      ['2', 'Binta Ndour'],
      [''],
    ]);
  });
});

describe("a class's marks", () => {
  test('are entered as words, and each student who is refused is told', async () => {
    const { class_name, ids } = await newClass(admin, ['Awa Dia', 'Binta Dia', 'Coumba Dia']);
    const [a, b, c] = ids;
    const assessment = (
      await teacher(['assessments', 'add', 'Devoir 1', '--class', class_name, '--out-of', '10'])
    ).stdout.trim();
    const first = await teacher(['assessments', 'enter', assessment, `${a}=7,5`, `${b}=absent`, `${c}=11`, '--json']);
    expect([first.code, JSON.parse(first.stdout)]).toMatchObject([
      3,
      [{ result: 'stored' }, { result: 'stored' }, { result: 'refused', code: 'score_above_out_of' }],
    ]);
    expect((await teacher(['assessments', 'enter', assessment, `${c}=10`])).code).toBe(0);
    const { results } = await json<{ results: { score?: number; status?: string; title?: string }[] }>(teacher, [
      'report',
      `${b}`,
    ]);
    expect(results.find(({ title }) => title === 'Devoir 1')).toMatchObject({ status: 'absent' });
  });

  test('are entered from a file of a French spreadsheet', async () => {
    const { class_name, ids } = await newClass(admin, ['Awa Tall', 'Binta Tall']);
    const assessment = (await teacher(['assessments', 'add', 'Devoir 1', '--class', class_name])).stdout.trim();
    const input = `\uFEFFstudent_id;score;comment\r\n${ids[0]};14,5;"Bien; mieux"\r\n${ids[1]};abs;\r\n`;
    expect(await teacher(['assessments', 'enter', assessment], { input })).toMatchObject({ code: 0 });
    const { results } = await json<{ results: object[] }>(teacher, ['report', `${ids[0]}`]);
    expect(results).toContainEqual(expect.objectContaining({ score: 14.5, comment: 'Bien; mieux' }));
  });
});

test('what a student owes is told though nothing was paid yet', async () => {
  const { ids } = await newClass(admin, ['Awa Wade']);
  expect(await onScreen(admin, ['fees', 'ledger', `${ids[0]}`], {})).toMatch(/Owed: .*\d[\s\S]*Overdue: .*\d/);
});
