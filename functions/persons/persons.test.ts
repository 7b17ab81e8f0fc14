import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../platform/data/client.ts';
import { key } from '../../platform/data/key.ts';
import { sqs } from '../../platform/events/queue.ts';
import { admin, call, student, teacher } from '../../tests/support/call.ts';
import { startAccounts } from '../../tests/support/holders.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import { commandsDuring } from '../../tests/support/requests.ts';
import { everything } from '../../tests/support/shop-books.ts';
import { createContext } from '../../tests/support/tables.ts';
import { loadDemo } from './demo.ts';
import * as persons from './person-store.ts';
import { handler } from './persons.ts';
import { table } from './table.ts';

let accounts: PeerStub;

beforeAll(async () => {
  await createContext('persons', 'health');
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());

const create = async (body: Record<string, unknown>) =>
  (await call(handler, 'POST /persons', { as: admin, body })).body;
const list = async (query: string) => {
  const { body, headers } = await call(handler, `GET /persons?${query}`, { as: teacher });
  return { names: body.map(({ name }: { name: string }) => name), link: headers.Link };
};
const outboxItems = () => table.queryAll<{ event: { subject: string } }>({ partition: ['pk', key`OUTBOX`] });

describe('POST /persons', () => {
  test('answers the person with an integer id, their address and their version', async () => {
    const body = { name: '  Zoé   Diallo ', birth_date: '2001-02-28', email: 'Zoe@Example.org', username: 'ZOE' };
    const answer = await call(handler, 'POST /persons', { as: teacher, body });
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ Location: `/persons/${answer.body.id}`, ETag: '"1"' });
    expect(answer.body).toMatchObject({ birth_date: '2001-02-28', email: 'zoe@example.org', username: 'zoe' });
    expect(Number.isSafeInteger(answer.body.id)).toBe(true);
    expect(answer.body).not.toHaveProperty('version');
    expect(answer.body).not.toHaveProperty('list');
  });

  test('costs two round trips', async () => {
    const commands = await commandsDuring(dynamo, () => create({ name: 'Two' }));
    expect(commands).toEqual(['UpdateItemCommand', 'PutItemCommand']);
  });

  test('gives distinct ids to fifty at once', async () => {
    const persons = await Promise.all(Array.from({ length: 50 }, (_, i) => create({ name: `Crowd ${i}` })));
    expect(new Set(persons.map(({ id }) => id)).size).toBe(50);
  });

  test('sent twice under one key creates one person', async () => {
    const sent = { as: admin, body: { name: 'Once Only' }, headers: { 'Idempotency-Key': 'k-1' } };
    const [first, second] = [await call(handler, 'POST /persons', sent), await call(handler, 'POST /persons', sent)];
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect((await list('q=once+only')).names).toEqual(['Once Only']);
  });

  test.each([
    ['no name', {}],
    ['an empty name', { name: '   ' }],
    ['a name that is a number', { name: 12 }],
    ['a name of 10,000 characters', { name: 'a'.repeat(10_000) }],
    ['a name with a control character', { name: 'a\u0000b' }],
    ['a name that overrides the direction of text', { name: 'abc\u202edef' }],
    ['an id of the client’s own', { name: 'A', id: 7 }],
    ['an unknown field', { name: 'A', role: 'admin' }],
    ['a birth date that no calendar has', { name: 'A', birth_date: '2001-02-30' }],
    ['a birth date with a time', { name: 'A', birth_date: '2001-02-03T00:00:00Z' }],
    ['a birth date to come', { name: 'A', birth_date: '2999-01-01' }],
    ['a birth date before 1900', { name: 'A', birth_date: '1899-12-31' }],
    ['a bad email', { name: 'A', email: 'nobody' }],
    ['a bad username', { name: 'A', username: 'a b' }],
    ['a list', []],
  ])('refuses %s', async (_, body) => {
    const { status, body: refusal } = await call(handler, 'POST /persons', { as: admin, body });
    expect({ status, code: refusal.code }).toEqual({ status: 400, code: 'invalid_input' });
  });

  test.each(['<script>alert(1)</script>', 'مريم', '👩🏽‍🎓 Awa', '\ufdfa'.repeat(200), '\u0301', '__proto__'])(
    'takes the name %j as it is, and finds it again',
    async (name) => {
      const { id } = await create({ name });
      const { body } = await call(handler, `GET /persons/${id}`, { as: admin });
      expect(body.name).toBe(name);
      expect((await list(`limit=200&q=${encodeURIComponent(name)}`)).names).toContain(name);
    },
  );
});

test('no name is too long for the key of an index', () => {
  const person = { id: 1, name: '\ufdfa'.repeat(200), created_at: '', updated_at: '', version: 1 };
  const [write] = persons.insert(person);
  expect(write).toMatchObject({ item: { list_order: expect.any(String) } });
  expect(Buffer.byteLength(String(write?.kind === 'put' && write.item.list_order))).toBeLessThanOrEqual(1024);
});

