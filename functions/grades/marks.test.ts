import { beforeAll, describe, expect, test } from '@jest/globals';
import { admin, call, type Identity, student, teacher } from '../../tests/support/call.ts';
import { deliver, told } from '../../tests/support/deliver.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler } from './marks.ts';
import { handler as consumer } from './on-student-event.ts';

beforeAll(async () => {
  await createContext('grades');
});

let lastId = 1000;
const newId = (): number => ++lastId;

const open = (id: number, name = 'Awa Diop') => call(handler, 'POST /init_student', { as: admin, body: { id, name } });
const learnStudent = (data: { id: number; name: string; username?: string; version: number }) =>
  deliver(consumer, [told('campus.student.changed', data)]);
const forgetStudent = (data: { id: number; version: number }) =>
  deliver(consumer, [told('campus.student.deleted', data)]);
const enter = (id: number, body: unknown, as: Identity = teacher) =>
  call(handler, `POST /add_grade/${id}`, { as, body });
const read = (id: number | string, as: Identity = teacher) => call(handler, `GET /get_grades/${id}`, { as });

async function opened(): Promise<number> {
  const id = newId();
  await open(id);
  return id;
}

describe('opening a space', () => {
  test('answers as the source document says', async () => {
    const { status, body } = await open(newId(), 'Élodie N’Diaye');
    expect([status, body]).toEqual([200, { message: 'Espace notes créé pour Élodie N’Diaye' }]);
  });

  test('again keeps the marks', async () => {
    const id = await opened();
    await enter(id, { grade: 12 });
    expect((await open(id, 'Awa Sarr')).status).toBe(200);
    expect((await read(id)).body).toEqual({ name: 'Awa Sarr', grades: [12] });
  });

  test('never overwrites what registration told', async () => {
    const id = newId();
    await learnStudent({ id, name: 'De l’inscription', username: `u${id}`, version: 1 });
    expect((await open(id, 'Autre nom')).status).toBe(200);
    expect((await read(id, student(`u${id}`))).body).toEqual({ name: 'De l’inscription', grades: [] });
  });

  test('is refused for a student whom registration deleted', async () => {
    const id = newId();
    await forgetStudent({ id, version: 2 });
    const { status, body } = await open(id);
    expect([status, body.code]).toEqual([409, 'student_deleted']);
    expect((await read(id)).status).toBe(404);
  });

  test('honours an idempotency key, also where nothing is left to change', async () => {
    const id = newId();
    await learnStudent({ id, name: 'Connue', version: 1 });
    const send = (name: string) =>
      call(handler, 'POST /init_student', {
        as: admin,
        body: { id, name },
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `open-${id}` },
      });
    expect([await send('Connue'), await send('Connue'), await send('Autre')].map(({ status }) => status)).toEqual([
      200, 200, 422,
    ]);
  });

  test.each([
    ['no id', { name: 'A' }],
    ['id 0', { id: 0, name: 'A' }],
    ['a negative id', { id: -1, name: 'A' }],
    ['a fraction as id', { id: 1.5, name: 'A' }],
    ['an id as text', { id: '1', name: 'A' }],
    ['an id above 2^53', { id: 2 ** 53, name: 'A' }],
    ['no name', { id: 1 }],
    ['a blank name', { id: 1, name: '  ' }],
    ['a name of 10,000 characters', { id: 1, name: 'a'.repeat(10_000) }],
    ['a name that turns the text around', { id: 1, name: 'a\u202eb' }],
    ['an unknown field', { id: 1, name: 'A', username: 'me' }],
  ])('refuses %s', async (_, body) => {
    expect((await call(handler, 'POST /init_student', { as: admin, body })).status).toBe(400);
  });
});

