import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { admin, call } from '../../tests/support/call.ts';
import { createFrom } from '../../tests/support/tables.ts';

const { handler } = await import('../../tests/support/fixtures/notes.ts');

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});

/** A note of version 2, for its tag to be one among others. */
async function written(): Promise<string> {
  const id = randomUUID();
  await call(handler, 'POST /notes', { as: admin, body: { id, text: 'first' } });
  await call(handler, `PUT /notes/${id}`, { as: admin, body: { text: 'second' } });
  return id;
}

const read = async (id: string) => (await call(handler, `GET /notes/${id}`, { as: admin })).body.text;

// The note is read before it is changed, and deleted unread: the same holds of both.
describe.each(['PUT', 'DELETE'])('RFC 9110, 13.1 and 13.2.2: a %s', (method) => {
  const send = (id: string, headers: Record<string, string>) => {
    const rawBody = method === 'PUT' ? '{"text":"third"}' : '';
    const json = { 'content-type': 'application/json', ...headers };
    return call(handler, `${method} /notes/${id}`, { as: admin, rawBody, headers: json });
  };

  test.each([
    [{ 'If-Match': '"2"' }],
    [{ 'If-Match': 'W/"2"' }],
    [{ 'If-Match': '"1", "2"' }],
    [{ 'If-Match': '"of-another","1" ,W/"2"' }],
    [{ 'If-Match': ' * ' }],
    [{ 'If-None-Match': '"1"' }],
    [{ 'If-None-Match': '"of-another", W/"3"' }],
    [{ 'If-Match': '"2"', 'If-None-Match': '"1"' }],
  ])('under %j goes through', async (headers) => {
    const id = await written();
    expect((await send(id, headers)).status).toBe(method === 'PUT' ? 200 : 204);
    expect(await read(id)).toBe(method === 'PUT' ? 'third' : undefined);
  });

  test.each([
    [{ 'If-Match': '"1"' }, 'stale_version'],
    [{ 'If-Match': '"1", "3", W/"4"' }, 'stale_version'],
    [{ 'If-Match': '2' }, 'stale_version'],
    [{ 'If-Match': 'w/"2"' }, 'stale_version'],
    [{ 'If-Match': '' }, 'stale_version'],
    [{ 'If-None-Match': '*' }, 'already_there'],
    [{ 'If-None-Match': '"1", "2"' }, 'already_there'],
    [{ 'If-None-Match': 'W/"2"' }, 'already_there'],
    [{ 'If-Match': '"2"', 'If-None-Match': '*' }, 'already_there'],
    [{ 'If-Match': '"1"', 'If-None-Match': '*' }, 'stale_version'],
  ])('under %j is a 412 (%s) and changes nothing', async (headers, code) => {
    const id = await written();
    const { status, body } = await send(id, headers);
    expect([status, body.code]).toEqual([412, code]);
    expect(await read(id)).toBe('second');
  });

  test.each([[{ 'If-Match': '"1"' }], [{ 'If-None-Match': '*' }], [{ 'If-None-Match': '"1"' }]])(
    'under %j of what does not exist is a 404',
    async (headers) => {
      expect((await send('nothing', headers)).body.code).toBe('note_not_found');
    },
  );

  test('with more tags than anybody has is refused', async () => {
    const tags = Array.from({ length: 51 }, (_, i) => `"${i}"`).join();
    const { status, body } = await send(await written(), { 'If-Match': tags });
    expect([status, body.errors[0].header]).toEqual([400, 'if-match']);
  });
});

test('RFC 9110, 5.3: tags of several lines are one list', async () => {
  const id = await written();
  const rawBody = '{"text":"third"}';
  const headers = { 'content-type': 'application/json', 'If-Match': '"9"' };
  const sent = { as: admin, rawBody, headers, lines: { 'If-Match': ['"2"', '"9"'] } };
  expect((await call(handler, `PUT /notes/${id}`, sent)).status).toBe(200);
});

test('RFC 9110, 13.1.2: what a POST makes exists nowhere yet', async () => {
  const sent = { as: admin, rawBody: '{"text":"new"}' };
  const headers = { 'content-type': 'application/json', 'If-None-Match': '*' };
  expect((await call(handler, 'POST /notes', { ...sent, headers })).status).toBe(201);
});
