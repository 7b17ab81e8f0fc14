import { beforeAll, describe, expect, test } from '@jest/globals';
import { call, student, teacher } from '../../tests/support/call.ts';
import { deliver, told } from '../../tests/support/deliver.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler as marks } from './marks.ts';
import { handler } from './on-student-event.ts';

beforeAll(async () => {
  await createContext('grades');
});

let lastId = 2000;
const newId = (): number => ++lastId;

type Particulars = { name?: string; username?: string; class_name?: string; phone?: string };
const notified = (id: number, version: number, particulars: Particulars = {}) =>
  told('campus.student.notified', { id, version, name: `Version ${version}`, ...particulars });
const changed = (id: number, version: number, particulars: Particulars = {}) =>
  ({ ...notified(id, version, particulars), type: 'campus.student.changed' }) as const;
const deleted = (id: number, version: number) => told('campus.student.deleted', { id, version });

const read = (id: number, as = teacher) => call(marks, `GET /get_grades/${id}`, { as });
const enter = (id: number, grade: number) => call(marks, `POST /add_grade/${id}`, { as: teacher, body: { grade } });

describe('a message about a student', () => {
  test('opens the space for their marks, to them as well', async () => {
    const id = newId();
    expect(await deliver(handler, [notified(id, 1, { name: 'Awa Diop', username: `awa${id}` })])).toEqual([]);
    expect((await read(id, student(`awa${id}`))).body).toEqual({ name: 'Awa Diop', grades: [] });
  });

  test('may come five times, in one batch and in several, and loses no mark', async () => {
    const id = newId();
    const message = notified(id, 1);
    expect(await deliver(handler, [message, message, message])).toEqual([]);
    await enter(id, 12);
    expect(await deliver(handler, [message])).toEqual([]);
    expect(await deliver(handler, [message])).toEqual([]);
    expect((await read(id)).body).toEqual({ name: 'Version 1', grades: [12] });
  });

  test('never replaces a newer one, whatever the order', async () => {
    const id = newId();
    expect(await deliver(handler, [changed(id, 3)])).toEqual([]);
    expect(await deliver(handler, [notified(id, 1), changed(id, 2)])).toEqual([]);
    expect((await read(id)).body.name).toBe('Version 3');
  });

  test('takes over what init_student said', async () => {
    const id = newId();
    const as = { username: 'admin', role: 'admin' } as const;
    await call(marks, 'POST /init_student', { as, body: { id, name: 'Provisoire' } });
    await enter(id, 8);
    await deliver(handler, [notified(id, 1)]);
    expect((await read(id)).body).toEqual({ name: 'Version 1', grades: [8] });
  });

  test('that drops a username ends that account’s reach', async () => {
    const id = newId();
    await deliver(handler, [notified(id, 1, { username: `old${id}` })]);
    await deliver(handler, [changed(id, 2)]);
    expect((await read(id, student(`old${id}`))).status).toBe(404);
  });
});

describe('a deletion', () => {
  test('puts the student out of reach, and an older message does not bring them back', async () => {
    const id = newId();
    await deliver(handler, [notified(id, 1, { username: `gone${id}` })]);
    await enter(id, 12);
    expect(await deliver(handler, [deleted(id, 3)])).toEqual([]);
    expect(await deliver(handler, [changed(id, 2, { username: `gone${id}` })])).toEqual([]);
    expect((await read(id)).status).toBe(404);
    expect((await read(id, student(`gone${id}`))).status).toBe(404);
    expect((await enter(id, 13)).status).toBe(404);
  });

  test('that arrives before all the rest holds too', async () => {
    const id = newId();
    expect(await deliver(handler, [deleted(id, 3), notified(id, 1), changed(id, 2)])).toEqual([]);
    expect((await read(id)).status).toBe(404);
  });

  test('that is older than what is known changes nothing', async () => {
    const id = newId();
    await deliver(handler, [changed(id, 4)]);
    expect(await deliver(handler, [deleted(id, 3)])).toEqual([]);
    expect((await read(id)).body.name).toBe('Version 4');
  });

  test('and a rename that wait together end as the last version says', async () => {
    const [renamed, gone] = [newId(), newId()];
    const waiting = [notified(renamed, 1), changed(renamed, 2), notified(gone, 1), changed(gone, 2), deleted(gone, 3)];
    expect(await deliver(handler, waiting.toReversed())).toEqual([]);
    expect((await read(renamed)).body.name).toBe('Version 2');
    expect((await read(gone)).status).toBe(404);
  });
});

describe('one poisonous message in ten', () => {
  const { data: _, ...withoutData } = notified(1, 1);
  test.each([
    ['that is no JSON', 'poison'],
    ['that is no CloudEvent', '{"id":1}'],
    ['without data', JSON.stringify(withoutData)],
    ['of an unknown type', JSON.stringify(told('campus.student.promoted', { id: 1 }))],
    ['without a version', JSON.stringify(told('campus.student.notified', { id: 1, name: 'A' }))],
    ['of version 0', JSON.stringify(notified(1, 0))],
    ['with an id as text', JSON.stringify(told('campus.student.notified', { id: '1' }))],
    ['without a name', JSON.stringify(told('campus.student.changed', { id: 1, version: 1 }))],
  ])('fails alone: one %s', async (_, poison) => {
    const ids = Array.from({ length: 9 }, newId);
    const batch = ids.map((id) => notified(id, 1));
    expect(await deliver(handler, [...batch.slice(0, 4), poison, ...batch.slice(4)])).toEqual([4]);
    const statuses = await Promise.all(ids.map(async (id) => (await read(id)).status));
    expect(statuses).toEqual(ids.map(() => 200));
  });
});
