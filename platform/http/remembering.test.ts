import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as z from 'zod';
import { createFrom } from '../../tests/support/tables.ts';
import { clock } from '../base/clock.ts';
import { keyPart } from '../base/key-part.ts';
import { key } from '../data/key.ts';
import { Table } from '../data/table.ts';
import { put } from '../data/write.ts';
import { allow, Caller, reachable, signedIn } from './access.ts';
import { created, noContent } from './answer.ts';
import { committing } from './commit.ts';
import { forgetAnswers, Idempotency, type SentKey } from './idempotency.ts';
import { Preconditions } from './preconditions.ts';

const table = new Table('NOTES_TABLE');
const NOW = Date.UTC(2026, 0, 1);

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});
beforeEach(() => {
  jest.spyOn(clock, 'now').mockReturnValue(NOW);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const answers = { 201: z.object({ id: z.string() }), 204: null };

const sent = (name: string, more: Partial<SentKey> = {}): SentKey => ({
  table,
  owner: keyPart('user:victor'),
  key: keyPart(name),
  request: 'a request',
  answers,
  erasable: true,
  ...more,
});

const codeOf = (work: () => Promise<unknown>) =>
  work().then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );

describe('what is remembered of an answer', () => {
  const answer = created({ id: '7', secret: 'x' }, '/notes/7', { etag: 1 });

  test('is what may leave, for a day, under the key of its caller', async () => {
    const [remembered, shown, ...more] = (await Idempotency.of(sent('k'))).record(answer);
    const name = 'IDEMPOTENCY#user:victor#k';
    const ttl = NOW / 1000 + 24 * 3600;
    const fingerprint = expect.stringMatching(/^[\w-]{43}$/);
    expect(remembered).toMatchObject({
      kind: 'put',
      item: {
        pk: name,
        sk: name,
        fingerprint,
        ttl,
        answer: { status: 201, body: { id: '7' }, headers: { Location: '/notes/7' }, etag: 1 },
      },
      condition: {
        when: 'attribute_not_exists(pk) OR #ttl <= :now',
        names: { '#ttl': 'ttl' },
        values: { ':now': NOW / 1000 },
      },
    });
    expect(remembered).not.toHaveProperty('item.answer.body.secret');
    expect(remembered?.condition?.otherwise(undefined)).toMatchObject({ name: 'AlreadyAnswered' });
    expect(shown).toMatchObject({ kind: 'put', item: { pk: 'SHOWN#/notes/7', sk: name, fingerprint, ttl } });
    expect(more).toEqual([]);
  });

  test('is found by what it shows, where that may be erased and there is anything to show', async () => {
    const placesOf = async (more: Partial<SentKey>, of: Parameters<Idempotency['record']>[0]) =>
      (await Idempotency.of(sent('k', more))).record(of).map((write) => (write.kind === 'put' ? write.item.pk : ''));
    expect(await placesOf({}, { ...answer, shows: '/elsewhere' })).toContain('SHOWN#/elsewhere');
    expect(await placesOf({ erasable: false }, answer)).toHaveLength(1);
    expect(await placesOf({}, noContent())).toHaveLength(1);
  });

  test('is nothing where no key was sent', async () => {
    const none = await Idempotency.of(undefined);
    expect([none.keys, none.record(answer), await none.earlierAnswer()]).toEqual([[], [], undefined]);
  });

  test('is the answer to the same request, and to no other', async () => {
    await table.write((await Idempotency.of(sent('once'))).record(answer));
    const again = (more: Partial<SentKey> = {}) =>
      Idempotency.of(sent('once', more)).then((one) => one.earlierAnswer());
    expect(await again()).toMatchObject({ status: 201, body: { id: '7' } });
    expect(await codeOf(() => again({ request: 'another' }))).toBe('idempotency_key_reused');
    expect(await again({ owner: keyPart('user:her') })).toBeUndefined();
  });

  test('is forgotten with what it showed, and its key stays used', async () => {
    await table.write((await Idempotency.of(sent('gone'))).record(created({ id: '8' }, '/notes/8')));
    const writes = await forgetAnswers(table, '/notes/8');
    expect(writes).toHaveLength(2);
    await table.write(writes);
    expect(await forgetAnswers(table, '/notes/8')).toEqual([]);
    expect(await codeOf(async () => (await Idempotency.of(sent('gone'))).earlierAnswer())).toBe(
      'idempotency_key_reused',
    );
  });
});

describe('a change by commit', () => {
  const at = (name: string) => ({ pk: key`COMMIT`, sk: key`${keyPart(name)}` });
  const caller = (access = allow('admin', 'owner'), role: 'admin' | 'student' = 'student') =>
    new Caller({ username: keyPart('victor'), role, sessionId: keyPart('s') }, access);
  const committed = async (more: { caller?: Caller; ifMatch?: string; erases?: string; key?: string } = {}) =>
    committing({
      table,
      caller: more.caller,
      preconditions: Preconditions.of(
        { httpMethod: 'PUT', headers: more.ifMatch ? { 'If-Match': more.ifMatch } : {} } as never,
        true,
      ),
      mustAgree: () => {},
      erases: more.erases,
      idempotency: await Idempotency.of(more.key ? sent(more.key) : undefined),
    });
  const written = (name: string) => ({ writes: [put(at(name))], answer: noContent() });
  const stands = async (name: string) => (await table.get(at(name))) !== undefined;

  test('of an operation that is open to owners writes nothing before somebody asked whose the record is', async () => {
    const commit = await committed({ caller: caller() });
    await expect(commit(() => written('unasked'))).rejects.toThrow('An operation did not ask whose the record is');
    await expect(
      commit(
        async () => ({ version: 1 }),
        () => written('unasked'),
      ),
    ).rejects.toThrow('did not ask');
    expect(await stands('unasked')).toBe(false);
  });

  test('is made once the owner was asked for, in the read too, or where the role suffices', async () => {
    const asked = caller();
    const commit = await committed({ caller: asked });
    const read = async () => reachable({ username: 'victor', version: 1 }, asked, () => new Error('missing'));
    expect(await commit(read, () => written('asked'))).toEqual(noContent());
    expect(await stands('asked')).toBe(true);
    await (await committed({ caller: caller(signedIn) }))(() => written('role'));
    await (await committed())(() => written('nobody'));
    expect([await stands('role'), await stands('nobody')]).toEqual([true, true]);
  });

  test('of a version that is gone is refused before it is decided', async () => {
    const commit = await committed({ ifMatch: '"1"' });
    const decide = jest.fn(() => written('stale'));
    expect(await codeOf(() => commit(async () => ({ version: 2 }), decide))).toBe('stale_version');
    expect(decide).not.toHaveBeenCalled();
  });

  test('is told where its answer will be remembered, and is remembered there', async () => {
    const commit = await committed({ key: 'committed' });
    let copies: readonly object[] = [];
    await commit((remembering) => {
      ({ copies } = remembering);
      return { ...written('told'), answer: created({ id: '9' }, '/notes/9') };
    });
    const name = 'IDEMPOTENCY#user:victor#committed';
    expect(copies).toEqual([{ pk: name, sk: name }]);
    expect(await table.get({ pk: name, sk: name } as never)).toMatchObject({ answer: { body: { id: '9' } } });
    const inRead = await committed({ key: 'second' });
    await inRead(
      async () => ({ version: 1 }),
      (_, remembering) => {
        ({ copies } = remembering);
        return written('told');
      },
    );
    expect(copies).toHaveLength(1);
  });

  test('that erases takes along what was remembered of it', async () => {
    await (await committed({ key: 'shown' }))(() => ({ ...written('x'), answer: created({ id: '10' }, '/notes/10') }));
    await (await committed({ erases: '/notes/10' }))(() => ({ answer: noContent() }));
    expect(await forgetAnswers(table, '/notes/10')).toEqual([]);
    expect(await codeOf(async () => (await Idempotency.of(sent('shown'))).earlierAnswer())).toBe(
      'idempotency_key_reused',
    );
  });
});
