import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { call } from '../support/http.ts';
import { json, logIn, type Person, signedIn } from './command-line.ts';
import { KEY, onScreen, sit } from './screen.ts';

/** A term as a class's council has it: marks, the sheet, remarks, the term closed, report cards published and read. */
let admin: Person;
let class_name: string;
let term: string;
let ids: number[];
let names: string[];

/** Where a term is over already, and a class was in it. */
async function pastTerm(token: string): Promise<void> {
  const tag = randomUUID().slice(0, 8);
  class_name = `C${tag}`;
  const as = async (method: string, path: string, body: unknown) => {
    const { status, body: answer } = await call(method, path, { token, body });
    if (status >= 300) throw new Error(`${method} ${path} → ${status}: ${answer?.code}`);
    return answer;
  };
  ids = [];
  for (const name of ['Awa Diop', 'Issa Fall']) {
    const { id } = await as('POST', '/register', { name, email: `${randomUUID()}@example.sn`, class_name });
    await as('PATCH', `/students/${id}`, { class_name, from: '1970-10-01' });
    await as('POST', '/init_student', { id, name, class_name });
    ids.push(id);
  }
  names = ids.map(String);
  const dates = { starts_on: '1971-01-01', ends_on: '1971-03-31' };
  ({ id: term } = await as('POST', '/terms', { name: `Trimestre ${tag}`, ...dates }));
  const subjects = [{ name: 'Maths', coefficient: 4, teachers: ['prof'] }];
  const programme = { head_teacher: 'prof', subjects };
  await as('PUT', `/classes/${class_name}?year=${term}`, programme);
}

beforeAll(async () => {
  [admin] = await Promise.all([signedIn('admin', 'admin'), logIn('admin', 'admin').then(pastTerm)]);
  const add = ['assessments', 'add', 'Composition', '--class', class_name, '--term', term, '--subject', 'Maths'];
  const { stdout } = await admin(add);
  const { code, stderr } = await admin(['assessments', 'enter', stdout.trim(), `${ids[0]}=12`, `${ids[1]}=14`]);
  if (code !== 0) throw new Error(stderr);
});

interface Sheet {
  readonly student_id: number;
  readonly version: number;
  readonly remark?: string;
  readonly late?: number;
}

const sheets = () => json<Sheet[]>(admin, ['classes', 'sheet', class_name, '--term', term]);
const council = (...words: string[]) => ['classes', 'council', class_name, ...words, '--term', term];

describe("the council's sheet", () => {
  test('is written of one student by options, and "" takes a field away', async () => {
    expect((await admin(council(names[0] ?? '', '--late', '2', '--remark', 'Bon travail'))).code).toBe(0);
    expect((await sheets())[0]).toMatchObject({ late: 2, remark: 'Bon travail', version: 1 });
    expect((await admin(council(names[0] ?? '', '--late', ''))).code).toBe(0);
    expect((await sheets())[0]).toEqual(expect.not.objectContaining({ late: 2 }));
    expect((await admin(council('--late', '2'))).code).toBe(2);
  });

  test('goes out as CSV and comes back filled in, semicolons and line breaks and all', async () => {
    const { stdout } = await admin(['classes', 'sheet', class_name, '--term', term, '--csv']);
    expect(stdout).toMatch(/^student_id,name,general,/);
    const rows = `\uFEFFstudent_id;late;remark;version\r\n${ids[0]};;"Bon travail,\nà poursuivre";2\r\n${ids[1]};3;'=bien;0\r\n`;
    expect(await admin(council(), { input: rows })).toMatchObject({ code: 0 });
    expect(await sheets()).toMatchObject([
      { remark: 'Bon travail,\nà poursuivre' },
      { remark: '=bien', late: 3, version: 1 },
    ]);
  });

  test('of a file the lines that somebody changed meanwhile are refused and named, the others are stored', async () => {
    const [one, other] = await sheets();
    const rows = `student_id,remark,version\n${ids[0]},Vieux,1\n${ids[1]},Neuf,${other?.version}\n`;
    const { code, stderr } = await admin(council(), { input: rows });
    expect([code, stderr]).toEqual([3, expect.stringMatching(new RegExp(`${ids[0]}.+stale version`))]);
    expect(await sheets()).toMatchObject([{ remark: one?.remark }, { remark: 'Neuf' }]);
  });

  test('a line that is none is named before anything is sent', async () => {
    const { code, stderr } = await admin(council(), { input: `student_id,late\n${ids[0]},2\n${ids[1]},soon\n` });
    expect([code, stderr]).toEqual([2, expect.stringContaining('line 3')]);
  });

  test('is gone through by hand at a terminal, student after student', async () => {
    const seat = sit(admin, council());
    await seat.press('Whose line?', KEY.down + KEY.enter);
    for (const question of ['Hours absent, excused', 'Hours absent, unexcused']) await seat.press(question, KEY.enter);
    await seat.press('How often late', `x`);
    await seat.press('not a number', `\u007f\u007f5${KEY.enter}`);
    for (const question of ['Conduct', 'remark', 'The honour', 'What the council decided'])
      await seat.press(question, KEY.enter);
    await seat.press('Whose line?', KEY.escape);
    expect(await seat.ended()).toBe(0);
    expect((await sheets())[1]).toMatchObject({ late: 5, remark: 'Neuf' });
  });
});