describe('GET /persons', () => {
  test('finds by the beginning of a name, without accents and case', async () => {
    for (const name of ['Élodie Ndour', 'elodie Sarr', 'ELODIE', 'Melodie']) await create({ name });
    expect((await list('q=%C3%89LO')).names).toEqual(['ELODIE', 'Élodie Ndour', 'elodie Sarr']);
    expect((await list('q=elodie+n')).names).toEqual(['Élodie Ndour']);
    expect((await list('q=nobody+at+all')).names).toEqual([]);
  });

  test.each(["'", '’', 'ʼ', 'ʻ', '‘'])('finds N%sDiaye by every apostrophe', async (sign) => {
    const { id } = await create({ name: `N${sign}Diaye ${sign.codePointAt(0)}` });
    for (const other of ["'", '’', 'ʼ', 'ʻ', '‘']) {
      const query = `limit=200&q=${encodeURIComponent(`N${other}Diaye ${sign.codePointAt(0)}`)}`;
      const { body } = await call(handler, `GET /persons?${query}`, { as: teacher });
      expect(body.map((one: { id: number }) => one.id)).toEqual([id]);
    }
  });

  test('has them in the order of a dictionary', async () => {
    const ordered = ['Ordre Octave', 'Ordre Œdipe', 'Ordre Olivia', 'Ordre Zita'];
    for (const name of ordered.toReversed()) await create({ name });
    expect((await list('q=ordre')).names).toEqual(ordered);
    expect((await list('q=ordre+oe')).names).toEqual(['Ordre Œdipe']);
  });

  test('goes through pages, each person once, in one query a page', async () => {
    for (const i of [1, 2, 3, 4, 5]) await create({ name: `Page ${i}` });
    const names: string[] = [];
    let next: string | undefined = '/persons?q=page&limit=2';
    const commands = await commandsDuring(dynamo, async () => {
      while (next) {
        const page = await list(next.split('?')[1] ?? '');
        names.push(...page.names);
        next = /<([^>]+)>/.exec(page.link ?? '')?.[1];
      }
    });
    expect(names).toEqual(['Page 1', 'Page 2', 'Page 3', 'Page 4', 'Page 5']);
    expect(new Set(commands)).toEqual(new Set(['QueryCommand']));
    expect(commands).toHaveLength(3);
  });

  test.each(['limit=0', 'limit=-1', 'limit=1e9', 'limit=201', 'sort=name', 'cursor=abc', `q=${'a'.repeat(201)}`])(
    'refuses ?%s',
    async (query) => {
      expect((await call(handler, `GET /persons?${query}`, { as: admin })).status).toBe(400);
    },
  );
});

