import { beforeAll, expect, test } from '@jest/globals';
import { admin, call } from '../../tests/support/call.ts';
import { createFrom } from '../../tests/support/tables.ts';

const { handler } = await import('../../tests/support/fixtures/notes.ts');

const NOTES = 201;

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
  const write = (i: number) => call(handler, 'POST /notes', { as: admin, body: { text: `n${i}` } });
  await Promise.all(Array.from({ length: NOTES }, (_, i) => write(i)));
});

const list = (query: string) => call(handler, `GET /notes${query}`, { as: admin });

test.each([
  ['', 50],
  ['?limit=1', 1],
  ['?limit=200', 200],
])('a list%s has a page of %i, and leads to the next', async (query, size) => {
  const { body, headers } = await list(query);
  expect(body).toHaveLength(size);
  expect(headers.Link).toMatch(/rel="next"/);
});

test.each(['0', '201', '-1', '1.5', '1e2', '', 'all', '50&limit=50'])('a limit of "%s" is refused', async (limit) => {
  const { status, body } = await list(`?limit=${limit}`);
  expect([status, body.errors[0].parameter]).toEqual([400, 'limit']);
});
