import { beforeAll, describe, expect, test } from '@jest/globals';
import { textOf } from '../../project/root.ts';
import { admin, call } from '../../tests/support/call.ts';
import { createFrom } from '../../tests/support/tables.ts';

const { handler } = await import('../../tests/support/fixtures/notes.ts');

beforeAll(() => createFrom(['tests/support/fixtures/notes.yml']));

describe.each([
  ['the address that AWS gives', '/prod'],
  ['a domain of its own, where no path names the stage', ''],
])('asked under %s, the API', (_, under) => {
  const ask = (request: string, body?: unknown) => call(handler, request, { as: admin, under, body });

  test('says where what was made is', async () => {
    const { status, headers, body } = await ask('POST /notes', { text: 'one' });
    expect([status, headers.Location]).toEqual([201, `${under}/notes/${body.id}`]);
  });

  test('leads to the next page, which is there', async () => {
    await ask('POST /notes', { text: 'two' });
    const { headers } = await ask('GET /notes?limit=1');
    const [, path, query] = /^<(.*)\?(.*)>; rel="next"$/.exec(headers.Link ?? '') ?? [];
    expect(path).toBe(`${under}/notes`);
    const { status, body } = await ask(`GET /notes?${query}`);
    expect([status, body.length]).toEqual([200, 1]);
  });

  test('names a problem by the address that explains it', async () => {
    const { status, body } = await ask('POST /notes', { nothing: 'of a note' });
    expect([status, body.type]).toEqual([400, `${under}/problems/${body.code}`]);
  });
});

test('the description of the API names no server but the one where it lies, and that of npm start', () => {
  const { servers } = JSON.parse(textOf('openapi.json')) as { servers: { url: string }[] };
  expect(servers.map(({ url }) => url)).toEqual(['http://localhost:3000', '.']);
});
