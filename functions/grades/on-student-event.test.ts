import { beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../platform/data/client.ts';
import { call, guardian, student, teacher } from '../../tests/support/call.ts';
import { deliver, told } from '../../tests/support/deliver.ts';
import { commandsOf } from '../../tests/support/faults.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler as classLists } from './classes.ts';
import { handler as marks } from './marks.ts';
import { handler } from './on-student-event.ts';
import { find, studentKey } from './students/student-store.ts';

beforeAll(async () => {
  await createContext('grades');
});

let lastId = 2000;
const newId = (): number => ++lastId;

type Particulars = {
  name?: string;
  username?: string;
  guardians?: string[];
  class_name?: string;
  phone?: string;
};
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

  test('tells who they are, with their stays in order, and passes over what a newer sender adds', async () => {
    const id = newId();
    const identity = { matricule: 'SN-7', birth_date: '2012-05-04', birth_place: 'Thiès', sex: 'f' };
    const [then, now] = [
      { year: '2025-2026', class_name: '6e', from: '2025-10-01', to: '2026-07-31', repeats: false },
      { year: '2026-2027', class_name: '5e', from: '2026-08-01', repeats: true },
    ];
    const enrolments = [{ ...now, invented_later: 1 }, then];
    const data = { id, version: 1, name: 'Awa Diop', class_name: '5e', status: 'enrolled', ...identity, enrolments };
    expect(await deliver(handler, [told('campus.student.notified', { ...data, invented_later: [] })])).toEqual([]);
    expect(await find(id)).toEqual({
      ...{ ...studentKey(id), student_id: id, revision: 1, version: 1, name: 'Awa Diop', class_name: '5e' },
      ...{ status: 'enrolled', ...identity, enrolments: [then, now] },
    });
  });

  test('takes over what init_student said', async () => {
    const id = newId();
    const as = { username: 'admin', role: 'admin' } as const;
    await call(marks, 'POST /init_student', { as, body: { id, name: 'diop  ÀWA' } });
    await enter(id, 8);
    await deliver(handler, [notified(id, 1, { name: 'Awa Diop' })]);
    expect((await read(id)).body).toEqual({ name: 'Awa Diop', grades: [8] });
    await deliver(handler, [changed(id, 2, { name: 'Awa Sarr' })]);
    expect((await read(id)).body).toEqual({ name: 'Awa Sarr', grades: [8] });
  });

  describe('under whose id init_student opened a space for somebody of another name', () => {
    const as = { username: 'admin', role: 'admin' } as const;
    const init = (id: number, name: string) => call(marks, 'POST /init_student', { as, body: { id, name } });
    const opened = async (name: string): Promise<number> => {
      const id = newId();
      await init(id, name);
      await enter(id, 8);
      return id;
    };

    const report = async (id: number) => (await call(marks, `GET /grades/${id}`, { as })).body;

    test('finds none of those marks, however often and late it comes', async () => {
      const id = await opened('Quelqu’un d’autre');
      const message = notified(id, 1, { name: 'Awa Diop', username: `apart${id}` });
      expect(await deliver(handler, [message, message])).toEqual([]);
      await enter(id, 15);
      expect(await deliver(handler, [message, changed(id, 2, { name: 'Awa Diop', username: `apart${id}` })])).toEqual(
        [],
      );
      expect((await read(id, student(`apart${id}`))).body).toEqual({ name: 'Awa Diop', grades: [15] });
      expect((await report(id)).general).toBe(15);
    });

    test('gets them back where an admin says that they are theirs, once', async () => {
      const id = await opened('Awa Dipo');
      await deliver(handler, [notified(id, 1, { name: 'Awa Diop' })]);
      await enter(id, 15);
      await init(id, 'Awa Dipo');
      expect((await read(id)).body.grades).toEqual([15]);
      for (const _ of [1, 2]) expect((await init(id, 'Awa Diop')).status).toBe(200);
      expect((await read(id)).body).toEqual({ name: 'Awa Diop', grades: [8, 15] });
      expect((await report(id)).general).toBe(11.5);
    });

    test('counts a mark that arrives meanwhile on one side or the other', async () => {
      const id = await opened('Quelqu’un d’autre');
      const entering = Array.from({ length: 10 }, () => enter(id, 10));
      await deliver(handler, [notified(id, 1, { name: 'Awa Diop' })]);
      await Promise.all(entering);
      await init(id, 'Awa Diop');
      expect((await report(id)).results).toHaveLength(11);
      expect((await report(id)).general).toBe(Number(((8 + 10 * 10) / 11).toFixed(2)));
    });
  });

  test('that drops a username ends that account’s reach', async () => {
    const id = newId();
    await deliver(handler, [notified(id, 1, { username: `old${id}` })]);
    await deliver(handler, [changed(id, 2)]);
    expect((await read(id, student(`old${id}`))).status).toBe(404);
  });
});

