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

const tagOf = async (product: number) => (await shop.catalogue(`GET /products/${product}`, admin)).headers.ETag;

test('a change of an order leaves alone the articles of which it holds as many as before', async () => {
  const [kept, more, fewer] = [await shop.product(), await shop.product(), await shop.product()];
  const placed = await shop.order([
    [kept, 2],
    [more, 1],
    [fewer, 3],
  ]);
  const before = await Promise.all([kept, more, fewer].map(tagOf));
  const items = [
    { product_id: kept, quantity: 2 },
    { product_id: more, quantity: 4 },
    { product_id: fewer, quantity: 1 },
  ];
  expect((await shop.orders(`PUT /orders/${placed.body.id}`, student(), { items })).status).toBe(200);
  const after = await Promise.all([kept, more, fewer].map(tagOf));
  expect(after.map((tag, i) => tag === before[i])).toEqual([true, false, false]);
  expect(await Promise.all([kept, more, fewer].map(shop.stockOf))).toEqual([8, 6, 9]);
});
