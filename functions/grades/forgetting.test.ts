import { beforeAll, expect, test } from '@jest/globals';
import { admin, call, teacher } from '../../tests/support/call.ts';
import { deliver, told } from '../../tests/support/deliver.ts';
import { everything } from '../../tests/support/shop-books.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler as marks } from './marks.ts';
import { handler } from './on-student-event.ts';

let table = '';

beforeAll(async () => {
  ({ GRADES_TABLE: table = '' } = await createContext('grades'));
});

const classes = async () =>
  (await everything(table)).filter(({ pk }) => pk === 'CLASSES').map(({ class_name }) => class_name);

test('a student who was deleted leaves their marks, and nothing that tells who they were', async () => {
  const who = { name: 'Awa Diop-Sarr', username: 'awa.forgotten', phone: '+221771112233', class_name: 'Terminale Z' };
  const guardians = ['mother.forgotten'];
  await deliver(handler, [told('campus.student.notified', { id: 1, version: 1, ...who, guardians })]);
  await call(marks, 'POST /add_grade/1', { as: teacher, body: { grade: 12 } });
  const before = JSON.stringify(await everything(table));
  const particulars = [...Object.values(who), ...guardians];
  for (const particular of particulars) expect(before).toContain(particular);

  expect(await deliver(handler, [told('campus.student.deleted', { id: 1, version: 2 })])).toEqual([]);
  const left = (await everything(table)).filter(({ pk }) => pk !== 'CLASSES');
  for (const particular of particulars) expect(JSON.stringify(left)).not.toContain(particular);
  expect(left.filter(({ grade }) => grade === 12)).toHaveLength(1);
});

test('nor does the remembered answer to whoever opened the space for them', async () => {
  const body = { id: 5, name: 'Coumba Ndour' };
  const headers = { 'Idempotency-Key': 'opened-5' };
  await call(marks, 'POST /init_student', { as: admin, body, headers });
  await deliver(handler, [told('campus.student.notified', { version: 1, ...body })]);
  expect(JSON.stringify(await everything(table))).toContain('Espace notes créé pour Coumba Ndour');
  const gone = told('campus.student.deleted', { id: 5, version: 2 });
  expect(await deliver(handler, [gone, gone])).toEqual([]);
  expect(JSON.stringify(await everything(table))).not.toContain('Coumba');
});

test('a class is known from the first student of it, whoever tells of them', async () => {
  await deliver(handler, [
    told('campus.student.notified', { id: 2, version: 1, name: 'Ibra', class_name: 'Seconde A' }),
    told('campus.student.notified', { id: 3, version: 1, name: 'Sans classe' }),
  ]);
  await deliver(handler, [
    told('campus.student.changed', { id: 2, version: 2, name: 'Ibra', class_name: 'Première A' }),
  ]);
  const opened = { id: 4, name: 'Fatou', class_name: 'Seconde B' };
  expect((await call(marks, 'POST /init_student', { as: admin, body: opened })).status).toBe(200);
  expect(await classes()).toEqual(expect.arrayContaining(['Seconde A', 'Première A', 'Seconde B']));
});
