import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { schemas } from '../../cli/pages.ts';
import { until } from '../../project/until.ts';
import { newAccount, newPhone, type Person, signedIn, somebody } from './command-line.ts';

/** What every command prints with `--json`, held against its schema: each is run for real, in the order of a school's day. */
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const validators = new Map<string, ValidateFunction>();
const seen = new Set<string>();

let admin: Person;
beforeAll(async () => {
  for (const [file, text] of await schemas())
    validators.set(file.replace('cli/schemas/', '').replace('.json', ''), ajv.compile(JSON.parse(text)));
  admin = await signedIn('admin', 'admin');
});

type Options = Parameters<Person>[1];

// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was printed
type Printed = any;

/** Runs a command, and holds what it printed against its schema. @returns it */
async function see(
  path: string,
  words: readonly (string | number)[] = [],
  as = admin,
  options?: Options,
): Promise<Printed> {
  const { code, stdout, stderr } = await as([...path.split(' '), ...words.map(String), '--json'], options);
  expect([path, code, stderr]).toEqual([path, 0, '']);
  const printed = JSON.parse(stdout);
  const name = path.replaceAll(' ', '-');
  const validate = validators.get(name);
  if (!validate) throw new Error(`${path} has no schema`);
  expect([path, validate(printed), validate.errors ?? []]).toEqual([path, true, []]);
  seen.add(name);
  return printed;
}

const unique = (letter: string): string => `${letter}${randomUUID().slice(0, 8)}`;
const email = (): string => `${randomUUID()}@example.sn`;

let class_name: string;
let id: number;
let term: string;

test('accounts, sessions, schools', async () => {
  const { username, password } = await newAccount();
  const person = somebody();
  await see('login', [username, '--password-stdin'], person, { input: password });
  await see('whoami', [], person);
  await see('sessions list', [], person);
  await signedIn(username, password);
  expect((await see('sessions end', ['--others'], person)).ended).toHaveLength(1);
  await see('notifications', [], person);
  await see('users password', ['--password-stdin'], person, { input: `${password}\nanother horse battery\n` });
  await see('users list', ['--limit', 3]);
  await see('users show', [username]);
  await see('users edit', [username, '--role', 'teacher']);
  await see('users remove', [username, '--yes']);
  const made = unique('u-');
  await see('users add', [made, '--password-stdin'], admin, { input: 'correct horse battery' });
  await see('login', [made, '--password-stdin'], person, { input: 'correct horse battery' });
  await see('logout', [], person);
  await see('logout', [], person);
  await see('profiles add', ['lycee', 'https://lycee.example/api'], person);
  await see('profiles use', ['lycee'], person);
  await see('profiles list', [], person);
  await see('profiles remove', ['lycee'], person);
  await see('open', []);
});

test('students and guardians', async () => {
  class_name = unique('C');
  ({ id } = await see('students add', ['Awa Diop', '--email', email(), '--class', class_name, '--marks', 10]));
  await see('students list', ['--limit', 3]);
  await see('students search', ['diop', '--limit', 3]);
  await see('students show', [id]);
  await see('students edit', [id, '--phone', newPhone()]);
  await see('students averages', ['--class', class_name]);
  await see('students notify', [id]);
  await see('students move', [id, '--class', class_name]);
  await see('students accept', [id]);
  const [mother, father] = [await newAccount(), await newAccount()];
  await see('guardians add', [id, `${mother.username}:mère`]);
  await see('guardians set', [id, mother.username, father.username]);
  await see('guardians remove', [id, father.username]);
  await see('guardians show', [id]);
  await see('guardians history', [id]);
});

test('fees, and who comes and goes', async () => {
  const levy = ['Scolarité', '--year', '2026-2027', '--class', class_name, '--currency', 'XOF'];
  await see('fees levy', [...levy, '--instalment', '60000@2026-10-05']);
  await see('fees waive', [id, '--percent', 50, '--fee', 'Scolarité', '--reason', 'Bourse']);
  await see('fees pay', [id, '--amount', 500, '--currency', 'XOF', '--method', 'cash', '--payer', 'Awa']);
  const { number } = await see('fees receipt', [id]);
  await see('fees reverse', [id, number, '--reason', 'Erreur', '--yes']);
  await see('fees receipt', [id, number]);
  await see('fees ledger', [id]);
  await see('fees due', ['--class', class_name]);
  const claimed = await see('students add', ['Binta Diop', '--email', email(), '--class', class_name]);
  const { code } = await see('students code', [claimed.id]);
  const family = await newAccount();
  await see('students claim', [code], await signedIn(family.username, family.password));
  await see('students leave', [claimed.id, '--reason', 'Déménagement']);
  await see('students remove', [claimed.id, '--yes']);
  await see('students restore', [claimed.id]);
});

