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