test('teachers remark on students, one by one or from a file', async () => {
  const remark = (...words: string[]) => ['classes', 'remark', class_name, ...words, '--term', term];
  expect((await admin(remark(names[0] ?? '', 'Rigoureuse.', '--subject', 'Maths'))).code).toBe(0);
  const input = `student_id,text\n${ids[1]},"Peut, s'il veut"\n`;
  expect((await admin(remark('--subject', 'Maths'), { input })).code).toBe(0);
  expect(await json(admin, ['classes', 'remarks', class_name, '--term', term, '--subject', 'Maths'])).toMatchObject([
    { text: 'Rigoureuse.' },
    { text: "Peut, s'il veut" },
  ]);
  expect((await admin(remark(names[0] ?? '', 'x'))).code).toBe(2);
});

describe('report cards', () => {
  const publish = (...words: string[]) => ['classes', 'publish', class_name, '--term', term, ...words];
  const cards = (id: number) => json<{ version: number }[]>(admin, ['report-card', `${id}`]);

  test('are not published while the term is open: what stands in the way is said', async () => {
    expect(await json(admin, publish('--dry-run'))).toMatchObject({ dry_run: true, obstacles: ['term_not_closed'] });
    const seat = sit(admin, publish());
    expect(await seat.ended()).toBe(7);
    expect(seat.text()).toContain('not yet: term not closed');
  });

  test('are shown first, then published once it is meant; families and staff read them', async () => {
    expect((await admin(['terms', 'close', term])).code).toBe(0);
    expect((await admin(publish())).code).toBe(2);
    const no = sit(admin, publish());
    await no.press(`Publish 2 report cards of ${class_name}?`, KEY.enter);
    expect(await no.ended()).toBe(130);
    expect((await admin(['report-card', names[0] ?? ''])).code).toBe(6);
    expect(await json(admin, publish('--yes'))).toMatchObject({ cards: [{ result: 'new' }, { result: 'new' }] });
    expect(await cards(ids[0] ?? 0)).toMatchObject([{ version: 1, content: { general: 12, rank: 2 } }]);
  });

  test.each([40, 80, 200])('one fits a screen of %d columns, and has all that is printed', async (columns) => {
    const text = await onScreen(admin, ['report-card', names[0] ?? '', '--no-color'], { COLUMNS: `${columns}` });
    for (const part of ['Awa Diop', 'Maths', 'Rank', 'Bon travail, à poursuivre']) expect(text).toContain(part);
    const tables = text.split(/\r?\n/).filter((line) => !/Lycée|remark|Trimestre/.test(line));
    expect(tables.filter((line) => [...line].length > columns)).toEqual([]);
  });

  test('after a correction the term is closed again, and a new version takes a reason', async () => {
    expect((await admin(['terms', 'open', term, '--reason', 'Une copie recomptée'])).code).toBe(0);
    expect((await admin(council(names[0] ?? '', '--remark', 'Très bon travail'))).code).toBe(0);
    expect((await admin(['terms', 'close', term])).code).toBe(0);
    const again = await json(admin, publish('--yes', '--reason', 'Une copie recomptée'));
    expect(again).toMatchObject({ cards: [{ result: 'replaces', version: 2 }, { result: 'unchanged' }] });
    expect((await cards(ids[0] ?? 0)).map(({ version }) => version)).toEqual([2, 1]);
    const first = await onScreen(admin, ['report-card', names[0] ?? '', '--edition', '1'], {});
    expect(first).toMatch(/version 1[\s\S]+poursuivre/);
  });
});
