import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, call, logIn } from '../support/http.ts';

const tokens = {} as Record<'admin' | 'parent', string>;

beforeAll(async () => {
  Object.assign(tokens, { admin: await logIn('admin', 'admin'), parent: await logIn('parent', 'parent') });
});

const asAdmin = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  call(method, path, { token: tokens.admin, headers, ...(body !== undefined && { body }) });

const classNamed = () => `Classe ${randomUUID().slice(0, 8)}`;

async function registered(class_name: string): Promise<number> {
  const email = `${randomUUID()}@campus.example`;
  return (await asAdmin('POST', '/register', { name: 'Awa Ba', email, class_name })).body.id;
}

const FEE = {
  label: 'Scolarité',
  year: '2090-2091',
  currency: 'XOF',
  instalments: [
    { amount: 60_000, due_on: '2090-10-05' },
    { amount: 40_000, due_on: '2091-01-05' },
  ],
};

const ledgerOf = async (id: number) => (await asAdmin('GET', `/students/${id}/payments`)).body;

test('a bursar charges a class, waives, takes two payments, reverses one, and knows who owes what', async () => {
  const class_name = classNamed();
  const id = await registered(class_name);
  expect((await asAdmin('POST', '/fees', { ...FEE, class_name })).body).toMatchObject({ charged: 1, already: 0 });
  const waived = await asAdmin('POST', `/students/${id}/waivers`, { percent: 10, reason: 'Fratrie' });
  expect([waived.status, waived.body.amount]).toEqual([201, 15_000]);
  for (const amount of [30_000, 50_000]) {
    const body = { amount, method: 'Orange Money', reference: randomUUID(), payer: 'Aminata Ba' };
    expect((await asAdmin('POST', `/pay/${id}`, body)).body).toEqual({ message: 'Paiement confirmé' });
  }
  const { payments, balance } = await ledgerOf(id);
  expect([payments.length, balance]).toEqual([2, 55_000]);
  const [, second] = payments;
  const reversed = await asAdmin('POST', `/students/${id}/payments/${second.id}/reverse`, { reason: 'Impayé' });
  expect(reversed.status).toBe(201);
  const receipt = await asAdmin('GET', `/students/${id}/payments/${second.id}/receipt`);
  expect(receipt.body).toMatchObject({ number: second.receipt, amount: 50_000, reversed: { reason: 'Impayé' } });
  const due = await asAdmin('GET', `/fees/due?class_name=${encodeURIComponent(class_name)}&on=2090-10-05`);
  expect(due.body).toEqual([expect.objectContaining({ student_id: id, due: 65_000, balance: 105_000 })]);
});

test('under one Idempotency-Key each call that moves money moves it once', async () => {
  const class_name = classNamed();
  const id = await registered(class_name);
  const twice = async (path: string, body: unknown) => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const [first, second] = [await asAdmin('POST', path, body, headers), await asAdmin('POST', path, body, headers)];
    expect([second.status, second.body]).toEqual([first.status, first.body]);
  };
  await twice('/fees', { ...FEE, class_name });
  await twice(`/pay/${id}`, { amount: 10_000 });
  await twice(`/students/${id}/waivers`, { amount: 5_000, reason: 'Bourse' });
  expect((await ledgerOf(id)).balance).toBe(135_000);
  await twice(`/students/${id}/payments/${(await ledgerOf(id)).payments[0].id}/reverse`, { reason: 'Erreur' });
  expect((await ledgerOf(id)).balance).toBe(145_000);
});

describe('the demo’s parent', () => {
  const children = async () => {
    const { body } = await asAdmin('GET', '/students?class_name=terminale%20l2&last_name=gueye');
    return body[0].id as number;
  };

  test('reads what their child owes, what is overdue, and the receipt of what they paid', async () => {
    const id = await children();
    const { body: ledger } = await call('GET', `/students/${id}/payments`, { token: tokens.parent });
    expect(ledger.overdue).toBeGreaterThan(0);
    const path = `/students/${id}/payments/${ledger.payments[0].id}/receipt`;
    const { status, body } = await call('GET', path, { token: tokens.parent });
    expect([status, body.payer]).toEqual([200, 'Aminata Gueye']);
    expect((await call('POST', `/pay/${id}`, { token: tokens.parent, body: {} })).status).toBe(404);
  });

  test('sees nobody else’s', async () => {
    const id = await registered(classNamed());
    expect((await call('GET', `/students/${id}/payments`, { token: tokens.parent })).status).toBe(404);
    expect((await call('GET', '/fees/due', { token: tokens.parent })).status).toBe(403);
  });
});

test('those who owe come in pages that follow their Link', async () => {
  const first = await asAdmin('GET', '/fees/due?on=2099-01-01&limit=2');
  expect(first.body).toHaveLength(2);
  const next = /<(.*)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const second = await asAdmin('GET', next);
  expect(second.status).toBe(200);
  const ids = [...first.body, ...second.body].map(({ student_id }) => student_id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a deleted student is hidden, and back once restored', async () => {
  const id = await registered(classNamed());
  await asAdmin('DELETE', `/students/${id}`);
  expect((await asAdmin('GET', `/students/${id}`)).status).toBe(404);
  expect((await asAdmin('POST', `/students/${id}/restore`)).body).toMatchObject({ id, name: 'Awa Ba' });
  expect((await asAdmin('GET', `/students/${id}`)).status).toBe(200);
});

test.each([
  ['GET', '/students/1/payments/x/receipt'],
  ['GET', '/students/1/payments/%00/receipt'],
  ['POST', '/students/0/waivers'],
  ['POST', '/students/abc/payments/1/reverse'],
  ['POST', '/students/9007199254740992/restore'],
])('%s %s is 400 or 404, never 500', async (method, path) => {
  expect([400, 404]).toContain((await asAdmin(method, path, method === 'POST' ? {} : undefined)).status);
});
