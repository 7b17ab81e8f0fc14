import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { keyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import { admin, call, type Identity, student, teacher } from '../../../tests/support/call.ts';
import { startAccounts } from '../../../tests/support/holders.ts';
import { loggedLines } from '../../../tests/support/logged.ts';
import type { PeerStub } from '../../../tests/support/peer.ts';
import { read, registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as fees } from '../fees.ts';
import { partitionOf } from '../students/student-index.ts';
import { table } from '../table.ts';

let accounts: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());

const APPROVED = '4242 4242 4242 4242';
const card = (number: string) => ({ number, exp_month: 12, exp_year: 2099, cvc: '123' });

const pay = (id: number, as: Identity, body?: unknown) => call(fees, `POST /pay/${id}`, { as, body });

const ledger = async (id: number) => (await call(fees, `GET /students/${id}/payments`, { as: admin })).body;

/** A student with an account of their own. */
async function someOwner(username: string): Promise<{ id: number; owner: Identity }> {
  return { id: await registered({ username }), owner: student(username) };
}

// First, since a logger that wrote before would stay silent.
test('a card leaves no number behind, neither in the table nor in the log', async () => {
  const lines = loggedLines();
  const id = await registered();
  await call(fees, `POST /pay/${id}`, {
    as: admin,
    body: { method: 'card', card: card(APPROVED) },
    headers: { 'Idempotency-Key': 'a-card' },
  });
  jest.restoreAllMocks();
  const remembered = 'IDEMPOTENCY#user:admin#a-card';
  const items = await Promise.all(
    [partitionOf(id), remembered].map((partition) => table.queryAll({ partition: ['pk', key`${keyPart(partition)}`] })),
  );
  expect(items.map(({ length }) => length)).toEqual([3, 1]);
  expect(JSON.stringify(lines)).toContain('POST /pay/{student_id}');
  expect(JSON.stringify([items, lines])).not.toMatch(/4242 ?4242/);
});

describe('the owner', () => {
  test.each([
    ['without a body', undefined],
    ['with an empty one', {}],
    ['in cash', { method: 'cash' }],
    ['by a card that they do not show', { method: 'card' }],
    ['by a method that only sounds like one', { method: 'Transfer ' + 'by hand' }],
    ['on an earlier day', { method: 'transfer', received_on: '2026-01-01' }],
  ])('cannot say that they paid: %s', async (how, body) => {
    const { id, owner } = await someOwner(`says.${how.replaceAll(' ', '.')}`);
    const refused = await pay(id, owner, body);
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    expect([(await read(id)).body.paid, (await ledger(id)).payments]).toEqual([false, []]);
  });

  test.each([
    ['transfer', { method: 'transfer' }],
    ['card', { method: 'card', card: card(APPROVED) }],
  ])('pays by a simulated %s', async (method, body) => {
    const { id, owner } = await someOwner(`pays.by.${method}`);
    for (let time = 0; time < 2; time += 1)
      expect((await pay(id, owner, body)).body).toEqual({ message: 'Paiement confirmé' });
    expect(await ledger(id)).toMatchObject({ payments: [{ amount: 50_000, method, recorded_by: owner.username }] });
    expect((await read(id)).body.paid).toBe(true);
  });

  test('is a role of nobody: a teacher who is registered pays likewise', async () => {
    const id = await registered({ username: teacher.username });
    expect((await pay(id, teacher)).status).toBe(403);
    expect((await pay(id, teacher, { method: 'transfer' })).status).toBe(200);
  });

  test('pays all that is due, and can name neither less nor more', async () => {
    const { id, owner } = await someOwner('names.prices');
    for (const named of [{ amount: 1 }, { amount: 50_000, currency: 'VND' }]) {
      const { status, body } = await pay(id, owner, { method: 'transfer', ...named });
      expect([status, body.errors[0].code]).toEqual([400, 'not_the_amount_due']);
    }
    expect((await pay(id, owner, { method: 'transfer', amount: 50_001 })).body.code).toBe('nothing_due');
    expect((await ledger(id)).payments).toEqual([]);
    expect((await pay(id, owner, { method: 'transfer', amount: 50_000, currency: 'XOF' })).status).toBe(200);
    expect((await ledger(id)).balance).toBe(0);
  });
});

