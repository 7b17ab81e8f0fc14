import { beforeAll, expect, test } from '@jest/globals';
import { dynamo } from '../../../platform/data/client.ts';
import { admin, call, teacher } from '../../../tests/support/call.ts';
import { deliver, told } from '../../../tests/support/deliver.ts';
import { intervening, sdkError } from '../../../tests/support/faults.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as classes } from '../classes.ts';
import { handler as marks } from '../marks.ts';
import { handler } from '../on-student-event.ts';

beforeAll(async () => {
  await createContext('grades');
});

let lastId = 9000;
const newId = (): number => ++lastId;

const marked = (id: number, version: number, grades: readonly number[]) =>
  told('campus.student.marked', {
    id,
    version,
    name: `Version ${version}`,
    class_name: '4eB',
    marks: grades,
    by: 'admin',
  });
const changed = (id: number, version: number) =>
  told('campus.student.changed', { id, version, name: `Version ${version}` });
const deleted = (id: number, version: number) => told('campus.student.deleted', { id, version });

const read = async (id: number) => (await call(marks, `GET /get_grades/${id}`, { as: teacher })).body;
const enter = (id: number, grade: number) => call(marks, `POST /add_grade/${id}`, { as: teacher, body: { grade } });

test('marks that an import brings make the student known and are entered, however often they are told', async () => {
  const id = newId();
  const message = marked(id, 1, [12, 15, 12]);
  expect(await deliver(handler, [message, message])).toEqual([]);
  expect(await deliver(handler, [message])).toEqual([]);
  expect(await read(id)).toEqual({ name: 'Version 1', grades: [12, 15, 12] });
  const report = await call(marks, `GET /grades/${id}`, { as: teacher });
  expect(report.body.general).toBe(13);
});

test('a later import changes what an earlier one brought, and nothing that a teacher entered', async () => {
  const id = newId();
  await deliver(handler, [marked(id, 1, [12, 15])]);
  await enter(id, 18);
  const message = marked(id, 3, [12, 9, 16]);
  expect(await deliver(handler, [message])).toEqual([]);
  expect(await deliver(handler, [message])).toEqual([]);
  const { grades } = await read(id);
  expect(grades.sort((a: number, b: number) => a - b)).toEqual([9, 12, 16, 18]);
});

test('an older import that comes late changes nothing, though its student is known better by then', async () => {
  const id = newId();
  await deliver(handler, [marked(id, 4, [10])]);
  await deliver(handler, [marked(id, 2, [5])]);
  expect(await read(id)).toEqual({ name: 'Version 4', grades: [10] });
  const other = newId();
  await deliver(handler, [changed(other, 5)]);
  await deliver(handler, [marked(other, 2, [5])]);
  expect(await read(other)).toEqual({ name: 'Version 5', grades: [5] });
});

test('broken off anywhere, it is told again and ends the same', async () => {
  const id = newId();
  await deliver(handler, [marked(id, 1, [12, 15])]);
  await enter(id, 18);
  const message = marked(id, 2, [7, 7, 15]);
  for (let calls = 0; calls < 14; calls += 1) {
    let left = calls;
    await intervening(
      dynamo,
      (_, proceed) => {
        left -= 1;
        return left >= 0 ? proceed() : Promise.reject(sdkError('killed'));
      },
      () => deliver(handler, [message]),
    );
  }
  expect(await deliver(handler, [message])).toEqual([]);
  expect((await read(id)).grades.sort((a: number, b: number) => a - b)).toEqual([7, 7, 15, 18]);
});

test('of who was deleted meanwhile nothing is entered', async () => {
  const id = newId();
  await deliver(handler, [marked(id, 1, [12])]);
  await deliver(handler, [deleted(id, 3)]);
  expect(await deliver(handler, [marked(id, 2, [13])])).toEqual([]);
  expect((await call(marks, `GET /get_grades/${id}`, { as: teacher })).status).toBe(404);
});

test('where the term is closed the message is kept, and is done once it is open again', async () => {
  const id = newId();
  const [term] = (await call(classes, 'GET /terms', { as: admin })).body;
  const turn = (open: boolean) =>
    call(classes, `PATCH /terms/${term.id}`, { as: admin, body: { open, ...(open && { reason: 'essai' }) } });
  await deliver(handler, [marked(id, 1, [10])]);
  expect((await turn(false)).status).toBe(200);
  const message = marked(id, 2, [12]);
  expect(await deliver(handler, [message])).toEqual([0]);
  expect((await turn(true)).status).toBe(200);
  expect(await deliver(handler, [message])).toEqual([]);
  expect((await read(id)).grades).toEqual([12]);
});
