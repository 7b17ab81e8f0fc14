import { beforeAll, expect, test } from '@jest/globals';
import { admin, call } from '../../../tests/support/call.ts';
import { registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as fees } from '../fees.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
});

test('paying for a student who paid already changes nothing, and its key is remembered all the same', async () => {
  const id = await registered();
  const pay = (key: string, body: object) =>
    call(fees, `POST /pay/${id}`, { as: admin, body, headers: { 'Idempotency-Key': `${key}-${id}` } });
  await pay('first', {});
  const again = await pay('second', { method: 'cash' });
  const replayed = await pay('second', { method: 'cash' });
  expect([again.status, replayed.status, replayed.body]).toEqual([200, 200, again.body]);
  const other = await pay('second', { method: 'card' });
  expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
});