describe('the guardians of a student', () => {
  const [mother, father] = [guardian('mother'), guardian('father')];

  test('read the marks of each of their children, and of nobody else', async () => {
    const [one, two, other] = [newId(), newId(), newId()];
    await deliver(handler, [
      notified(one, 1, { guardians: ['mother'] }),
      notified(two, 1, { guardians: ['father', 'mother'] }),
      notified(other, 1, { guardians: ['father'] }),
    ]);
    await enter(two, 14);
    expect((await read(one, mother)).body.grades).toEqual([]);
    expect((await read(two, mother)).body.grades).toEqual([14]);
    expect((await read(other, mother)).status).toBe(404);
    expect((await read(one, { username: 'mother', role: 'student' })).status).toBe(200);
    expect((await call(marks, `POST /add_grade/${one}`, { as: mother, body: { grade: 20 } })).status).toBe(403);
  });

  test('are those of the newest message, whatever the order; one who is named no more reads nothing', async () => {
    const id = newId();
    await deliver(handler, [changed(id, 3, { guardians: ['father'] }), notified(id, 2, { guardians: ['mother'] })]);
    expect([(await read(id, mother)).status, (await read(id, father)).status]).toEqual([404, 200]);
    await deliver(handler, [changed(id, 4, { guardians: [] })]);
    expect((await read(id, father)).status).toBe(404);
  });
});

describe('the class of a student', () => {
  const classes = async (): Promise<string[]> =>
    (await call(classLists, 'GET /classes?limit=200', { as: teacher })).body.map(
      ({ class_name }: { class_name: string }) => class_name,
    );

  test('is known with its first student, in the same transaction', async () => {
    const message = notified(newId(), 1, { class_name: 'First of 3A' });
    const sent = await commandsOf(dynamo, () => deliver(handler, [message]));
    expect(sent.filter((command) => !/Get|Query/.test(command))).toEqual(['TransactWriteItems']);
    expect(await classes()).toContain('First of 3A');
  });

  test('is one, though ten of its students are told of at once', async () => {
    const batch = Array.from({ length: 10 }, () => notified(newId(), 1, { class_name: 'Ten at once' }));
    expect(await deliver(handler, batch)).toEqual([]);
    expect((await classes()).filter((name) => name === 'Ten at once')).toHaveLength(1);
  });

  test('is not made by a message that came too late, nor by opening a space that registration told of', async () => {
    const id = newId();
    await deliver(handler, [changed(id, 3, { class_name: 'Stays' })]);
    expect(await deliver(handler, [changed(id, 2, { class_name: 'Left long ago' })])).toEqual([]);
    const as = { username: 'admin', role: 'admin' } as const;
    await call(marks, 'POST /init_student', { as, body: { id, name: 'Awa', class_name: 'Hearsay' } });
    const known = await classes();
    expect(known).toContain('Stays');
    expect(known).not.toContain('Left long ago');
    expect(known).not.toContain('Hearsay');
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
