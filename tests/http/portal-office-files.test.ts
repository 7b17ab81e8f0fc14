import { beforeAll, expect, test } from '@jest/globals';
import { until } from '../../project/until.ts';
import { aPhone, letters, workingAs } from '../support/office.ts';
import { hiddenFields, type PageAnswer, type Visitor } from '../support/visitor.ts';

let office: Visitor;
beforeAll(async () => {
  office = await workingAs('admin', 'admin');
});

const PAGE = '/portal/import';

/** Sends the form of the import as a page shows it, with a file or with what the page carries. */
async function sent(page: PageAnswer, fields: Record<string, string>, file?: string): Promise<PageAnswer> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...hiddenFields(page.text, PAGE), ...fields })) form.append(name, value);
  form.append('file', new Blob(file === undefined ? [] : [file]), file === undefined ? '' : 'liste.csv');
  return office.follow(await office.postParts(PAGE, form));
}

/** The rows to mend that a page carries. */
const toMend = ({ text }: PageAnswer): string =>
  Buffer.from(/href="data:text\/csv;charset=utf-8;base64,([^"]+)"/.exec(text)?.[1] ?? '', 'base64').toString('utf8');

test('a list with two bad rows: both are named, the good ones are stored, and the mended ones follow', async () => {
  const family = `Imp${letters()}`;
  const rows = ['Awa', 'Moussa', 'Fatou'].map((first) => `${family};${first};Import ${family};${aPhone()}`);
  const bad = [`${family};Mauvais;Import ${family};12`, `${family};Muet;Import ${family};`];
  const list = ['Nom;Prénom;Classe;Téléphone', ...rows, ...bad].join('\r\n');
  const checked = await sent(await office.get(PAGE), { step: 'check' }, list);
  expect(checked.text).toContain('rien n’est encore enregistré');
  for (const row of [5, 6]) expect(checked.text).toMatch(new RegExp(`rowheader"[^>]*>${row}<`));
  expect((await office.get(`/portal/students?q=${family}`)).text).toContain('Personne ne correspond');
  const stored = await sent(checked, { step: 'store' });
  expect(stored.text).toContain('Import terminé');
  const listed = await office.get(`/portal/students?q=${family}`);
  for (const first of ['Awa', 'Moussa', 'Fatou']) expect(listed.text).toContain(`${first} ${family}`);
  expect(listed.text).not.toContain(`Mauvais ${family}`);
  const mended = toMend(stored)
    .replace(';12;', `;${aPhone()};`)
    .replace(`Muet;Import ${family};;`, `Muet;Import ${family};${aPhone()};`);
  const again = await sent(await sent(await office.get(PAGE), { step: 'check' }, mended), { step: 'store' });
  expect(again.text).not.toContain('Lignes refusées');
  expect((await office.get(`/portal/students?q=${family}`)).text).toContain(`Muet ${family}`);
});

test('columns that were not recognised are said on the page', async () => {
  const family = `Col${letters()}`;
  const checked = await sent(
    await office.get(PAGE),
    { step: 'check' },
    `Nom;Prénom;Joindre\n${family};Awa;${aPhone()}\n`,
  );
  expect(checked.text).toContain('Joindre');
  expect(checked.text).toContain('Lignes refusées');
  const columns = { 'columns.0': 'last_name', 'columns.1': 'first_name', 'columns.2': 'phone' };
  const corrected = await sent(checked, { step: 'recheck', ...columns });
  expect(corrected.text).not.toContain('Lignes refusées');
  expect((await sent(corrected, { step: 'store', ...columns })).text).toContain('Import terminé');
});

test('a list of more rows than one answer waits for goes on by itself, and its page tells how far it is', async () => {
  const family = `Grand${letters()}`;
  const rows = Array.from({ length: 5_050 }, (_, i) => `${family};E${i};12`);
  const shown = await sent(await office.get(PAGE), { step: 'check' }, ['Nom;Prénom;Téléphone', ...rows].join('\n'));
  expect(shown.text).toMatch(/Import en cours|L’import attend|Vérifié/);
  const path = /href="([^"]*\/portal\/import\/[\w-]+)"/.exec(shown.text)?.[1];
  if (path) await until(async () => (await office.get(path)).text.includes('Vérifié'));
  const done = path ? await office.get(path) : shown;
  expect(done.text).toContain('5\u202f050');
  expect(done.text.length).toBeLessThan(100 * 1024);
});

test('a file that is no list is refused at the field', async () => {
  const refused = await sent(await office.get(PAGE), { step: 'check' }, '\u0000\u0001 no list');
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('id="file-error"');
});

test('exports: the students of a class, the averages, the whole school', async () => {
  expect((await office.get('/portal/export')).text).toContain('/portal/files/students');
  const students = await office.get('/portal/files/students?format=csv-excel&class_name=Terminale+S1');
  expect(students.headers['content-disposition']).toContain('attachment');
  expect(students.text).toContain('Lefèvre');
  expect(students.text).not.toContain('Ibrahima');
  const averages = await office.get('/portal/files/averages?format=csv&class_name=Terminale+S1');
  expect(averages.text).toContain('Victor Lefèvre');
  const whole = await office.get('/portal/files/whole');
  expect(whole.text.trimEnd().split('\n').at(-1)).toContain('"manifest"');
});
