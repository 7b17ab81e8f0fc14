import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { admin, student } from '../../tests/support/call.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import {
  ANSWER_LOST,
  APPROVED,
  card,
  cash,
  DECLINED,
  NO_FUNDS,
  openShop,
  pending,
  shop,
  tally,
  times,
} from '../../tests/support/shop.ts';
import { expectBooksToAgree } from '../../tests/support/shop-audit.ts';

let accounts: PeerStub;

beforeAll(async () => {
  ({ accounts } = await openShop());
});
afterEach(async () => {
  jest.restoreAllMocks();
  expectBooksToAgree(await shop.books());
});
afterAll(() => accounts.stop());

const chargesOf = async (id: string) =>
  (await shop.books()).charges.filter((one) => one.reference.startsWith(`${id}:`) && one.outcome === 'approved');

describe('a payment', () => {
  test('makes the order paid and sells its stock', async () => {
    const product = await shop.product({ price: 250, stock: 5 });
    const id = await pending(product, 2);
    const { status, body } = await shop.pay(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'paid',
      total: 500,
      paid_amount: 500,
      payment: { method: 'card', card_last4: '4242' },
    });
    expect(body).not.toHaveProperty('reserved_until');
    expect(await shop.stockOf(product)).toBe(3);
  });

  test.each([
    ['declined', DECLINED, 'card_declined'],
    ['without funds', NO_FUNDS, 'insufficient_funds'],
    ['that is no test card', '5555 5555 5555 4444', 'card_declined'],
  ])('with a card %s charges nothing, and another card can follow', async (_, number, code) => {
    const id = await pending(await shop.product());
    const refused = await shop.pay(id, card(number));
    expect([refused.status, refused.body.code]).toEqual([409, code]);
    expect(await chargesOf(id)).toEqual([]);
    expect((await shop.pay(id)).body.payment).toEqual({ method: 'card', card_last4: '4242' });
  });

  test('whose answer is lost is found by the retry, and charged once', async () => {
    const id = await pending(await shop.product({ price: 900 }));
    const key = crypto.randomUUID();
    const lost = await shop.pay(id, card(ANSWER_LOST), student(), key);
    expect([lost.status, lost.body.code, lost.headers['Retry-After']]).toEqual([503, 'payment_unconfirmed', '2']);
    const retried = await shop.pay(id, card(ANSWER_LOST), student(), key);
    expect([retried.status, retried.body.state, retried.body.paid_amount]).toEqual([200, 'paid', 900]);
    expect(await chargesOf(id)).toHaveLength(1);
  });

  test('whose answer is lost is kept even when the retry brings another card', async () => {
    const id = await pending(await shop.product());
    await shop.pay(id, card(ANSWER_LOST));
    expect((await shop.pay(id, card(DECLINED))).body.payment.card_last4).toBe('0119');
    expect(await chargesOf(id)).toHaveLength(1);
  });

  test.each([['cash'], ['mobile_money']])('by %s is approved', async (method) => {
    const id = await pending(await shop.product());
    expect((await shop.pay(id, { method })).body.payment).toEqual({ method });
  });

  test('is for the owner only', async () => {
    const id = await pending(await shop.product());
    expect((await shop.pay(id, cash, student('kilian'))).body.code).toBe('order_not_found');
    expect((await shop.pay(id, cash, admin)).body.code).toBe('order_not_found');
    expect((await shop.pay(crypto.randomUUID(), cash)).body.code).toBe('order_not_found');
  });

  test.each([
    ['a wrong check digit', { ...card('4242424242424241') }, 'invalid_card_number'],
    ['letters', { ...card('4242x') }, 'invalid_card_number'],
    [
      'a card that expired',
      { method: 'card', card: { number: APPROVED, exp_month: 1, exp_year: 2020 } },
      'card_expired',
    ],
    ['no card', { method: 'card' }, 'required'],
    ['an amount of the client’s', { method: 'cash', amount: 1 }, 'unknown_field'],
    ['a card beside cash', { ...card(APPROVED), method: 'cash' }, 'unknown_field'],
    ['a method of ours', { method: 'account' }, 'invalid_union'],
  ])('with %s is refused', async (_, means, code) => {
    const { status, body } = await shop.pay(crypto.randomUUID(), means);
    expect([status, body.errors[0].code]).toEqual([400, code]);
  });
});

describe('twenty payments at once', () => {
  test('without a key charge once', async () => {
    const product = await shop.product();
    const id = await pending(product);
    expect(tally(await times(20, () => shop.pay(id)))).toEqual({ '200': 1, '409 illegal_transition': 19 });
    expect(await chargesOf(id)).toHaveLength(1);
    expect(await shop.stockOf(product)).toBe(9);
  });

  test('with one key all get the one answer', async () => {
    const id = await pending(await shop.product());
    const answers = await times(20, () => shop.pay(id, card(APPROVED), student(), 'twenty-times'));
    expect(tally(answers)).toEqual({ '200': 20 });
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await chargesOf(id)).toHaveLength(1);
  });

  test('some of them declined, judge each card for itself and charge once', async () => {
    const id = await pending(await shop.product());
    const answers = await times(20, (i) => shop.pay(id, card(i % 2 ? DECLINED : APPROVED)));
    const counts = tally(answers);
    expect(counts['200']).toBe(1);
    expect((counts['409 card_declined'] ?? 0) + (counts['409 illegal_transition'] ?? 0)).toBe(19);
    expect(await chargesOf(id)).toHaveLength(1);
  });

  test('all declined are all told so', async () => {
    const id = await pending(await shop.product());
    expect(tally(await times(8, () => shop.pay(id, card(DECLINED))))).toEqual({ '409 card_declined': 8 });
  });
});

