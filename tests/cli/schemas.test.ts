import { beforeAll, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { textOf } from '../../project/root.ts';
import { json, newClass, type Person, signedIn } from './command-line.ts';

const ajv = new Ajv2020({ strict: false, validateFormats: false });

let admin: Person;
let id: string;
let class_name: string;
beforeAll(async () => {
  admin = await signedIn('admin', 'admin');
  const made = await newClass(admin, ['Awa Diop', 'Binta Diop']);
  [id, class_name] = [`${made.ids[0]}`, made.class_name];
});

const CALLS: readonly (readonly [path: string, words: () => string[]])[] = [
  ['whoami', () => []],
  ['profiles list', () => []],
  ['students list', () => ['--limit', '3']],
  ['students averages', () => ['--class', class_name]],
  ['students search', () => ['diop']],
  ['students show', () => [id]],
  ['students edit', () => [id, '--name', 'Awa Diop']],
  ['guardians show', () => [id]],
  ['guardians history', () => [id]],
  ['fees ledger', () => [id]],
  ['fees pay', () => [id, '--amount', '100', '--currency', 'XOF', '--method', 'cash']],
  ['marks add', () => [id, '12']],
  ['marks show', () => [id]],
  ['report', () => [id]],
  ['top10', () => []],
  ['assessments list', () => [class_name]],
  ['assessments add', () => ['Devoir', '--class', class_name]],
  ['classes list', () => []],
  ['classes show', () => [class_name]],
  ['classes stats', () => [class_name]],
  ['terms list', () => []],
  ['persons add', () => ['Awa Diop']],
  ['persons list', () => ['--limit', '3']],
  ['products list', () => []],
  ['orders list', () => []],
  ['orders purchases', () => []],
  ['users list', () => ['--limit', '3']],
  ['users show', () => ['victor']],
  ['sessions list', () => []],
  ['notifications', () => []],
  ['students remove', () => [id, '--yes']],
];

test.each(CALLS)('campus %s --json prints what its schema says', async (path, words) => {
  const validate = ajv.compile(JSON.parse(textOf(`cli/schemas/${path.replaceAll(' ', '-')}.json`)));
  const printed = await json(admin, [...path.split(' '), ...words()]);
  expect([validate(printed), validate.errors ?? []]).toEqual([true, []]);
});
