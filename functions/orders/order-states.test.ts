import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { admin, student } from '../../tests/support/call.ts';
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

const read = async (id: string) => (await shop.orders(`GET /orders/${id}`)).body;
const cancel = (id: string) => shop.orders(`DELETE /orders/${id}`);
const ship = (id: string) => shop.orders(`POST /orders/${id}/ship`, admin);

describe('the moves of an order', () => {
  const act: Record<string, (id: string) => Promise<{ status: number }>> = {
    pay: (id) => shop.pay(id),
    cancel,
    ship,
    deliver: (id) => shop.orders(`POST /orders/${id}/deliver`, admin),
    refund: (id) => shop.refund(id),
    change: async (id) =>
      shop.orders(`PUT /orders/${id}`, student(), {
        items: [{ product_id: (await read(id)).items[0].product_id, quantity: 2 }],
      }),
  };
  const LEGAL: Record<string, string[]> = {
    pending: ['pay', 'cancel', 'change'],
    paid: ['ship', 'refund'],
    shipped: ['deliver', 'refund'],
    delivered: ['refund'],
    cancelled: [],
    refunded: [],
    expired: [],
  };
  const PATHS: Record<string, string[]> = {
    pending: [],
    paid: ['pay'],
    shipped: ['pay', 'ship'],
    delivered: ['pay', 'ship', 'deliver'],
    cancelled: ['cancel'],
    refunded: ['pay', 'refund'],
    expired: ['expire'],
  };
  const bring = async (state: string): Promise<string> => {
    const id = await pending(await shop.product());
    for (const step of PATHS[state] ?? []) {
      if (step === 'expire') {
        jest.spyOn(clock, 'now').mockReturnValue(Date.now() + 900_001);
        await shop.remind(id);
        jest.restoreAllMocks();
      } else await act[step]?.(id);
    }
    expect((await read(id)).state).toBe(state);
    return id;
  };
  const cases = Object.keys(LEGAL).flatMap((state) => Object.keys(act).map((move) => [state, move] as const));

  test.each(cases)('from %s by %s', async (state, move) => {
    const answer = (await act[move]?.(await bring(state))) as { status: number; body?: { code?: string } };
    if (LEGAL[state]?.includes(move)) expect([200, 204]).toContain(answer.status);
    else expect([answer.status, answer.body?.code]).toEqual([409, 'illegal_transition']);
  });

  test('ten cancellations at once give the stock back once', async () => {
    const product = await shop.product();
    const id = await pending(product, 4);
    expect(tally(await times(10, () => cancel(id)))).toEqual({ '204': 1, '409 illegal_transition': 9 });
    expect(await shop.stockOf(product)).toBe(10);
  });

  test('do not lead back from what was bought at once', async () => {
    const { body } = await shop.buy(await shop.product());
    expect((await cancel(body.order_id)).body.code).toBe('illegal_transition');
    expect((await shop.pay(body.order_id)).body.code).toBe('illegal_transition');
  });

  test('of a refund and a parcel that leaves one comes first: what has left is in no stock', async () => {
    for (let i = 0; i < 10; i += 1) {
      const id = await bring('paid');
      const [refunded, shipped] = await Promise.all([shop.refund(id), ship(id)]);
      expect(refunded.status).toBe(200);
      expect(await read(id)).toMatchObject({ state: 'refunded', restocked: shipped.status === 409 });
    }
  });
});
