import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../platform/data/client.ts';
import { student } from '../../tests/support/call.ts';
import { intervening, leavingOneUnread } from '../../tests/support/faults.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import { openShop, shop } from '../../tests/support/shop.ts';

let accounts: PeerStub;

beforeAll(async () => {
  ({ accounts } = await openShop());
});
afterAll(() => accounts.stop());

describe('where DynamoDB reads only part of a batch', () => {
  test('an order has all of its articles', async () => {
    const [pen, book] = [await shop.product({ price: 10 }), await shop.product({ price: 90 })];
    const short = leavingOneUnread();
    const answer = await intervening(dynamo, short, () =>
      shop.order([
        [pen, 1],
        [book, 2],
      ]),
    );
    expect([answer.status, answer.body.total]).toEqual([201, 190]);
    expect(short.tries()).toBe(2);
  });

  test('the only article of a purchase is not missing', async () => {
    const pen = await shop.product();
    const { status } = await intervening(dynamo, leavingOneUnread(), () => shop.buy(pen));
    expect(status).toBe(201);
  });

  test('the catalogue lists every article', async () => {
    const category = `short-${crypto.randomUUID().slice(0, 8)}`;
    const ids = [await shop.product({ category }), await shop.product({ category }), await shop.product({ category })];
    const { body } = await intervening(dynamo, leavingOneUnread(), () =>
      shop.catalogue(`GET /products?category=${category}`, student()),
    );
    expect(body.map(({ id }: { id: number }) => id).toSorted()).toEqual(ids.toSorted());
  });
});
