import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { student } from '../../tests/support/call.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import { openShop, pending, shop, times } from '../../tests/support/shop.ts';
import { expectBooksToAgree } from '../../tests/support/shop-audit.ts';

let accounts: PeerStub;

beforeAll(async () => {
  ({ accounts } = await openShop());
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(async () => {
  await accounts.stop();
  expectBooksToAgree(await shop.books());
});

const read = async (id: string) => (await shop.orders(`GET /orders/${id}`)).body;
const change = (id: string, product_id: number) =>
  shop.orders(`PUT /orders/${id}`, student(), { items: [{ product_id, quantity: 2 }] });
const later = (ms: number) => jest.spyOn(clock, 'now').mockReturnValue(Date.now() + ms);

describe('a reservation', () => {
  test('lapses when its time is up, however often it is reminded', async () => {
    const product = await shop.product();
    const id = await pending(product, 3);
    later(900_001);
    expect(await shop.remind(id, id, id)).toEqual([]);
    await times(5, () => shop.remind(id));
    expect(await read(id)).toMatchObject({ state: 'expired' });
    expect(await shop.stockOf(product)).toBe(10);
  });

  test('does not lapse early: it is looked at again later', async () => {
    const id = await pending(await shop.product());
    expect(await shop.remind(id)).toEqual([]);
    expect((await read(id)).state).toBe('pending');
    expect((await shop.pay(id)).body.state).toBe('paid');
    later(900_001);
    expect(await shop.remind(id)).toEqual([]);
    expect((await read(id)).state).toBe('paid');
  });

  test('that lapsed cannot be paid or changed, though its reminder is late', async () => {
    const product = await shop.product();
    const [paid, changed] = [await pending(product), await pending(product)];
    later(900_001);
    expect((await shop.pay(paid)).body.code).toBe('illegal_transition');
    expect((await change(changed, product)).body.code).toBe('illegal_transition');
    expect([(await read(paid)).state, (await read(changed)).state]).toEqual(['expired', 'expired']);
    expect(await shop.stockOf(product)).toBe(10);
  });

  test('and a payment have one winner when they race', async () => {
    for (let i = 0; i < 15; i += 1) {
      const product = await shop.product();
      const id = await pending(product);
      // The payment began in time; the reminder comes while it is under way.
      const now = Date.now();
      let asked = 0;
      jest.spyOn(clock, 'now').mockImplementation(() => now + (asked++ > i ? 900_001 : 0));
      const [payment] = await Promise.all([shop.pay(id), shop.remind(id, id)]);
      await shop.remind(id);
      jest.restoreAllMocks();
      const { state } = await read(id);
      expect(state).toBe(payment.status === 200 ? 'paid' : 'expired');
      expect(await shop.stockOf(product)).toBe(payment.status === 200 ? 9 : 10);
    }
  });

  test('of nothing we know is nothing to worry about', async () => {
    expect(await shop.remind(crypto.randomUUID())).toEqual([]);
  });
});
