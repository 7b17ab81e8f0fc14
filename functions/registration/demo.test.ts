import { beforeAll, expect, test } from '@jest/globals';
import { admin, call } from '../../tests/support/call.ts';
import { createContext } from '../../tests/support/tables.ts';
import { loadDemo } from './demo.ts';
import { handler } from './students.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
});

const everybody = async () => (await call(handler, 'GET /students?limit=200', { as: admin })).body;

test('the demo is two classes, the same ids at every first start, and a second start adds nothing', async () => {
  await loadDemo();
  const first = await everybody();
  expect(first.map(({ id }: { id: number }) => id)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  expect(first[0]).toMatchObject({ name: 'Victor Lefèvre', username: 'victor', notified: true, paid: false });
  await loadDemo();
  expect(await everybody()).toEqual(first);
});
