import { beforeAll, describe, expect, test } from '@jest/globals';
import { admin, call, type Identity, teacher } from '../../tests/support/call.ts';
import { createFrom } from '../../tests/support/tables.ts';

const { handler } = await import('../../tests/support/fixtures/notes.ts');

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
  for (let i = 0; i < 7; i += 1) await call(handler, 'POST /notes', { as: admin, body: { text: `n${i}` } });
});

const list = (query: string, as: Identity = admin) => call(handler, `GET /notes?${query}`, { as });
const nextOf = (link: string | undefined) => /^<\/notes\?(.*)>; rel="next"$/.exec(link ?? '')?.[1];

describe('a list', () => {
  test('walks every item once, page by page, through its Link', async () => {
    const seen: string[] = [];
    let query: string | undefined = 'limit=3';
    while (query) {
      const page = await list(query);
      seen.push(...page.body.map(({ text }: { text: string }) => text));
      query = nextOf(page.headers.Link);
    }
    expect(seen).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6']);
  });

  test.each([1, 7, 8, 200])('of seven items in pages of %i has no next on its last page', async (limit) => {
    let pages = 0;
    for (let query: string | undefined = `limit=${limit}`; query; pages += 1) {
      const page = await list(query);
      expect(page.body).not.toEqual([]);
      query = nextOf(page.headers.Link);
    }
    expect(pages).toBe(Math.ceil(7 / limit));
  });

  test('that passes items over fills its page, and has no next where none follows', async () => {
    const page = await list('text=n6&limit=1');
    expect([page.body.length, page.headers.Link]).toEqual([1, undefined]);
    const only = await list('text=n0&limit=1');
    expect([only.body.length, only.headers.Link]).toEqual([1, undefined]);
  });

  test('refuses a cursor that was tampered with, of other filters, or of another caller', async () => {
    const { headers } = await list('limit=2');
    const cursor = new URLSearchParams(nextOf(headers.Link)).get('cursor') ?? '';
    const broken = cursor.slice(0, -2) + (cursor.endsWith('A') ? 'BB' : 'AA');
    const attempts = [
      await list(`cursor=${broken}`),
      await list('cursor=xyz'),
      await list(`text=n1&cursor=${cursor}`),
      await list(`cursor=${cursor}`, teacher),
    ];
    expect(attempts.map(({ body }) => body.code)).toEqual(Array(4).fill('invalid_cursor'));
    expect((await list(`cursor=${cursor}`)).status).toBe(200);
  });
});
