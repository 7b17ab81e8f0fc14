import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { type Item, put } from '../../../platform/data/write.ts';
import { admin, call, guardian, student, teacher } from '../../../tests/support/call.ts';
import { startAccounts } from '../../../tests/support/holders.ts';
import { received } from '../../../tests/support/messages.ts';
import type { PeerStub } from '../../../tests/support/peer.ts';
import { read, registered, someEmail } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as schoolHandler } from '../school.ts';
import { studentKey } from '../students/student-index.ts';
import * as students from '../students/student-store.ts';
import { handler } from '../students.ts';
import { table } from '../table.ts';

let accounts: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());
afterEach(() => {
  jest.restoreAllMocks();
});

const at = (time: string): void => {
  jest.spyOn(clock, 'now').mockReturnValue(Date.parse(time));
};

const patch = (id: number, body: object) => call(handler, `PATCH /students/${id}`, { as: admin, body });
const leave = (id: number, body: object, as = admin) => call(handler, `POST /students/${id}/leave`, { as, body });
const list = async (query: string): Promise<number[]> =>
  (await call(handler, `GET /students?limit=200&${query}`, { as: admin })).body.map(({ id }: { id: number }) => id);
const linesOf = async (id: number) =>
  (await read(id)).body.enrolments.map(({ class_name, from, to = '' }: Record<string, string>) =>
    [class_name, from, to].join(' '),
  );
const refusals = ({ body }: { body: { errors?: { pointer: string; code: string }[] } }) =>
  body.errors?.map(({ pointer, code }) => `${pointer} ${code}`);

test('a student in a class has one stay, since the day on which they were registered', async () => {
  at('2026-10-05T08:00:00Z');
  const id = await registered({ class_name: '4e B' });
  expect((await read(id)).body).toMatchObject({
    class_name: '4e B',
    enrolments: [{ year: '2026-2027', class_name: '4e B', from: '2026-10-05', repeats: false }],
  });
  expect((await read(await registered())).body.enrolments).toEqual([]);
});

test('a move is told with its days, and lists know where they are today', async () => {
  at('2026-10-05T08:00:00Z');
  const id = await registered({ class_name: 'Moves B', matricule: 'MOVE-1' });
  await call(handler, `POST /notify_grades/${id}`, { as: admin });
  at('2026-11-26T08:00:00Z');
  await patch(id, { class_name: 'Moves A', from: '2026-11-10' });
  expect(await linesOf(id)).toEqual(['Moves B 2026-10-05 2026-11-09', 'Moves A 2026-11-10 ']);
  expect([await list('class_name=moves+a'), await list('class_name=moves+b')]).toEqual([[id], []]);
  const [notified, changed] = await received(process.env.STUDENT_EVENTS_QUEUE_URL ?? '');
  expect(notified?.data).toMatchObject({ status: 'enrolled', enrolments: [{ class_name: 'Moves B' }] });
  expect(changed?.data).toMatchObject({
    ...{ id, matricule: 'MOVE-1', class_name: 'Moves A', version: 3 },
    enrolments: [
      { year: '2026-2027', class_name: 'Moves B', from: '2026-10-05', to: '2026-11-09', repeats: false },
      { year: '2026-2027', class_name: 'Moves A', from: '2026-11-10', repeats: false },
    ],
  });
  expect((await patch(id, { class_name: null })).body).not.toHaveProperty('class_name');
  expect((await linesOf(id)).at(-1)).toBe('Moves A 2026-11-10 2026-11-25');
});

test('a day without a class, one that is not yet, and one before the stay are refused, and change nothing', async () => {
  at('2026-11-26T08:00:00Z');
  const id = await registered({ class_name: '4e B' });
  const before = (await read(id)).body;
  for (const [body, refusal] of [
    [{ from: '2026-11-26' }, '#/from class_missing'],
    [{ from: '2026-11-26', status: 'enrolled' }, '#/from class_missing'],
    [{ class_name: '4e A', from: '2026-11-27' }, '#/from in_the_future'],
    [{ class_name: '4e A', from: '2026-11-25' }, '#/from before_the_stay'],
    [{ class_name: '4e A', from: '26/11/2026' }, '#/from invalid_format'],
  ] as const)
    expect(refusals(await patch(id, body))).toEqual([refusal]);
  expect((await read(id)).body).toEqual(before);
});

