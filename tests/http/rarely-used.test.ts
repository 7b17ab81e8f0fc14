import { beforeAll, expect, test } from '@jest/globals';
import { call, logIn } from '../support/http.ts';

// Each of these reaches a table's index, a secret or a right that the other tests leave alone: a deployment finds out
// what a role lacks only when a call is made.
let token: string;

beforeAll(async () => {
  token = await logIn('admin', 'admin');
});

const twice = async (path: string, body: unknown) => {
  const headers = { 'Idempotency-Key': crypto.randomUUID() };
  const first = await call('POST', path, { token, body, headers });
  return { first, second: await call('POST', path, { token, body, headers }) };
};

test('a mark that is sent twice under one key is entered once', async () => {
  const id = 1_000_000 + Math.floor(Math.random() * 1e9);
  expect((await call('POST', '/init_student', { token, body: { id, name: 'Awa Diop' } })).status).toBe(200);
  const { first, second } = await twice(`/add_grade/${id}`, { grade: 12 });
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.body).toEqual(first.body);
  expect((await call('GET', `/get_grades/${id}`, { token })).body.grades).toEqual([12]);
});

test('a measurement that is sent twice under one key is kept once', async () => {
  const person = await call('POST', '/persons', { token, body: { name: 'Awa Diop' } });
  const { first, second } = await twice(`/health/${person.body.id}`, { weight: 61 });
  expect([first.status, second.status]).toEqual([201, 201]);
  const history = await call('GET', `/health/${person.body.id}/history`, { token });
  expect(history.body).toHaveLength(1);
});

test('students are found by their first name', async () => {
  const first_name = `Prenom${Math.random().toString(36).replaceAll(/\W|\d/g, '')}`;
  const body = {
    name: `${first_name} Diop`,
    first_name,
    last_name: 'Diop',
    email: `${crypto.randomUUID()}@example.org`,
  };
  expect((await call('POST', '/register', { token, body })).status).toBe(201);
  const found = await call('GET', `/students?first_name=${first_name}`, { token });
  expect(found.body).toHaveLength(1);
});
