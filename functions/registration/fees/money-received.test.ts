import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { keyPart } from '../../../platform/base/key-part.ts';
import type { Role } from '../../../platform/http/access.ts';
import { allow, Caller } from '../../../platform/http/access.ts';
import { fieldsRefused, refusalsOf } from '../../../tests/support/refusals.ts';
import type { Student } from '../students/student.ts';
import { dueFrom, ledgerOf } from './books.ts';
import { balanceOf, type Entry, enrolmentFee } from './ledger.ts';
import { Payment, receivedFor } from './payment.ts';

const NOW = Date.UTC(2026, 5, 15, 9, 30);

beforeEach(() => {
  jest.spyOn(clock, 'now').mockReturnValue(NOW);
  Object.assign(process.env, { ENROLMENT_FEE_AMOUNT: '50000', ENROLMENT_FEE_CURRENCY: 'XOF' });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const as = (role: Role) =>
  new Caller({ username: keyPart(role), role, sessionId: keyPart('session') }, allow('admin', 'owner'));
const admin = as('admin');
const owner = as('student');

const due = { amount: 50_000, currency: 'XOF' };
const nothingDue = { amount: 0, currency: 'XOF' };
const card = (number = '4242424242424242') => ({ number, exp_month: 12, exp_year: 2099 });

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('what an admin receives', () => {
  test('is all that is due where nothing else is said, and stands in the ledger as it was said', () => {
    expect(receivedFor(due, { method: 'cash' }, admin)).toEqual({
      id: expect.any(String),
      kind: 'payment',
      method: 'cash',
      amount: 50_000,
      currency: 'XOF',
      settles: 50_000,
      recorded_by: 'admin',
      at: '2026-06-15T09:30:00.000Z',
    });
    const said = { amount: 20_000, reference: 'R1', received_on: '2026-01-02', payer: 'Awa' };
    expect(receivedFor(due, said, admin)).toMatchObject({ ...said, currency: 'XOF', settles: 20_000 });
  });

  test('is no more than what is due, to the last unit', () => {
    expect(receivedFor(due, { amount: 50_000 }, admin)).toMatchObject({ settles: 50_000 });
    expect(codeOf(() => receivedFor(due, { amount: 50_001 }, admin))).toBe('nothing_due');
  });

  test('in another currency settles all that is due, and has to say how much it is', () => {
    expect(receivedFor(due, { amount: 80, currency: 'EUR' }, admin)).toMatchObject({
      amount: 80,
      currency: 'EUR',
      settles: 50_000,
    });
    expect(receivedFor(due, { currency: 'XOF' }, admin)).toMatchObject({ amount: 50_000, currency: 'XOF' });
    const [fr, en] = (['fr', 'en'] as const).map((language) =>
      fieldsRefused(() => receivedFor(due, { currency: 'EUR' }, admin), language),
    );
    expect([fr, en].flat()).toEqual([
      { pointer: '#/amount', code: 'required', detail: 'Un paiement dans une autre devise dit son montant' },
      { pointer: '#/amount', code: 'required', detail: 'A payment in another currency says its amount' },
    ]);
  });

  test('by a card is charged to it', () => {
    expect(receivedFor(due, { method: 'card', card: card() }, admin)).not.toHaveProperty('card');
    expect(codeOf(() => receivedFor(due, { method: 'card', card: card('4000000000009995') }, admin))).toBe(
      'insufficient_funds',
    );
    expect(codeOf(() => receivedFor(due, { method: 'card', card: card('4000000000000002') }, admin))).toBe(
      'card_declined',
    );
  });

  test('where nothing is due is nothing, unless it is a payment of its own: that is refused', () => {
    expect(receivedFor(nothingDue, {}, admin)).toBeUndefined();
    expect(receivedFor({ amount: -1, currency: 'XOF' }, { method: 'cash', currency: 'XOF' }, admin)).toBeUndefined();
    for (const said of [{ amount: 1 }, { reference: 'R' }, { received_on: '2026-01-01' }, { payer: 'Awa' }])
      expect(codeOf(() => receivedFor(nothingDue, said, admin))).toBe('nothing_due');
    expect(codeOf(() => receivedFor(nothingDue, { amount: 1, currency: 'EUR' }, admin))).toBe('nothing_due');
  });
});

describe('what an owner pays', () => {
  test.each([
    ['by transfer', { method: 'transfer' }, undefined],
    ['by a card that they show', { method: 'card', card: card() }, undefined],
    ['by a card that they do not show', { method: 'card' }, 'forbidden'],
    ['in cash', { method: 'cash' }, 'forbidden'],
    ['in no way that they name', {}, 'forbidden'],
    ['on a day of their choice', { method: 'transfer', received_on: '2026-01-01' }, 'forbidden'],
  ])('%s is judged: %#', (_, payment, code) => {
    expect(codeOf(() => receivedFor(due, payment, owner))).toBe(code);
  });

  test('is the amount due and nothing else, which they are told', () => {
    expect(receivedFor(due, { method: 'transfer', amount: 50_000, currency: 'XOF' }, owner)).toMatchObject({
      settles: 50_000,
      recorded_by: 'student',
    });
    const less = () => receivedFor(due, { method: 'transfer', amount: 49_999 }, owner);
    expect([...fieldsRefused(less, 'fr'), ...fieldsRefused(less, 'en')]).toEqual([
      { pointer: '#/amount', code: 'not_the_amount_due', detail: 'Le montant dû est 50000 XOF' },
      { pointer: '#/amount', code: 'not_the_amount_due', detail: 'The amount due is 50000 XOF' },
    ]);
    const foreign = () => receivedFor(due, { method: 'transfer', amount: 50_000, currency: 'EUR' }, owner);
    expect(fieldsRefused(foreign).map(({ code }) => code)).toEqual(['not_the_amount_due']);
  });
});

describe('a payment as it is sent', () => {
  const day =
    '#/received_on not_received_yet: Un paiement se reçoit de 2000 à aujourd’hui | A payment is received between 2000 and today';

  test.each([
    ['1999-12-31', [day]],
    ['2000-01-01', []],
    ['2026-06-15', []],
    ['2026-06-16', [day]],
  ])('on %s is received from 2000 to today', (received_on, refusals) => {
    expect(refusalsOf(Payment, { received_on })).toEqual(refusals);
  });

  test('is received today wherever on Earth today is already', () => {
    jest.spyOn(clock, 'now').mockReturnValue(Date.UTC(2026, 5, 15, 10));
    expect(refusalsOf(Payment, { received_on: '2026-06-16' })).toEqual([]);
  });

  test('has a card where it is by card', () => {
    expect(refusalsOf(Payment, { method: 'card', card: card() })).toEqual([]);
    for (const method of ['cash', undefined])
      expect(refusalsOf(Payment, { method, card: card() })).toEqual([
        '#/card card_only: Pour `method: "card"` seulement | For `method: "card"` only',
      ]);
  });

  test.each([
    ['method', 40],
    ['reference', 100],
    ['payer', 200],
  ])('has a %s of %i characters at most', (field, most) => {
    expect(refusalsOf(Payment, { [field]: 'x'.repeat(most) })).toEqual([]);
    expect(refusalsOf(Payment, { [field]: 'x'.repeat(most + 1) })).toHaveLength(1);
  });
});

describe('a ledger', () => {
  const at = '2026-01-01T00:00:00.000Z';
  const fee: Entry = { id: 'f', kind: 'fee', amount: 60_000, currency: 'EUR', at };
  const payment = (settles: number): Entry => ({
    id: `p${settles}`,
    kind: 'payment',
    amount: 1,
    currency: 'USD',
    settles,
    recorded_by: 'admin',
    at,
  });

  test('owes its fees less what its payments settle, in the currency of the fee', () => {
    expect(balanceOf([payment(10_000), fee, payment(20_000)])).toEqual({ amount: 30_000, currency: 'EUR' });
    expect(balanceOf([])).toEqual({ amount: 0, currency: 'XOF' });
  });

  test('has the word only where the record does not say what is due', () => {
    const entries = [fee, payment(10_000)];
    expect(dueFrom({ balance: 0 } as Student, entries)).toEqual({ amount: 0, currency: 'EUR' });
    expect(dueFrom({} as Student, entries)).toEqual({ amount: 50_000, currency: 'EUR' });
  });

  test('shows fees and payments apart', () => {
    const [paid] = [payment(10_000)];
    const due = { due_on: '2026-01-01', amount: 60_000 };
    expect(ledgerOf(7, [fee, paid as Entry], '2025-12-31')).toEqual({
      student_id: 7,
      fees: [{ ...fee, instalments: [{ ...due, fee_id: 'f', open: 50_000 }] }],
      waivers: [],
      payments: [{ ...paid, reversed: false }],
      reversals: [],
      balance: 50_000,
      currency: 'EUR',
      paid: false,
      overdue: 0,
      on: '2025-12-31',
    });
    expect(ledgerOf(7, [fee, paid as Entry], '2026-01-01').overdue).toBe(50_000);
  });
});

test.each([
  ['0', 'XOF'],
  ['-1', 'XOF'],
  ['1.5', 'XOF'],
  ['50000', 'xof'],
  ['', 'XOF'],
  ['50000', ''],
])('an enrolment fee of %j %j is none that anybody could be asked for', (amount, currency) => {
  Object.assign(process.env, { ENROLMENT_FEE_AMOUNT: amount, ENROLMENT_FEE_CURRENCY: currency });
  expect(() => enrolmentFee()).toThrow();
});