test('the day is the school’s own', async () => {
  const school = { name: 'Lycée', address: 'Rue 1', phone: '33 951 11 22', head_name: 'A. Sall', country: 'WS' };
  const describeIn = (time_zone: string) =>
    call(schoolHandler, 'PUT /school', { as: admin, body: { ...school, time_zone } });
  at('2026-11-26T11:00:00Z');
  await describeIn('Pacific/Auckland');
  const id = await registered({ class_name: '4e B' });
  expect(await linesOf(id)).toEqual(['4e B 2026-11-27 ']);
  await describeIn('UTC');
  expect(refusals(await leave(id, { on: '2026-11-27', reason: 'x' }))).toEqual(['#/on in_the_future']);
});

describe('whoever waits to be accepted', () => {
  const ask = async (username: string, class_name?: string): Promise<number> => {
    const body = { name: 'Awa Ba', email: someEmail(), class_name };
    return (await call(handler, 'POST /register', { as: student(username), body })).body.id;
  };

  test('is in no class, and with the acceptance in the one that they asked for', async () => {
    at('2026-10-05T08:00:00Z');
    const id = await ask('waits.a', 'Waiting A');
    const { body } = await read(id);
    expect(body).toMatchObject({ status: 'pending', requested_class: 'Waiting A', enrolments: [] });
    expect(body).not.toHaveProperty('class_name');
    expect(await list('class_name=waiting+a')).toEqual([]);
    at('2026-10-07T08:00:00Z');
    const accepted = (await patch(id, { status: 'enrolled' })).body;
    expect(accepted).toMatchObject({ status: 'enrolled', class_name: 'Waiting A' });
    expect(accepted).not.toHaveProperty('requested_class');
    expect(await linesOf(id)).toEqual(['Waiting A 2026-10-07 ']);
  });

  test('or in another, or in none', async () => {
    at('2026-10-05T08:00:00Z');
    const [other, none] = [await ask('waits.b', 'Waiting B'), await ask('waits.c', 'Waiting B')];
    await patch(other, { class_name: 'Waiting C', from: '2026-10-01' });
    expect(await linesOf(other)).toEqual(['Waiting C 2026-10-01 ']);
    expect((await patch(none, { status: 'enrolled', class_name: null })).body).toMatchObject({
      ...{ status: 'enrolled', enrolments: [] },
    });
  });

  test('cannot leave', async () => {
    expect((await leave(await ask('waits.d'), { on: '2026-10-01', reason: 'x' })).body.code).toBe('not_enrolled');
  });
});