describe('a person', () => {
  test('is one read', async () => {
    const { id } = await create({ name: 'Cheap' });
    const commands = await commandsDuring(dynamo, () => call(handler, `GET /persons/${id}`, { as: admin }));
    expect(commands).toEqual(['GetItemCommand']);
  });

  test('of somebody else looks just like one who is missing', async () => {
    const { id } = await create({ name: 'Own', username: 'victor' });
    expect((await call(handler, `GET /persons/${id}`, { as: student('victor') })).status).toBe(200);
    const other = await call(handler, `GET /persons/${id}`, { as: student('kilian') });
    const missing = await call(handler, 'GET /persons/999999', { as: student('kilian') });
    expect({ ...other.body, request_id: '' }).toEqual({ ...missing.body, request_id: '' });
    expect(other).toMatchObject({ status: 404, body: { code: 'person_not_found' } });
  });

  test('is replaced whole, under the version that was read', async () => {
    const { id, created_at } = await create({ name: 'Before', email: 'a@example.org', username: 'amy' });
    const put = (headers: Record<string, string>) =>
      call(handler, `PUT /persons/${id}`, { as: admin, body: { name: 'After' }, headers });
    const { status, body, headers } = await put({ 'If-Match': '"1"' });
    expect({ status, etag: headers.ETag }).toEqual({ status: 200, etag: '"2"' });
    expect(body).toEqual({ id, name: 'After', created_at, updated_at: expect.any(String) });
    expect(await put({ 'If-Match': '"1"' })).toMatchObject({ status: 412, body: { code: 'stale_version' } });
    expect((await list('q=before')).names).toEqual([]);
    expect((await list('q=after')).names).toEqual(['After']);
  });

  test('that twenty replace at once ends up as one of them wanted, and none is refused', async () => {
    const { id } = await create({ name: 'Start' });
    const bodies = Array.from({ length: 20 }, (_, i) => ({ name: `N${i}`, email: `n${i}@example.org` }));
    const answers = await Promise.all(bodies.map((body) => call(handler, `PUT /persons/${id}`, { as: admin, body })));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const { body, headers } = await call(handler, `GET /persons/${id}`, { as: admin });
    expect(body.email).toBe(`${body.name.toLowerCase()}@example.org`);
    expect(headers.ETag).toBe('"21"');
  });

  test('who is deleted is gone, for good', async () => {
    const { id } = await create({ name: 'Gone' });
    expect((await call(handler, `DELETE /persons/${id}`, { as: admin })).status).toBe(204);
    for (const verb of ['GET', 'DELETE'])
      expect((await call(handler, `${verb} /persons/${id}`, { as: admin })).status).toBe(404);
    expect((await call(handler, `PUT /persons/${id}`, { as: admin, body: { name: 'Back' } })).status).toBe(404);
    expect((await create({ name: 'Next' })).id).toBeGreaterThan(id);
  });

  test('who is deleted is in no remembered answer either', async () => {
    const sent = { as: admin, body: { name: 'Forget Me' }, headers: { 'Idempotency-Key': 'forget-me' } };
    const { id } = (await call(handler, 'POST /persons', sent)).body;
    await call(handler, `PUT /persons/${id}`, { as: admin, body: { name: 'Forget Me Too' } });
    expect((await call(handler, `DELETE /persons/${id}`, { as: admin })).status).toBe(204);
    const left = (await everything(table.name)).filter((item) => JSON.stringify(item).includes('Forget Me'));
    expect(left).toEqual([]);
    expect((await call(handler, 'POST /persons', sent)).status).toBe(422);
  });

  test('is not deleted under a stale version', async () => {
    const { id } = await create({ name: 'Kept' });
    const stale = await call(handler, `DELETE /persons/${id}`, { as: admin, headers: { 'If-Match': '"9"' } });
    expect(stale.status).toBe(412);
    expect((await call(handler, `GET /persons/${id}`, { as: admin })).status).toBe(200);
  });

  test('that a deletion races with a replacement does not come back', async () => {
    const { id } = await create({ name: 'Race' });
    const replacements = Array.from({ length: 10 }, (_, i) =>
      call(handler, `PUT /persons/${id}`, { as: admin, body: { name: `Race ${i}` } }),
    );
    const deletion = await call(handler, `DELETE /persons/${id}`, { as: admin });
    const statuses = new Set((await Promise.all(replacements)).map(({ status }) => status));
    expect(deletion.status).toBe(204);
    expect([...statuses].filter((status) => status !== 200 && status !== 404)).toEqual([]);
    expect((await call(handler, `GET /persons/${id}`, { as: admin })).status).toBe(404);
  });

  test('who is deleted while SQS is down is told of later: the event waits in the outbox', async () => {
    const { id } = await create({ name: 'Unsent' });
    sqs.middlewareStack.add(() => () => Promise.reject(new Error('down')), { step: 'deserialize', name: 'down' });
    const { status } = await call(handler, `DELETE /persons/${id}`, { as: admin });
    sqs.middlewareStack.remove('down');
    expect(status).toBe(204);
    expect((await outboxItems()).map(({ event }) => event.subject)).toEqual([String(id)]);
  });

  test.each(['0', '-1', '1.5', '%00', '1e3', 'abc', '9007199254740992', '99999999999999999999'])(
    'of the impossible id %s is refused',
    async (id) => {
      const { status } = await call(handler, `GET /persons/${id}`, { as: admin });
      expect([400, 404]).toContain(status);
    },
  );
});

test('the demo loads once, and a deleted demo person stays deleted', async () => {
  await loadDemo();
  const { body } = await call(handler, 'GET /persons?q=elodie+girard', { as: admin });
  await call(handler, `DELETE /persons/${body[0].id}`, { as: admin });
  await loadDemo();
  expect((await list('q=victor+lefevre')).names).toEqual(['Victor Lefèvre']);
  expect((await list('q=elodie+girard')).names).toEqual([]);
});

describe('GET /persons/owned', () => {
  const owned = async (as: ReturnType<typeof student> | typeof admin, query = '') => {
    const { status, body } = await call(handler, `GET /persons/owned${query}`, { as });
    return status === 200 ? body.map(({ name }: { name: string }) => name) : [status, body.code];
  };

  test('are one’s own; an admin may ask for anybody’s, a stranger for nobody else’s', async () => {
    await create({ name: 'Zoé Une', username: 'baptiste' });
    await create({ name: 'Zoé Deux', username: 'baptiste' });
    expect(await owned(student('baptiste'))).toEqual(['Zoé Deux', 'Zoé Une']);
    expect(await owned(admin, '?username=baptiste')).toEqual(['Zoé Deux', 'Zoé Une']);
    expect(await owned(student('nobody'))).toEqual([]);
    for (const as of [student('kilian'), teacher])
      expect(await owned(as, '?username=baptiste')).toEqual([404, 'person_not_found']);
  });
});
