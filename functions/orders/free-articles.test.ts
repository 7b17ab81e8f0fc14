import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { admin, student } from '../../tests/support/call.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import { cash, openShop, shop, times } from '../../tests/support/shop.ts';
import { expectBooksToAgree } from '../../tests/support/shop-audit.ts';

let accounts: PeerStub;

beforeAll(async () => {
  ({ accounts } = await openShop());
});
afterAll(async () => {
  await accounts.stop();
  expectBooksToAgree(await shop.books());
});

const free = (more: object = {}) => shop.product({ name: 'Dépliant', price: 0, ...more });
const ledgerOf = async (id: string) => (await shop.books()).ledger.get(`ORDER#${id}`) ?? [];

describe('an order of nothing but free articles', () => {
  test('is paid at once, without a charge, and its stock is sold', async () => {
    const [one, other] = [await free(), await free()];
    const { status, body } = await shop.order([
      [one, 2],
      [other, 3],
    ]);
    expect([status, body.state, body.total, body.paid_amount]).toEqual([201, 'paid', 0, 0]);
    for (const absent of ['payment', 'reserved_until']) expect(body).not.toHaveProperty(absent);
    expect([await shop.stockOf(one), await shop.stockOf(other)]).toEqual([8, 7]);
    expect(await ledgerOf(body.id)).toEqual([]);
    expect((await shop.pay(body.id, cash)).body.code).toBe('illegal_transition');
  });

  test('counts against no limit of its buyer', async () => {
    const buyer = student('somebody.thrifty');
    process.env.PENDING_ORDERS_LIMIT = '1';
    process.env.ACCOUNT_CREDIT_LIMIT = '1 XOF';
    const product = await free();
    const answers = await times(3, () => shop.order([[product, 1]], buyer));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await shop.buy(product, buyer)).status).toBe(201);
    Object.assign(process.env, { PENDING_ORDERS_LIMIT: '1000000', ACCOUNT_CREDIT_LIMIT: '900000000000000 XOF' });
  });

  test('is shipped like any other, and given back without money', async () => {
    const product = await free();
    const { id } = (await shop.order([[product, 4]])).body;
    expect((await shop.orders(`POST /orders/${id}/ship`, admin)).body.state).toBe('shipped');
    expect((await shop.giveBack(id, { amount: 1 })).body.code).toBe('refund_above_payment');
    expect((await shop.giveBack(id, { restock: true })).body).toMatchObject({ state: 'refunded', refunded_amount: 0 });
    expect(await shop.stockOf(product)).toBe(10);
    expect(await ledgerOf(id)).toEqual([]);
  });

  test('asks for its stock all the same, of many at once too', async () => {
    const product = await free({ stock: 5 });
    expect((await shop.order([[product, 6]])).body.code).toBe('out_of_stock');
    const answers = await times(12, () => shop.order([[product, 1]]));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(await shop.stockOf(product)).toBe(0);
  });
});

test('a free article that is bought at once is a purchase that nobody owes', async () => {
  const product = await free();
  const { status, body } = await shop.buy(product);
  expect([status, body.message, body.article.price]).toEqual([201, 'Achat enregistre', 0]);
  expect(await ledgerOf(body.order_id)).toEqual([]);
});

test('a free article among others is paid for with them', async () => {
  const [gift, pen] = [await free(), await shop.product({ price: 150 })];
  const { body } = await shop.order([
    [gift, 1],
    [pen, 2],
  ]);
  expect(body).toMatchObject({ state: 'pending', total: 300 });
  expect((await shop.pay(body.id)).body).toMatchObject({ state: 'paid', paid_amount: 300 });
});

test.each([1, 3, 5])('a pending order that keeps only %i of its free article is paid by that', async (quantity) => {
  const [gift, pen] = [await free(), await shop.product()];
  const { id } = (
    await shop.order([
      [gift, 3],
      [pen, 2],
    ])
  ).body;
  const items = [{ product_id: gift, quantity }];
  const { status, body } = await shop.orders(`PUT /orders/${id}`, student(), { items });
  expect([status, body.state, body.paid_amount]).toEqual([200, 'paid', 0]);
  expect([await shop.stockOf(gift), await shop.stockOf(pen)]).toEqual([10 - quantity, 10]);
  expect((await shop.pay(id)).body.code).toBe('illegal_transition');
});
