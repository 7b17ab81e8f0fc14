import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { admin, student } from '../../tests/support/call.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import { openShop, shop } from '../../tests/support/shop.ts';
import { expectBooksToAgree } from '../../tests/support/shop-audit.ts';

let accounts: PeerStub;

beforeAll(async () => {
  ({ accounts } = await openShop());
});
afterAll(async () => {
  await accounts.stop();
  expectBooksToAgree(await shop.books());
});

const reprice = (id: number, price: number, more: object = {}) =>
  shop.catalogue(`PUT /products/${id}`, admin, { name: 'Stylo bleu', price, ...more });

/** What an order holds, as price and quantity of each line, once it is to hold so many of one product. */
async function holding(id: string, product: number, quantity: number): Promise<[price: number, quantity: number][]> {
  const items = [{ product_id: product, quantity }];
  const { status, body } = await shop.orders(`PUT /orders/${id}`, student(), { items });
  expect(status).toBe(200);
  return body.items.map((line: { price: number; quantity: number }) => [line.price, line.quantity]);
}

async function ordered(price: number, quantity: number): Promise<[id: string, product: number]> {
  const product = await shop.product({ price, stock: 100 });
  return [(await shop.order([[product, quantity]])).body.id, product];
}

test('what was there keeps its price, what is added has today’s: a line for each price', async () => {
  const [id, product] = await ordered(100, 3);
  await reprice(product, 120);
  expect(await holding(id, product, 5)).toEqual([
    [100, 3],
    [120, 2],
  ]);
  await reprice(product, 90);
  expect(await holding(id, product, 6)).toEqual([
    [100, 3],
    [120, 2],
    [90, 1],
  ]);
  await reprice(product, 120);
  expect(await holding(id, product, 7)).toEqual([
    [100, 3],
    [120, 3],
    [90, 1],
  ]);
  expect(await shop.stockOf(product)).toBe(93);
});

test('what was put there last is taken away first', async () => {
  const [id, product] = await ordered(100, 3);
  await reprice(product, 120);
  await holding(id, product, 5);
  expect(await holding(id, product, 4)).toEqual([
    [100, 3],
    [120, 1],
  ]);
  expect(await holding(id, product, 2)).toEqual([[100, 2]]);
  expect(await shop.stockOf(product)).toBe(98);
});

test('asking for what it holds already changes no price', async () => {
  const [id, product] = await ordered(100, 3);
  await reprice(product, 120);
  await holding(id, product, 5);
  await reprice(product, 500);
  expect(await holding(id, product, 5)).toEqual([
    [100, 3],
    [120, 2],
  ]);
});

test('an order of several prices is paid, bought and given back whole', async () => {
  const [id, product] = await ordered(100, 3);
  await reprice(product, 120);
  await holding(id, product, 5);
  const buyer = student();
  expect((await shop.pay(id)).body).toMatchObject({ state: 'paid', paid_amount: 540 });
  const { purchases } = (await shop.purchases(`GET /orders/${buyer.username}/purchases`)).body;
  const bought = purchases.filter((one: { order_id: string }) => one.order_id === id);
  expect(bought.map((one: { price: number; quantity: number }) => [one.price, one.quantity]).sort()).toEqual([
    [100, 3],
    [120, 2],
  ]);
  expect((await shop.refund(id)).body).toMatchObject({ state: 'refunded', refunded_amount: 540 });
  expect(await shop.stockOf(product)).toBe(100);
});

test('one that is cancelled lets go of all its lines', async () => {
  const [id, product] = await ordered(100, 3);
  await reprice(product, 120);
  await holding(id, product, 9);
  expect((await shop.orders(`DELETE /orders/${id}`)).status).toBe(204);
  expect(await shop.stockOf(product)).toBe(100);
});

test('more of an article that is now sold in another currency is refused, what was there stays', async () => {
  const [id, product] = await ordered(100, 3);
  await reprice(product, 2, { currency: 'EUR' });
  const more = await shop.orders(`PUT /orders/${id}`, student(), { items: [{ product_id: product, quantity: 4 }] });
  expect(more.body.code).toBe('mixed_currencies');
  expect(await holding(id, product, 2)).toEqual([[100, 2]]);
});
