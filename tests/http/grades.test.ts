import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, call, logIn } from '../support/http.ts';

type Who = 'admin' | 'teacher' | 'student' | 'nobody';

const tokens: Record<Who, string | undefined> = {
  admin: undefined,
  teacher: undefined,
  student: undefined,
  nobody: undefined,
};

beforeAll(async () => {
  tokens.admin = await logIn('admin', 'admin');
  tokens.teacher = await logIn('prof', 'prof');
  tokens.student = await logIn('kilian', 'abcd');
});

const newId = (): number => randomInt(1_000_000, 1_000_000_000);

const open = (id: number, as: Who = 'admin') =>
  call('POST', '/init_student', { token: tokens[as], body: { id, name: 'Awa Diop' } });
const enter = (id: number, as: Who = 'teacher', grade: unknown = 12) =>
  call('POST', `/add_grade/${id}`, { token: tokens[as], body: { grade } });
const read = (id: number, as: Who = 'teacher') => call('GET', `/get_grades/${id}`, { token: tokens[as] });

async function opened(): Promise<number> {
  const id = newId();
  await open(id);
  return id;
}

test('a space is opened, marks are entered and read as the source document shows', async () => {
  const id = newId();
  expect((await open(id)).body).toEqual({ message: 'Espace notes créé pour Awa Diop' });
  expect((await enter(id, 'teacher', 12)).body).toMatchObject({ message: 'Note ajoutée' });
  expect((await enter(id, 'admin', 15.5)).body).toMatchObject({ message: 'Note ajoutée' });
  expect((await open(id)).status).toBe(200);
  expect((await read(id)).body).toEqual({ name: 'Awa Diop', grades: [12, 15.5] });
});

type Expected = Record<Who, number>;
const OPERATIONS: readonly [string, (id: number, as: Who) => Promise<Answer>, Expected][] = [
  ['POST /init_student', open, { admin: 200, teacher: 403, student: 403, nobody: 401 }],
  ['POST /add_grade/{student_id}', enter, { admin: 200, teacher: 200, student: 403, nobody: 401 }],
  ['GET /get_grades/{student_id}', read, { admin: 200, teacher: 200, student: 404, nobody: 401 }],
];

describe.each(OPERATIONS)('%s', (_, perform, expected) => {
  test.each(Object.entries(expected) as [Who, number][])('answers %s with %i', async (as, status) => {
    expect((await perform(await opened(), as)).status).toBe(status);
  });
});

test('a student cannot tell another’s marks from those of nobody', async () => {
  const [another, nobody] = [await read(await opened(), 'student'), await read(newId(), 'student')];
  const told = ({ status, body: { request_id: _, ...body } }: Answer) => ({ status, body });
  expect(told(another)).toEqual(told(nobody));
});

test('the demo students have their marks', async () => {
  expect((await read(1)).body.grades.slice(0, 5)).toEqual([14, 12.5, 16, 11, 15.5]);
});

test.each([-0.01, 20.01, '12', '12,5', null])('a mark of %j is refused as problem+json', async (grade) => {
  const { status, headers, body } = await enter(await opened(), 'teacher', grade);
  expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8']);
  expect(body.errors[0].pointer).toBe('#/grade');
});

test.each(['0', '-1', '1.5', '%00', '9007199254740993'])('the id %s is refused', async (id) => {
  expect((await call('GET', `/get_grades/${id}`, { token: tokens.teacher })).status).toBe(400);
});

test('twenty marks entered at once are all there', async () => {
  const id = await opened();
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => enter(id, 'teacher', i)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await read(id)).body.grades.toSorted((a: number, b: number) => a - b)).toEqual(answers.map((_, i) => i));
});
