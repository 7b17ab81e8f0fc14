import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { admin } from '../../tests/support/call.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import { openShop, pending, shop, tally, times } from '../../tests/support/shop.ts';
import { expectBooksToAgree } from '../../tests/support/shop-audit.ts';

let accounts: PeerStub;

beforeAll(async () => {
  ({ accounts } = await openShop());
});
afterAll(async () => {
  await accounts.stop();
  expectBooksToAgree(await shop.books());
});

const STEPS = { paid: [], shipped: ['ship'], delivered: ['ship', 'deliver'] } as const;

/** A paid order of four pieces of 250 each, brought so far; and its product, of which six are left. */
async function brought(state: keyof typeof STEPS): Promise<[id: string, product: number]> {
  const product = await shop.product({ price: 250 });
  const id = await pending(product, 4);
  await shop.pay(id);
  for (const step of STEPS[state]) await shop.orders(`POST /orders/${id}/${step}`, admin);
  return [id, product];
}

describe.each(['shipped', 'delivered'] as const)('what was %s', (state) => {
  test.each([
    [{ restock: true }, 10],
    [{ restock: false }, 6],
    [{}, 6],
  ])('is refunded whole with %j, and the stock is then %i', async (sent, stock) => {
    const [id, product] = await brought(state);
    const { status, body } = await shop.giveBack(id, sent);
    expect([status, body.state, body.refunded_amount]).toEqual([200, 'refunded', 1000]);
    expect(body.restocked).toBe(stock === 10);
    expect(await shop.stockOf(product)).toBe(stock);
  });

  test('is refunded in part, its parcel taken back once', async () => {
    const [id, product] = await brought(state);
    expect((await shop.giveBack(id, { amount: 800, restock: true })).body).toMatchObject({ state, restocked: true });
    expect(await shop.stockOf(product)).toBe(10);
    expect((await shop.giveBack(id, { restock: true })).body).toMatchObject({ state: 'refunded', restocked: true });
    expect(await shop.stockOf(product)).toBe(10);
  });

  test('is never refunded above what was paid', async () => {
    const [id, product] = await brought(state);
    expect((await shop.giveBack(id, { amount: 1001, restock: true })).body.code).toBe('refund_above_payment');
    expect(await shop.stockOf(product)).toBe(6);
    const counts = tally(await times(6, () => shop.giveBack(id, { amount: 300, restock: true })));
    expect(counts).toEqual({ '200': 3, '409 refund_above_payment': 3 });
    expect(await shop.stockOf(product)).toBe(10);
  });
});

test.each([
  [{}, 10],
  [{ restock: true }, 10],
  [{ restock: false }, 6],
])('what never left is refunded with %j, and the stock is then %i', async (sent, stock) => {
  const [id, product] = await brought('paid');
  expect((await shop.giveBack(id, sent)).body.state).toBe('refunded');
  expect(await shop.stockOf(product)).toBe(stock);
});

test('what is still to be shipped cannot be back', async () => {
  const [id, product] = await brought('paid');
  expect((await shop.giveBack(id, { amount: 100, restock: true })).body.code).toBe('illegal_transition');
  expect((await shop.giveBack(id, { amount: 100, restock: false })).body.restocked).toBe(false);
  expect(await shop.stockOf(product)).toBe(6);
});

test.each([{ restock: 'yes' }, { restock: 1 }, { restock: null }])('%j is refused', async (sent) => {
  const [id] = await brought('shipped');
  expect((await shop.giveBack(id, sent as never)).status).toBe(400);
});
