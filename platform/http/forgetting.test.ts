import { beforeAll, expect, test } from '@jest/globals';
import { admin, call, student } from '../../tests/support/call.ts';
import { everything } from '../../tests/support/shop-books.ts';
import { createFrom } from '../../tests/support/tables.ts';

const { handler } = await import('../../tests/support/fixtures/notes.ts');
let table = '';

beforeAll(async () => {
  ({ NOTES_TABLE: table = '' } = await createFrom(['tests/support/fixtures/notes.yml']));
});

const write = (key: string, text: string) =>
  call(handler, 'POST /notes', { as: student(), body: { text }, headers: { 'Idempotency-Key': key } });
const erase = (id: string) => call(handler, `DELETE /notes/${encodeURIComponent(id)}`, { as: admin });
const told = async (text: string) => (await everything(table)).filter((item) => JSON.stringify(item).includes(text));

test('what was erased is in no remembered answer either, and a late retry does not make it anew', async () => {
  const { body } = await write('erased', 'un secret');
  await write('spared', 'un autre');
  expect(await told('un secret')).toHaveLength(2);
  expect((await erase(body.id)).status).toBe(204);
  expect(await told('un secret')).toEqual([]);
  expect(await told(body.id)).toEqual([]);
  expect(await write('erased', 'un secret')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  expect(await told('un secret')).toEqual([]);
  expect((await write('spared', 'un autre')).status).toBe(201);
});

test('what could not be erased is remembered as before', async () => {
  const { body } = await write('kept', 'reste');
  expect((await erase('nothing')).status).toBe(404);
  expect((await write('kept', 'reste')).body).toEqual(body);
});
