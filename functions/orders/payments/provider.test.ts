import { beforeAll, describe, expect, test } from '@jest/globals';
import { createContext } from '../../../tests/support/tables.ts';
import { lastFour, PaymentMethod } from './payment-method.ts';
import { AnswerLost } from './payment-provider.ts';
import { simulator } from './payment-simulator.ts';

beforeAll(async () => {
  await createContext('orders');
});

const card = (number: string): PaymentMethod => ({ method: 'card', card: { number, exp_month: 12, exp_year: 2099 } });
const charge = (reference: string, method: PaymentMethod, amount = 1000) =>
  simulator.charge({ reference, amount, currency: 'XOF', method });

describe('a charge', () => {
  test.each([
    ['4242424242424242', 'approved'],
    ['4000000000000002', 'card_declined'],
    ['4000000000009995', 'insufficient_funds'],
    ['5555555555554444', 'card_declined'],
  ])('of the card %s is %s', async (number, outcome) => {
    const reference = crypto.randomUUID();
    const made = { reference, outcome, amount: 1000, currency: 'XOF', method: 'card', card_last4: number.slice(-4) };
    expect(await charge(reference, card(number))).toEqual({ charge: made, fresh: true });
  });

  test.each(['cash', 'mobile_money'] as const)('in %s is approved, and has no last four digits', async (method) => {
    const { charge: made } = await charge(crypto.randomUUID(), { method });
    expect(made).toMatchObject({ outcome: 'approved', method, card_last4: undefined });
  });

  test('happens once for each reference: asked again it says what came of the first', async () => {
    const reference = crypto.randomUUID();
    await charge(reference, card('4000000000000002'));
    const again = await charge(reference, card('4242424242424242'), 5);
    expect(again).toMatchObject({ fresh: false, charge: { reference, outcome: 'card_declined', amount: 1000 } });
  });

  test('whose answer is lost was made, and is found by its reference', async () => {
    const reference = crypto.randomUUID();
    await expect(charge(reference, card('4000000000000119'))).rejects.toMatchObject({
      name: 'AnswerLost',
      code: 'answer_lost',
      constructor: AnswerLost,
    });
    expect(await charge(reference, { method: 'cash' })).toMatchObject({
      fresh: false,
      charge: { outcome: 'approved' },
    });
  });
});

describe('a reference that is closed', () => {
  test('is never charged', async () => {
    const reference = crypto.randomUUID();
    expect(await simulator.close(reference)).toBeUndefined();
    expect(await charge(reference, { method: 'cash' })).toMatchObject({
      fresh: false,
      charge: { outcome: 'closed', amount: 0, currency: '' },
    });
    expect(await simulator.close(reference)).toBeUndefined();
  });

  test('after it was charged says what was charged, unless that was refused', async () => {
    const [approved, refused] = [crypto.randomUUID(), crypto.randomUUID()];
    await charge(approved, { method: 'cash' });
    await charge(refused, card('4000000000000002'));
    expect(await simulator.close(approved)).toMatchObject({ reference: approved, outcome: 'approved', amount: 1000 });
    expect(await simulator.close(refused)).toBeUndefined();
  });
});

test('a refund above its charge says what it was', async () => {
  const reference = crypto.randomUUID();
  await charge(reference, { method: 'cash' });
  await expect(simulator.refund(reference, 'r1', 1001)).rejects.toThrow('a refund above its charge');
  await expect(simulator.refund(reference, 'r1', 1000)).resolves.toBeUndefined();
  await expect(simulator.refund(reference, 'r1', 1000)).resolves.toBeUndefined();
  await expect(simulator.refund(reference, 'r2', 1)).rejects.toThrow('a refund above its charge');
});

test('of a card the last four digits are kept, of anything else none', () => {
  expect(lastFour(card('4242424242421234'))).toBe('1234');
  expect(lastFour({ method: 'cash' })).toBeUndefined();
});

test.each([{ method: 'account' }, { method: 'card' }, { method: 'cash', card: {} }, { method: 'gold' }, {}])(
  'nobody pays an order by %j',
  (method) => {
    expect(PaymentMethod.safeParse(method).success).toBe(false);
  },
);