describe('a card', () => {
  test.each([
    ['4000 0000 0000 0002', 'card_declined'],
    ['4000 0000 0000 9995', 'insufficient_funds'],
    ['5555 5555 5555 4444', 'card_declined'],
  ])('%s is refused as %s, whoever shows it, and nothing is recorded', async (number, code) => {
    const { id, owner } = await someOwner(`card.${number.replaceAll(' ', '')}`);
    for (const as of [owner, admin]) {
      const refused = await pay(id, as, { method: 'card', card: card(number) });
      expect([refused.status, refused.body.code]).toEqual([409, code]);
    }
    expect([(await read(id)).body.paid, (await ledger(id)).payments]).toEqual([false, []]);
  });

  test.each([
    ['whose check digit is wrong', { method: 'card', card: card('4242 4242 4242 4241') }, 'invalid_card_number'],
    ['that has expired', { method: 'card', card: { ...card(APPROVED), exp_year: 2020 } }, 'card_expired'],
    ['for another method', { method: 'transfer', card: card(APPROVED) }, 'card_only'],
    ['without a method', { card: card(APPROVED) }, 'card_only'],
  ])('%s is a bad request', async (_, body, code) => {
    const refused = await pay(await registered(), admin, body);
    expect([refused.status, refused.body.errors[0].code]).toEqual([400, code]);
  });
});

describe('what an admin records', () => {
  const receipt = { amount: 10_000, method: 'Orange Money', reference: 'OM-77' };

  test('says where it came from: its reference, its day and who paid', async () => {
    const id = await registered();
    const body = { ...receipt, reference: 'OM-1', received_on: '2026-01-05', payer: 'Aminata Ba' };
    expect((await pay(id, admin, body)).status).toBe(200);
    expect((await ledger(id)).payments).toEqual([expect.objectContaining({ ...body, recorded_by: 'admin' })]);
  });

  test('is refused a second time by its reference, of whichever student and in whatever case', async () => {
    const [id, other] = [await registered(), await registered()];
    expect((await pay(id, admin, receipt)).status).toBe(200);
    for (const [student, reference] of [
      [id, 'OM-77'],
      [other, 'OM-77'],
      [other, 'om-77'],
    ] as const) {
      const refused = await pay(student, admin, { ...receipt, reference });
      expect([refused.status, refused.body.code]).toEqual([409, 'reference_taken']);
    }
    expect([(await ledger(id)).balance, (await ledger(other)).balance]).toEqual([40_000, 50_000]);
    for (const free of [{ method: 'Wave' }, { reference: 'OM-78' }])
      expect((await pay(other, admin, { ...receipt, ...free })).status).toBe(200);
  });

  test('of one reference, sent ten times at once, stands once', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => registered()));
    const answers = await Promise.all(
      [...ids, ...ids].map((id) => pay(id, admin, { ...receipt, reference: 'AT-ONCE' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
    const ledgers = await Promise.all(ids.map(ledger));
    expect(ledgers.flatMap(({ payments }) => payments)).toHaveLength(1);
  });

  test('under one Idempotency-Key is recorded once and confirmed twice, reference and all', async () => {
    const id = await registered();
    const send = () =>
      call(fees, `POST /pay/${id}`, {
        as: admin,
        body: { ...receipt, reference: 'KEYED' },
        headers: { 'Idempotency-Key': `keyed-${id}` },
      });
    expect([(await send()).status, (await send()).status]).toEqual([200, 200]);
    expect((await ledger(id)).payments).toHaveLength(1);
  });

  test.each([{ reference: 'LATE' }, { payer: 'Aminata Ba' }, { received_on: '2026-01-05' }])(
    'once all is paid is refused, not confirmed and forgotten: %j',
    async (body) => {
      const id = await registered();
      await pay(id, admin);
      expect((await pay(id, admin, body)).body.code).toBe('nothing_due');
    },
  );
});
