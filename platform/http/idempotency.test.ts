import { beforeAll, describe, expect, test } from '@jest/globals';
import { admin, call, type Identity, student } from '../../tests/support/call.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { clock } from '../base/clock.ts';
import { key } from '../data/key.ts';

const { handler, table } = await import('../../tests/support/fixtures/notes.ts');

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});

const headersWith = (key: string) => ({ 'content-type': 'application/json', 'Idempotency-Key': key });

const write = (key: string, text: string, as: Identity = student()) =>
  call(handler, 'POST /notes', { as, body: { text }, headers: headersWith(key) });

const notes = async () => (await table.queryAll({ partition: ['pk', key`NOTE`] })).length;

describe('an idempotency key', () => {
  test('replays the first answer, headers and all, and changes nothing', async () => {
    const first = await write('replay', 'une fois');
    const before = await notes();
    const second = await write('replay', 'une fois');
    expect(second.body).toEqual(first.body);
    expect([second.status, second.headers.Location, second.headers.ETag]).toEqual([
      201,
      first.headers.Location,
      first.headers.ETag,
    ]);
    expect(await notes()).toBe(before);
  });

  test('refuses another request under the same key', async () => {
    await write('other', 'une');
    expect((await write('other', 'autre')).body.code).toBe('idempotency_key_reused');
  });

  test('refuses the same body under the same key with another query', async () => {
    const send = (query: string) =>
      call(handler, `POST /notes${query}`, { as: student(), body: { text: 'q' }, headers: headersWith('query') });
    expect((await send('?draft=true')).status).toBe(201);
    expect((await send('?draft=true')).status).toBe(201);
    expect((await send('')).body.code).toBe('idempotency_key_reused');
  });

  test.each([
    ['{"id":"swapped-1","text":"a"}', '{ "text": "a", "id": "swapped-1" }'],
    ['{"text":"\u00e9","id":"swapped-2"}', '{"id":"swapped-2","text":"\\u00e9"}'],
  ])('takes %s and %s for the same request', async (rawBody, again) => {
    const send = (text: string) =>
      call(handler, 'POST /notes', {
        as: student(),
        rawBody: text,
        headers: headersWith(`swapped ${rawBody}`.replace(/\W/g, '')),
      });
    const first = await send(rawBody);
    const second = await send(again);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
  });

  test('takes an empty query field for none', async () => {
    const send = (query: string) =>
      call(handler, `POST /notes${query}`, { as: student(), body: { text: 'q' }, headers: headersWith('empty-query') });
    const first = await send('?draft=');
    expect((await send('')).body).toEqual(first.body);
  });

  test('belongs to its caller', async () => {
    const mine = await write('mine', 'texte');
    const theirs = await write('mine', 'texte', admin);
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  test('lets one of twenty equal requests at once through, and answers them all alike', async () => {
    const before = await notes();
    const answers = await Promise.all(Array.from({ length: 20 }, () => write('parallel', 'ensemble')));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(await notes()).toBe(before + 1);
  });

  test('is forgotten after 24 hours', async () => {
    const first = await write('daily', 'chaque jour');
    const now = clock.now;
    clock.now = () => now() + 24 * 3600 * 1000 + 1000;
    try {
      expect((await write('daily', 'chaque jour')).body.id).not.toBe(first.body.id);
    } finally {
      clock.now = now;
    }
  });

  test('stores neither what the answer hides nor the request in clear', async () => {
    await write('stored', 'confidentiel-requete');
    const record = await table.get<Record<string, unknown>>({
      pk: key`IDEMPOTENCY#user:victor#stored`,
      sk: key`IDEMPOTENCY#user:victor#stored`,
    });
    expect(JSON.stringify(record)).not.toContain('hidden');
    expect(record?.fingerprint).toMatch(/^[\w-]{43}$/);
  });

  test.each([
    ['with a space', 'a b'],
    ['too long', 'x'.repeat(256)],
    ['empty', ''],
  ])('%s is refused', async (_, key) => {
    expect((await write(key, 'texte')).body.errors[0].header).toBe('idempotency-key');
  });
});
