import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { loadContextResources } from '../../localstack/resources/create.ts';
import { clock } from '../../platform/base/clock.ts';
import { student } from '../../tests/support/call.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import { APPROVED, card, DECLINED, openShop, pending, shop, tally, times } from '../../tests/support/shop.ts';
import { expectBooksToAgree } from '../../tests/support/shop-audit.ts';

let accounts: PeerStub;

beforeAll(async () => {
  ({ accounts } = await openShop());
});
beforeEach(() => {
  Object.assign(process.env, { PENDING_ORDERS_LIMIT: '3', ACCOUNT_CREDIT_LIMIT: '1000 XOF, 20 EUR' });
});
afterAll(() => accounts.stop());

let names = 0;
const someone = () => student(`buyer.${++names}`);

const tooMany = { status: 409, body: { code: 'too_many_pending_orders' } };
const tooMuch = { status: 409, body: { code: 'credit_limit_reached' } };

describe('unpaid orders', () => {
  test('are limited, however many are placed at once, and what is refused keeps no stock', async () => {
    const product = await shop.product({ stock: 100 });
    const buyer = someone();
    const answers = await times(30, () => shop.order([[product, 1]], buyer));
    expect(tally(answers)).toEqual({ 201: 3, '409 too_many_pending_orders': 27 });
    expect(await shop.stockOf(product)).toBe(97);
    expect((await shop.order([[product, 1]], someone())).status).toBe(201);
  });

  test('make room as they are paid, cancelled or expire, once each', async () => {
    const product = await shop.product({ stock: 100 });
    const buyer = someone();
    const [paid, cancelled, expired] = [
      await pending(product, 1, buyer),
      await pending(product, 1, buyer),
      await pending(product, 1, buyer),
    ];
    const next = () => shop.order([[product, 1]], buyer);
    expect(await next()).toMatchObject(tooMany);
    expect((await shop.pay(paid, card(DECLINED), buyer)).status).toBe(409);
    expect(await next()).toMatchObject(tooMany);
    await times(5, () => shop.pay(paid, card(APPROVED), buyer));
    await times(5, () => shop.orders(`DELETE /orders/${cancelled}`, buyer));
    const now = clock.now;
    clock.now = () => now() + 901_000;
    await shop.remind(expired, expired);
    await shop.remind(expired);
    clock.now = now;
    expect(tally(await times(9, next))).toEqual({ 201: 3, '409 too_many_pending_orders': 6 });
  });

  test('count once, whatever they hold and however often they change', async () => {
    const product = await shop.product({ stock: 100 });
    const buyer = someone();
    const id = await pending(product, 1, buyer);
    for (const quantity of [2, 3, 4]) {
      const body = { items: [{ product_id: product, quantity }] };
      expect((await shop.orders(`PUT /orders/${id}`, buyer, body)).status).toBe(200);
    }
    await times(2, () => pending(product, 1, buyer));
    expect(await shop.order([[product, 1]], buyer)).toMatchObject(tooMany);
  });
});

describe('buying on account', () => {
  test('is limited by what is owed, however much is bought at once', async () => {
    const product = await shop.product({ price: 150, stock: 100 });
    const buyer = someone();
    expect(tally(await times(20, () => shop.buy(product, buyer)))).toEqual({ 201: 6, '409 credit_limit_reached': 14 });
    expect(await shop.stockOf(product)).toBe(94);
    expect(await shop.buy(product, someone(), { quantity: 7 })).toMatchObject(tooMuch);
    expect((await shop.buy(product, someone(), { quantity: 6 })).status).toBe(201);
  });

  test('is limited in each currency by itself, and in one without a limit not possible', async () => {
    const buyer = someone();
    const priced = (price: number, currency: string) => shop.product({ price, currency });
    expect((await shop.buy(await priced(1000, 'XOF'), buyer)).status).toBe(201);
    expect((await shop.buy(await priced(20, 'EUR'), buyer)).status).toBe(201);
    expect(await shop.buy(await priced(1, 'EUR'), buyer)).toMatchObject(tooMuch);
    expect(await shop.buy(await priced(1, 'USD'), buyer)).toMatchObject(tooMuch);
  });

  test('is possible again for what an admin gives back, in part too, and not for what a card paid', async () => {
    const [product, buyer] = [await shop.product({ price: 100, stock: 100 }), someone()];
    const { body } = await shop.buy(product, buyer, { quantity: 10 });
    expect(await shop.buy(product, buyer)).toMatchObject(tooMuch);
    expect((await shop.refund(body.order_id, 300)).status).toBe(200);
    expect(tally(await times(5, () => shop.buy(product, buyer)))).toEqual({ 201: 3, '409 credit_limit_reached': 2 });
    const byCard = await pending(product, 5, buyer);
    await shop.pay(byCard, card(APPROVED), buyer);
    expect((await shop.refund(byCard)).status).toBe(200);
    expect(await shop.buy(product, buyer)).toMatchObject(tooMuch);
    expect((await shop.refund(body.order_id)).status).toBe(200);
    expect((await shop.buy(product, buyer, { quantity: 7 })).status).toBe(201);
    expect(await shop.buy(product, buyer)).toMatchObject(tooMuch);
  });
});

test('the books agree, and the limits of a deployment are ones that can be read', async () => {
  expectBooksToAgree(await shop.books());
  const { environment } = loadContextResources(['functions/orders/context.yml'], 'test-limits');
  const { PENDING_ORDERS_LIMIT, ACCOUNT_CREDIT_LIMIT } = environment;
  Object.assign(process.env, { PENDING_ORDERS_LIMIT, ACCOUNT_CREDIT_LIMIT });
  const product = await shop.product({ price: 50_000, stock: 100 });
  const buyer = someone();
  expect((await shop.buy(product, buyer)).status).toBe(201);
  expect(await shop.buy(product, buyer)).toMatchObject(tooMuch);
  expect(tally(await times(12, () => shop.order([[product, 1]], buyer)))).toEqual({
    201: 10,
    '409 too_many_pending_orders': 2,
  });
});
