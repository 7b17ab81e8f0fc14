import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { dynamo } from '../../../platform/data/client.ts';
import { key } from '../../../platform/data/key.ts';
import type { Item } from '../../../platform/data/write.ts';
import { admin, call, student, teacher } from '../../../tests/support/call.ts';
import { type Intervention, intervening, meanwhile, sdkError } from '../../../tests/support/faults.ts';
import { charge, due, ledgerOf, pay, reverse } from '../../../tests/support/fees.ts';
import { json, type PeerStub, refuses, startPeer } from '../../../tests/support/peer.ts';
import { read, register, registered, someEmail, somePhone } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as fees } from '../fees.ts';
import { handler } from '../students.ts';
import { table } from '../table.ts';
import { unsettled } from './retention.ts';
import { handler as settle } from './settle.ts';
import { partitionOf } from './student-index.ts';

const DAY = 24 * 3600 * 1000;
const NOW = Date.UTC(2026, 10, 26, 12);

let peer: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  peer = await startPeer();
});
afterAll(() => peer.stop());
beforeEach(() => {
  daysLater(0);
  // Everybody has an account, and nobody a report card.
  peer.behave((request, response) => {
    const username = request.url?.split('/').at(-1);
    const isAccount = request.url?.startsWith('/users/');
    (isAccount ? json(200, { username, role: 'student' }) : refuses(404, 'student_not_found'))(request, response);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const daysLater = (days: number) => jest.spyOn(clock, 'now').mockReturnValue(NOW + days * DAY);

const erase = (id: number) => call(handler, `DELETE /students/${id}`, { as: admin });
const restore = (id: number, body?: unknown) => call(handler, `POST /students/${id}/restore`, { as: admin, body });
const name = (id: number, guardians: string[]) =>
  call(handler, `PUT /students/${id}/guardians`, { as: admin, body: guardians });

/** Days for which each item that hangs on a student is still kept; undefined where for good. */
async function keptFor(id: number): Promise<Record<string, number | undefined>> {
  const partitions = [partitionOf(id), key`GUARDIANS#${id}`];
  const items = (await Promise.all(partitions.map((one) => table.queryAll<Item>({ partition: ['pk', one] })))).flat();
  const days = ({ ttl }: Item) => (ttl === undefined ? undefined : Math.round((Number(ttl) * 1000 - NOW) / DAY));
  const kindOf = ({ pk, sk, kind }: Item) => String(kind ?? (pk.startsWith('GUARDIANS') ? 'naming' : sk));
  return Object.fromEntries(items.map((item) => [kindOf(item), days(item)]));
}

/** Ten years, of which three have a day more. */
const TEN_YEARS = 3653;

describe('a deleted student', () => {
  test('is hidden at once, wherever students are seen', async () => {
    const particulars = { email: someEmail(), phone: somePhone(), class_name: 'Cachée', last_name: 'Invisible' };
    const id = await registered({ ...particulars, username: 'hidden.one' });
    await erase(id);
    expect((await read(id)).status).toBe(404);
    const lists = [
      '',
      '?last_name=invisible',
      '?class_name=cach%C3%A9e',
      `?phone=${encodeURIComponent(particulars.phone)}`,
    ];
    for (const query of lists) {
      const { body } = await call(handler, `GET /students${query}`, { as: admin });
      expect(body.map((one: { id: number }) => one.id)).not.toContain(id);
    }
    for (const query of ['class_name=cachée', ''])
      expect((await due(query)).body.map((one: { student_id: number }) => one.student_id)).not.toContain(id);
    const owner = student('hidden.one');
    expect((await call(fees, `GET /students/${id}/payments`, { as: owner })).status).toBe(404);
    for (const path of ['waivers', 'payments/0192d2f0-0000-7000-8000-000000000000/reverse'])
      expect(
        (
          await call(fees, `POST /students/${id}/${path}`, {
            as: admin,
            body: { reason: 'x', ...(path === 'waivers' && { amount: 1 }) },
          })
        ).body.code,
      ).toBe('student_not_found');
    expect((await charge({ student_ids: [id] })).status).toBe(404);
  });

  test('comes back whole: as they were, with what they owe, paid and whose guardians are', async () => {
    const particulars = { email: someEmail(), phone: somePhone(), class_name: '3B' };
    const id = await registered({ ...particulars, username: 'comes.back' });
    await name(id, ['mother']);
    await pay(id, { amount: 20_000, method: 'Wave', reference: 'BACK' });
    const [before, ledger] = [await read(id), await ledgerOf(id)];
    await erase(id);
    daysLater(29);
    const { status, body, headers } = await restore(id);
    expect([status, body]).toEqual([200, before.body]);
    expect(headers.ETag).toBe((await read(id)).headers.ETag);
    expect({ ...(await ledgerOf(id)), on: ledger.on }).toEqual(ledger);
    expect(Object.values(await keptFor(id)).filter(Boolean)).toEqual([]);
    const lists = [`class_name=3B`, `phone=${encodeURIComponent(particulars.phone)}`];
    for (const query of lists) {
      const found = await call(handler, `GET /students?${query}`, { as: admin });
      expect(found.body.map((one: { id: number }) => one.id)).toContain(id);
    }
    expect((await due('class_name=3B')).body.map((one: { student_id: number }) => one.student_id)).toContain(id);
    expect((await register(particulars)).status).toBe(409);
    const other = await registered();
    expect((await pay(other, { amount: 1, method: 'Wave', reference: 'BACK' })).body.code).toBe('reference_taken');
  });

  test('cannot come back after thirty days: the data is gone, and what was paid is still told to an admin', async () => {
    const [paid, owing] = [await registered(), await registered()];
    await pay(paid);
    for (const id of [paid, owing]) {
      await name(id, ['mother']);
      await erase(id);
    }
    daysLater(30);
    for (const id of [paid, owing]) expect((await restore(id)).body.code).toBe('student_not_found');
    daysLater(32);
    expect((await ledgerOf(paid)).payments).toHaveLength(1);
    expect((await ledgerOf(owing)).code).toBe('student_not_found');
    for (const id of [paid, owing])
      expect((await call(handler, `GET /students/${id}/guardians/history`, { as: admin })).status).toBe(404);
    daysLater(TEN_YEARS + 1);
    expect((await ledgerOf(paid)).code).toBe('student_not_found');
  });

  test('leaves nothing without an end: a month for all, ten years for a ledger in which money came in', async () => {
    const [paid, owing] = [await registered(), await registered()];
    for (const id of [paid, owing]) await name(id, ['mother']);
    await pay(paid, { amount: 1, method: 'Wave', reference: 'KEPT' });
    await erase(paid);
    await erase(owing);
    expect(await keptFor(paid)).toEqual({ DELETED: 30, fee: TEN_YEARS, payment: TEN_YEARS, naming: 31 });
    expect(await keptFor(owing)).toEqual({ DELETED: 30, fee: 31, naming: 31 });
    const { items } = await table.query<Item>({ partition: ['pk', key`REFERENCE#["wave","kept"]`], limit: 1 });
    expect(items[0]?.ttl).toBeGreaterThan((NOW + 3600 * DAY) / 1000);
    expect(await unsettled()).toEqual([]);
  });

  test('has no say about a reference that was reversed, and is another’s now', async () => {
    const [id, other] = [await registered(), await registered()];
    const sent = { amount: 1, method: 'Wave', reference: 'MOVED' };
    await pay(id, sent);
    await reverse(id, (await ledgerOf(id)).payments[0].id);
    await pay(other, sent);
    await erase(id);
    const { items } = await table.query<Item>({ partition: ['pk', key`REFERENCE#["wave","moved"]`], limit: 1 });
    expect(items).toEqual([expect.not.objectContaining({ ttl: expect.anything() })]);
  });

  test('with a ledger of more lines than one transaction takes is settled to the last', async () => {
    const id = await registered();
    for (let i = 0; i < 120; i += 1) await pay(id, { amount: 1 });
    await erase(id);
    const lines = await table.queryAll<Item>({ partition: ['pk', partitionOf(id)] });
    expect(lines.filter(({ ttl }) => ttl === undefined)).toEqual([]);
    await restore(id);
    const again = await table.queryAll<Item>({ partition: ['pk', partitionOf(id)] });
    expect([again.length, again.filter(({ ttl }) => ttl !== undefined)]).toEqual([122, []]);
  });
});

describe('what was taken meanwhile', () => {
  test('is told, and nothing is restored; without it they come back', async () => {
    const particulars = { email: someEmail(), phone: somePhone(), username: 'taken.one' };
    const id = await registered(particulars);
    await erase(id);
    await registered({ email: particulars.email, username: 'taken.one' });
    await registered({ phone: particulars.phone });
    const codes = [];
    for (const without of [[], ['username'], ['username', 'email']]) {
      const { status, body } = await restore(id, { without });
      codes.push([status, body.code]);
    }
    expect(codes).toEqual([
      [409, 'account_already_registered'],
      [409, 'email_taken'],
      [409, 'phone_taken'],
    ]);
    expect((await read(id)).status).toBe(404);
    const { status, body } = await restore(id, { without: ['username', 'email', 'phone'] });
    expect([status, body.email, body.phone, body.username]).toEqual([200, undefined, undefined, undefined]);
  });

  test.each([{ without: ['name'] }, { without: 'email' }, {}, { force: true }])(
    '%j is no restoration',
    async (body) => {
      expect((await restore(await registered(), body)).status).toBe(400);
    },
  );
});

describe('at once', () => {
  test('ten restorations are one, and of somebody who is there change nothing', async () => {
    const id = await registered();
    await erase(id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => restore(id)));
    expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.ETag}`))).toEqual(new Set(['200 "3"']));
    expect((await read(id)).headers.ETag).toBe('"3"');
  });

  test('a payment and a deletion leave a payment that is kept, or none', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await registered();
      const [paid, deleted] = await Promise.all([pay(id), erase(id)]);
      expect([deleted.status, [200, 404].includes(paid.status)]).toEqual([204, true]);
      const { payments = [] } = await ledgerOf(id);
      expect(payments).toHaveLength(paid.status === 200 ? 1 : 0);
      const kept = await keptFor(id);
      expect(kept.fee).toBe(paid.status === 200 ? TEN_YEARS : 31);
    }
  });
});

describe('a crash', () => {
  /** Fails every transaction from the second on. */
  const afterTheFirst = (): Intervention => {
    let seen = 0;
    return (command, proceed) => {
      if (command === 'TransactWriteItems') seen += 1;
      return command === 'TransactWriteItems' && seen > 1 ? Promise.reject(sdkError('InternalServerError')) : proceed();
    };
  };

  test('after a deletion is made good on schedule', async () => {
    const id = await registered();
    expect((await intervening(dynamo, afterTheFirst(), () => erase(id))).status).toBe(204);
    expect(await keptFor(id)).toEqual({ DELETED: 30, fee: undefined });
    expect(await settle()).toEqual({ settled: 1 });
    expect(await keptFor(id)).toEqual({ DELETED: 30, fee: 31 });
    expect(await settle()).toEqual({ settled: 0 });
  });

  test('after a restoration is made good on schedule, before anything of them goes', async () => {
    const id = await registered();
    await erase(id);
    daysLater(29.99);
    expect((await intervening(dynamo, afterTheFirst(), () => restore(id))).status).toBe(200);
    daysLater(30.5);
    expect((await ledgerOf(id)).fees).toHaveLength(1);
    await settle();
    expect(await keptFor(id)).toEqual({ STUDENT: undefined, fee: undefined });
    daysLater(400);
    expect((await ledgerOf(id)).fees).toHaveLength(1);
  });

  test('and a restoration while the schedule works takes nothing from whoever is there again', async () => {
    const id = await registered();
    await intervening(dynamo, afterTheFirst(), () => erase(id));
    await intervening(
      dynamo,
      meanwhile('TransactWriteItems', () => restore(id)),
      () => settle(),
    );
    expect(await keptFor(id)).toEqual({ STUDENT: undefined, fee: undefined });
    expect(await unsettled()).toEqual([]);
  });
});

test('only an admin restores', async () => {
  const id = await registered({ username: 'own.restorer' });
  await erase(id);
  for (const as of [teacher, student('own.restorer')])
    expect((await call(handler, `POST /students/${id}/restore`, { as })).status).toBe(403);
});