describe('whoever leaves', () => {
  const arrived = async (class_name: string, more: object = {}): Promise<number> => {
    at('2026-10-05T08:00:00Z');
    const id = await registered({ class_name, ...more });
    at('2026-11-26T08:00:00Z');
    return id;
  };

  test('is out of every list but that of those who left, and may be read by all who could', async () => {
    const id = await arrived('Leavers', { name: 'Zita Leaving', username: 'zita' });
    await call(handler, `PUT /students/${id}/guardians`, { as: admin, body: ['zita.mother'] });
    const { status, body, headers } = await leave(id, { on: '2026-11-20', reason: 'Déménagement' });
    expect([status, headers.ETag]).toEqual([200, '"3"']);
    expect(body).toMatchObject({ status: 'left', left_on: '2026-11-20', left_reason: 'Déménagement' });
    expect(await linesOf(id)).toEqual(['Leavers 2026-10-05 2026-11-19']);
    for (const query of ['', 'class_name=leavers', 'last_name=leaving', 'first_name=zita', 'year=2026-2027'])
      expect(await list(query)).not.toContain(id);
    for (const query of ['', 'class_name=leavers&', 'last_name=leaving&', 'first_name=zita&', 'year=2026-2027&'])
      expect(await list(`${query}status=left`)).toContain(id);
    expect(await list('class_name=others&status=left')).toEqual([]);
    for (const as of [admin, teacher, student('zita'), guardian('zita.mother')])
      expect((await call(handler, `GET /students/${id}`, { as })).status).toBe(200);
  });

  test('the same again changes nothing, anything else is told', async () => {
    const id = await arrived('Again');
    await leave(id, { on: '2026-11-20', reason: 'Exil' });
    const again = await leave(id, { on: '2026-11-20', reason: 'Exil' });
    expect([again.status, again.headers.ETag]).toEqual([200, '"2"']);
    expect((await leave(id, { on: '2026-11-21', reason: 'Exil' })).body.code).toBe('already_left');
  });

  test('comes back by a class; no status takes anybody away', async () => {
    const id = await arrived('Back');
    expect(refusals(await patch(id, { status: 'left' }))).toEqual(['#/status read_only']);
    await leave(id, { on: '2026-11-20', reason: 'Exil' });
    expect((await patch(id, { status: 'left', sex: 'F' })).body).toMatchObject({ status: 'left', sex: 'F' });
    const { body } = await patch(id, { class_name: 'Back' });
    expect(body).toMatchObject({ status: 'enrolled', class_name: 'Back' });
    expect(body).not.toHaveProperty('left_on');
    expect(await linesOf(id)).toEqual(['Back 2026-10-05 2026-11-19', 'Back 2026-11-26 ']);
    expect(await list('class_name=back')).toEqual([id]);
    expect(await list('status=left')).not.toContain(id);
  });

  test('of two departures at once, one stands and the other is told', async () => {
    const id = await arrived('Twice');
    const answers = await Promise.all(['a', 'b'].map((reason) => leave(id, { on: '2026-11-20', reason })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('is told, without a class', async () => {
    const id = await arrived('Told');
    await call(handler, `POST /notify_grades/${id}`, { as: admin });
    await leave(id, { on: '2026-11-20', reason: 'x' });
    const events = await received(process.env.STUDENT_EVENTS_QUEUE_URL ?? '');
    const { data } =
      events.find(({ type, subject }) => type === 'campus.student.changed' && subject === String(id)) ?? {};
    expect(data).toMatchObject({ id, status: 'left', left_on: '2026-11-20', enrolments: [{ to: '2026-11-19' }] });
    expect(data).not.toHaveProperty('class_name');
  });

  test('is for an admin to say', async () => {
    const id = await arrived('Admins', { username: 'own.leaver' });
    for (const as of [teacher, student('own.leaver')])
      expect((await leave(id, { on: '2026-11-20', reason: 'x' }, as)).status).toBe(403);
    expect((await leave(999_999, { on: '2026-11-20', reason: 'x' })).body.code).toBe('student_not_found');
    expect(refusals(await leave(id, { on: '2026-11-20' }))).toEqual(['#/reason required']);
  });
});

test('who was in a class of a year is found by both, whatever class they are in now', async () => {
  at('2025-10-05T08:00:00Z');
  const id = await registered({ class_name: 'Year 4' });
  at('2026-10-05T08:00:00Z');
  await patch(id, { class_name: 'Year 3' });
  const other = await registered({ class_name: 'Year 4' });
  expect(await list('year=2025-2026&class_name=year+4')).toEqual([id]);
  expect(await list('year=2026-2027&class_name=year+4')).toEqual([other]);
  expect(await list('year=2026-2027&class_name=year+3')).toEqual([id]);
  expect(await list('class_name=year+4')).toEqual([other]);
});

describe('a record that is older than stays', () => {
  /** A student as yesterday's version of the service stored them. */
  async function older(particulars: Record<string, unknown>): Promise<number> {
    at('2026-09-10T08:00:00Z');
    const id = await registered(particulars);
    const { enrolments: _, ...yesterday } = await stored(id);
    await table.write([put({ ...yesterday, ...studentKey(id) })]);
    jest.restoreAllMocks();
    return id;
  }

  const stored = async (id: number): Promise<Item> => (await table.get<Item>(studentKey(id))) as Item;

  test('has one stay since they were registered, as it is read and, by db:migrate, as it is stored', async () => {
    const id = await older({ class_name: 'Older' });
    const stay = { year: '2026-2027', class_name: 'Older', from: '2026-09-10', repeats: false };
    expect((await read(id)).body.enrolments).toEqual([stay]);
    expect(await list('class_name=older')).toEqual([id]);
    const writes = await students.migrated(await stored(id));
    expect(writes).toHaveLength(1);
    await table.write(writes);
    expect(await stored(id)).toMatchObject({ enrolments: [stay], version: 1 });
    expect(await students.migrated(await stored(id))).toEqual([]);
    await patch(id, { class_name: 'Newer', from: '2026-10-01' });
    expect(await linesOf(id)).toEqual(['Older 2026-09-10 2026-09-30', 'Newer 2026-10-01 ']);
  });

  test('of whoever waits becomes a request, and is in the lists of no class', async () => {
    const id = await older({});
    const item = await stored(id);
    await table.write([
      put({ ...item, status: 'pending', class_name: 'Asked', class_key: 'CLASS#asked', class_place: `a\t${id}` }),
    ]);
    expect((await read(id)).body).toMatchObject({ status: 'pending', requested_class: 'Asked', enrolments: [] });
    await table.write(await students.migrated(await stored(id)));
    expect(await stored(id)).not.toHaveProperty('class_key');
    expect(await list('class_name=asked')).toEqual([]);
  });
});
