import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { admin, call, teacher } from '../../tests/support/call.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { keyPart } from '../base/key-part.ts';
import { key } from '../data/key.ts';
import { Table } from '../data/table.ts';
import { put } from '../data/write.ts';
import { schoolPart } from './part.ts';
import { streamingEndpoint } from './streaming.ts';

const table = new Table('NOTES_TABLE');
const before = jest.fn<(items: readonly unknown[]) => Promise<void>>();

const handler = streamingEndpoint(
  schoolPart({
    name: 'notes',
    table,
    kinds: { note: /^NOTE#/ },
    derived: ['place'],
    withheld: { note: ['secret'] },
    kept: { drafts: { at: /^DRAFT#/, why: { fr: 'brouillons', en: 'drafts' } } },
    before,
  }),
);

const item = (pk: string, more: object = {}) => put({ pk: key`${keyPart(pk)}`, sk: key`A`, ...more });

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
  const text = 'x'.repeat(60_000);
  await table.write([
    item('NOTE#1', { text: 'é\n', tags: new Set(['a', 'b']), bytes: Uint8Array.of(255), place: 'p', secret: 's' }),
    ...Array.from({ length: 40 }, (_, i) => item(`NOTE#L${i}`, { text })),
    item('DRAFT#1'),
    item('IDEMPOTENCY#user:x#k'),
    item('OUTBOX'),
    item('OUTBOX#11'),
    item('STRANGE#1', { text: 'what is this?' }),
  ]);
});

async function part(query = '', language = 'en') {
  const headers = { 'Accept-Language': language };
  const { status, text, body } = await call(handler, `GET /export/notes${query}`, { as: admin, headers });
  if (status !== 200) return { status, code: body.code };
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { lines, end: lines.at(-1).end, cursors: lines.flatMap(({ cursor }) => cursor ?? []) };
}

describe('a context’s part', () => {
  test('has a line for each item, in which JSON says all that DynamoDB holds', async () => {
    const { lines } = await part();
    const first = lines?.find(({ at }) => at === 'NOTE#1 A');
    expect(first).toEqual({
      part: 'notes',
      kind: 'note',
      at: 'NOTE#1 A',
      data: { text: 'é\n', tags: ['a', 'b'], bytes: '/w==' },
    });
  });

  test('ends by saying what went, what stayed and why, and what nobody knows', async () => {
    expect((await part()).end).toEqual({
      part: 'notes',
      lines: 41,
      kinds: { note: 41 },
      kept: {
        drafts: { items: 1, why: 'drafts' },
        remembered_answers: { items: 1, why: 'copies of answers, kept for a day' },
        outbox: { items: 2, why: 'messages on their way' },
      },
      withheld: { note: ['secret'] },
      unknown: 1,
    });
    expect((await part('', 'fr')).end.kept.drafts.why).toBe('brouillons');
  });

  test('goes on from a cursor, which opens nothing else', async () => {
    const { lines = [], cursors = [] } = await part();
    expect(cursors.length).toBeGreaterThan(0);
    const at = lines.findIndex(({ cursor }) => cursor === cursors[0]);
    const rest = await part(`?cursor=${cursors[0]}`);
    expect(rest.lines?.slice(0, -1)).toEqual(lines.slice(at + 1, -1));
    expect(await part('?cursor=AAAA')).toEqual({ status: 400, code: 'invalid_cursor' });
  });

  test('shows nothing before what is to be done first is done', async () => {
    before.mockRejectedValueOnce(new Error('not written'));
    expect(await part()).toEqual({ status: 500, code: 'internal_error' });
  });

  test('is for admins', async () => {
    expect((await call(handler, 'GET /export/notes', { as: teacher })).status).toBe(403);
  });
});
