import { beforeAll, expect, test } from '@jest/globals';
import { call } from '../../tests/support/call.ts';
import { createFrom } from '../../tests/support/tables.ts';

const { handler, TORN } = await import('../../tests/support/fixtures/boards.ts');

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});

const read = (query = '') => call(handler, `GET /boards/1${query}`);
const write = () => call(handler, 'POST /boards/1');

test('an answer says whether it came from the cache, and is never older than the last write', async () => {
  await write();
  const answers = [await read(), await read(), await write(), await read(), await read()];
  expect(answers.map(({ headers, body }) => [headers['X-Cache'], body?.total])).toEqual([
    ['miss', 1],
    ['hit', 1],
    [undefined, undefined],
    ['miss', 2],
    ['hit', 2],
  ]);
});

test('what was met half written is shown to its reader alone', async () => {
  await write();
  expect((await read('?torn=true')).body.total).toBe(TORN);
  const [next, later] = [await read(), await read()];
  expect([next.headers['X-Cache'], later.headers['X-Cache']]).toEqual(['miss', 'hit']);
  expect([next.body.total, later.body.total]).toEqual([3, 3]);
});