test('paying again is refused, and with the same key and another body too', async () => {
  const id = await pending(await shop.product());
  const first = await shop.pay(id, cash, student(), 'pay-once');
  expect((await shop.pay(id, cash)).body.code).toBe('illegal_transition');
  expect((await shop.pay(id, cash, student(), 'pay-once')).body).toEqual(first.body);
  const other = await shop.pay(id, { method: 'mobile_money' }, student(), 'pay-once');
  expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
});

describe('a lost answer', () => {
  test.each([
    ['cancelling', (id: string) => shop.orders(`DELETE /orders/${id}`)],
    ['changing', async (id: string) => shop.orders(`PUT /orders/${id}`, student(), await oneOther())],
  ])('wins over %s: what was charged is not given up', async (_, act) => {
    const id = await pending(await shop.product());
    await shop.pay(id, card(ANSWER_LOST));
    expect((await act(id)).body.code).toBe('illegal_transition');
    expect((await shop.orders(`GET /orders/${id}`)).body.state).toBe('paid');
  });

  test('wins over the end of the reservation', async () => {
    const id = await pending(await shop.product());
    await shop.pay(id, card(ANSWER_LOST));
    jest.spyOn(clock, 'now').mockReturnValue(Date.now() + 901_000);
    expect(await shop.remind(id)).toEqual([]);
    expect((await shop.orders(`GET /orders/${id}`)).body.state).toBe('paid');
  });
});

const oneOther = async () => ({ items: [{ product_id: await shop.product() }] });

describe('a refund', () => {
  const paid = async (price = 1000, quantity = 1) => {
    const product = await shop.product({ price });
    const id = await pending(product, quantity);
    await shop.pay(id);
    return { product, id };
  };

  test('gives all that is left unless it says how much, and the stock with the last of it', async () => {
    const { product, id } = await paid();
    expect((await shop.refund(id, 300)).body).toMatchObject({ state: 'paid', refunded_amount: 300 });
    expect(await shop.stockOf(product)).toBe(9);
    expect((await shop.refund(id)).body).toMatchObject({ state: 'refunded', refunded_amount: 1000 });
    expect(await shop.stockOf(product)).toBe(10);
  });

  test('is never above what was paid, and never twice', async () => {
    const { id } = await paid();
    expect((await shop.refund(id, 1001)).body.code).toBe('refund_above_payment');
    await shop.refund(id, 600);
    expect((await shop.refund(id, 401)).body.code).toBe('refund_above_payment');
    await shop.refund(id, 400);
    expect((await shop.refund(id)).body.code).toBe('illegal_transition');
  });

  test('of the whole happens once, however many ask at once', async () => {
    const { id } = await paid();
    expect(tally(await times(20, () => shop.refund(id)))).toEqual({ '200': 1, '409 illegal_transition': 19 });
  });

  test('in parts at once never gives back more than was paid', async () => {
    const { id } = await paid(1000);
    const counts = tally(await times(12, () => shop.refund(id, 100)));
    expect(counts).toEqual({ '200': 10, '409 illegal_transition': 2 });
  });

  test('with one key happens once and answers alike', async () => {
    const { id } = await paid();
    const answers = await times(6, () => shop.refund(id, 100, admin, 'refund-once'));
    expect(answers.map(({ body }) => body.refunded_amount)).toEqual(Array(6).fill(100));
  });

  test('is given back once by the provider, however often it is told', async () => {
    const { id } = await paid();
    await shop.refund(id, 300);
    for (let i = 0; i < 5; i += 1) expect(await shop.tellRefund(id, 300)).toEqual([]);
  });

  test('of something bought at once goes back the same way', async () => {
    const product = await shop.product({ price: 700 });
    const { body } = await shop.buy(product);
    expect((await shop.refund(body.order_id)).body).toMatchObject({ state: 'refunded', refunded_amount: 700 });
    expect(await shop.stockOf(product)).toBe(10);
  });

  test.each([-1, 0, 1.5, '100', 1e300])('of %s is refused', async (amount) => {
    expect((await shop.refund(crypto.randomUUID(), amount)).status).toBe(400);
  });

  test('is for admins', async () => {
    const { id } = await paid();
    expect((await shop.refund(id, 1, student())).status).toBe(403);
    expect((await shop.refund(crypto.randomUUID(), 1)).body.code).toBe('order_not_found');
  });
});