test('marks and classes', async () => {
  const made = await see('marks add', [id, 12]);
  await see('marks edit', [id, made.id, '--score', 13]);
  await see('marks history', [id, made.id]);
  await see('marks show', [id]);
  await see('marks remove', [id, made.id, '--yes']);
  await see('marks set', [id, 11, 12]);
  await see('report', [id]);
  await see('top10');
  await see('classes list', ['--limit', 3]);
  await see('classes show', [class_name]);
  await see('classes stats', [class_name]);
  await see('classes report', [class_name]);
});

test('a term, its council and its report cards', async () => {
  const tag = unique('');
  term = (await see('terms add', [`Trimestre ${tag}`, '--from', '1972-01-01', '--to', '1972-03-31'])).id;
  const [past, there] = [unique('P'), await see('students add', ['Awa Diop', '--email', email()])];
  await see('students move', [there.id, '--class', past, '--from', '1970-10-01']);
  // Their space is opened once they are in the class: the message says it as it is then.
  await see('students notify', [there.id]);
  await until(async () => (await admin(['marks', 'show', String(there.id)])).code === 0);
  const programme = { head_teacher: 'prof', subjects: [{ name: 'Maths', coefficient: 4, teachers: ['prof'] }] };
  await see('classes set', [past, '--year', term], admin, { input: JSON.stringify(programme) });
  const titled = ['Devoir', '--class', past, '--term', term, '--subject', 'Maths'];
  const assessment = await see('assessments add', titled);
  await see('assessments show', [assessment.id]);
  await see('assessments list', [past, '--term', term]);
  await see('assessments edit', [assessment.id, '--coefficient', 2]);
  await see('assessments enter', [assessment.id, `${there.id}=12`]);
  const other = await see('assessments add', titled);
  await see('assessments remove', [other.id, '--yes']);
  await see('classes council', [past, there.id, '--late', 2, '--term', term]);
  await see('classes sheet', [past, '--term', term]);
  await see('classes remark', [past, there.id, 'Bien', '--subject', 'Maths', '--term', term]);
  await see('classes remarks', [past, '--term', term]);
  await see('classes publish', [past, '--term', term, '--dry-run']);
  await see('terms close', [term]);
  await see('classes publish', [past, '--term', term, '--yes']);
  await see('report-card', [there.id]);
  await see('terms open', [term, '--reason', 'Une copie']);
  await see('terms list', ['--limit', 3]);
  await see('year rollover', ['2026-2027', '--move', `${class_name}=${class_name} bis`, '--dry-run']);
});

test('persons and their health', async () => {
  const person = await see('persons add', ['Awa Diop', '--birth-date', '2008-12-31']);
  await see('persons list', ['--limit', 3]);
  await see('persons search', ['diop', '--limit', 3]);
  await see('persons show', [person.id]);
  await see('persons edit', [person.id, '--email', email()]);
  const { code } = await see('persons code', [person.id]);
  const { username, password } = await newAccount();
  const own = await signedIn(username, password);
  await see('persons claim', [code], own);
  await see('health add', [person.id, '--weight', 52, '--height', 165], own);
  await see('health set', [person.id, '--weight', 53, '--blood-pressure', '118/76'], own);
  await see('health show', [person.id], own);
  await see('health history', [person.id], own);
  await see('health log', [person.id]);
  await see('health remove', [person.id, '--yes'], own);
  await see('persons remove', [person.id, '--yes']);
});

test('the shop', async () => {
  const product = await see('products add', ['Cahier', '--price', 250, '--currency', 'EUR', '--stock', 100]);
  await see('products list', ['--limit', 3]);
  await see('products search', ['cah']);
  await see('products show', [product.id]);
  await see('products edit', [product.id, '--stock', 80]);
  const order = await see('orders add', [`${product.id}x2`]);
  await see('orders edit', [order.id, `${product.id}x3`]);
  await see('orders show', [order.id]);
  await see('orders list', ['--limit', 3]);
  await see('orders pay', [order.id, '--method', 'cash']);
  await see('orders ship', [order.id]);
  await see('orders deliver', [order.id]);
  await see('orders refund', [order.id]);
  const cancelled = await see('orders add', [product.id]);
  await see('orders cancel', [cancelled.id, '--yes']);
  await see('orders buy', [product.id]);
  await see('orders purchases', ['--limit', 3]);
  await see('products remove', [product.id, '--yes']);
});

test('files and queues', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'campus-schemas-'));
  await see('students export', [join(folder, 'students.xlsx')]);
  await see('export', [join(folder, 'school.ndjson'), '--all']);
  const file = join(folder, 'class.csv');
  writeFileSync(file, `Nom complet;Téléphone\nAwa Diop;${newPhone()}\n`);
  await see('students import', [file, '--dry-run']);
  await see('dlq list', ['grades']);
  await see('dlq redrive', ['grades']);
});

test('no command was left out', () => {
  expect([...validators.keys()].filter((name) => !seen.has(name))).toEqual([]);
});