describe('entering a mark', () => {
  test('answers with its id, and the marks are read in the order of entry', async () => {
    const id = await opened();
    const { status, body } = await enter(id, { grade: 12 });
    expect([status, body]).toEqual([200, { message: 'Note ajoutée', id: expect.stringMatching(/^[\da-f-]{36}$/) }]);
    await enter(id, { grade: 15.5, subject: 'Maths', coefficient: 2.5, comment: 'Bien' });
    await enter(id, { grade: 0 });
    await enter(id, { grade: 20 });
    expect((await read(id)).body).toEqual({ name: 'Awa Diop', grades: [12, 15.5, 0, 20] });
  });

  test('needs a student', async () => {
    const { status, body } = await enter(newId(), { grade: 12 });
    expect([status, body.code]).toEqual([404, 'student_not_found']);
  });

  test('needs a student who was not deleted', async () => {
    const id = newId();
    await learnStudent({ id, name: 'Partie', version: 1 });
    await forgetStudent({ id, version: 2 });
    expect((await enter(id, { grade: 12 })).status).toBe(404);
  });

  test('happens once for one idempotency key', async () => {
    const id = await opened();
    const send = () =>
      call(handler, `POST /add_grade/${id}`, {
        as: teacher,
        body: { grade: 11 },
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `mark-${id}` },
      });
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await read(id)).body.grades).toEqual([11]);
  });

  test.each([
    ['below 0', '{"grade":-0.01}', 'too_small'],
    ['above 20', '{"grade":20.01}', 'too_big'],
    ['beyond all numbers', '{"grade":1e309}', 'invalid_type'],
    ['finer than two decimals', '{"grade":12.345}', 'too_fine'],
    ['finer than that by rounding noise', '{"grade":0.30000000000000004}', 'too_fine'],
    ['as text', '{"grade":"12"}', 'invalid_type'],
    ['as French text', '{"grade":"12,5"}', 'invalid_type'],
    ['null', '{"grade":null}', 'invalid_type'],
    ['as a list', '{"grade":[12]}', 'invalid_type'],
    ['absent', '{}', 'required'],
    ['with coefficient 0', '{"grade":12,"coefficient":0}', 'too_small'],
    ['with a negative coefficient', '{"grade":12,"coefficient":-1}', 'too_small'],
    ['with coefficient 100.01', '{"grade":12,"coefficient":100.01}', 'too_big'],
    ['with coefficient 0.001', '{"grade":12,"coefficient":0.001}', 'too_fine'],
    ['with a blank subject', '{"grade":12,"subject":" "}', 'too_small'],
    ['with a control character in its comment', '{"grade":12,"comment":"a\\u0000b"}', 'control_character'],
    ['with an author', '{"grade":12,"author":"prof"}', 'unknown_field'],
    ['with a prototype', '{"grade":12,"__proto__":{"grade":20}}', 'unknown_field'],
    ['in a list', '[{"grade":12}]', 'invalid_type'],
    ['that is a bare number', '12', 'invalid_type'],
  ])('refuses one %s', async (_, rawBody, code) => {
    const id = await opened();
    const { status, body } = await call(handler, `POST /add_grade/${id}`, {
      as: teacher,
      rawBody,
      headers: { 'Content-Type': 'application/json' },
    });
    expect([status, body.errors[0].code]).toEqual([400, code]);
    expect((await read(id)).body.grades).toEqual([]);
  });

  test.each([
    ['NaN', '{"grade":NaN}'],
    ['half a body', '{"grade":'],
    ['a repeated key', '{"grade":2,"grade":20}'],
    ['10,000 levels', `{"grade":12,"subject":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
  ])('refuses %s as malformed', async (_, rawBody) => {
    const id = await opened();
    const headers = { 'Content-Type': 'application/json' };
    const { status, body } = await call(handler, `POST /add_grade/${id}`, { as: teacher, rawBody, headers });
    expect([status, body.code]).toEqual([400, 'malformed_json']);
    expect((await read(id)).body.grades).toEqual([]);
  });

  test.each([
    ['no body', {}, 400],
    ['no content type', { rawBody: '{"grade":12}' }, 415],
    ['a form', { rawBody: 'grade=12', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 415],
    [
      'a body over 1 MB',
      { rawBody: `"${'a'.repeat(1_100_000)}"`, headers: { 'Content-Type': 'application/json' } },
      413,
    ],
  ])('refuses %s', async (_, sent, expected) => {
    const id = await opened();
    const { status } = await call(handler, `POST /add_grade/${id}`, { as: teacher, ...sent });
    expect(status).toBe(expected);
  });
});

describe('reading marks', () => {
  test('tells a stranger what it tells of a student who does not exist', async () => {
    const id = newId();
    await learnStudent({ id, name: 'Privée', username: `owner${id}`, version: 1 });
    const { request_id: _a, ...strangers } = (await read(id, student('somebody'))).body;
    const { request_id: _b, ...missing } = (await read(newId(), student('somebody'))).body;
    expect(strangers).toEqual({ ...missing, code: 'student_not_found', status: 404 });
  });

  test('is for nobody but staff where a student has no account', async () => {
    const id = await opened();
    expect((await read(id, student('somebody'))).status).toBe(404);
    expect((await read(id, admin)).status).toBe(200);
  });

  test.each(['0', '-1', '1.5', '%00', '1e3', 'abc', '01', '9007199254740993', '99999999999999999999'])(
    'refuses %s as an id',
    async (id) => {
      expect((await read(id)).status).toBe(400);
    },
  );

  test('refuses an unknown query parameter', async () => {
    expect((await read(`${await opened()}?all=1`)).status).toBe(400);
  });
});
