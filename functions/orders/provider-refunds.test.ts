import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deliver, told } from '../../tests/support/deliver.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import { card, DECLINED, openShop, pending, shop } from '../../tests/support/shop.ts';
import { handler } from './on-order-event.ts';

let accounts: PeerStub;

beforeAll(async () => {
  ({ accounts } = await openShop());
});
afterAll(() => accounts.stop());

/** An order whose charge of 1000, of the reference `<id>:1`, was approved. */
async function charged(): Promise<string> {
  const id = await pending(await shop.product({ price: 1000 }));
  await shop.pay(id);
  return id;
}

/** Tells the provider of refunds one after the other, each numbered. @returns which of them it refused */
async function tell(id: string, ...amounts: number[]): Promise<number[]> {
  const refused: number[] = [];
  for (const [i, amount] of amounts.entries()) {
    const due = { charge: `${id}:1`, reference: `${id}:${i + 1}`, amount };
    if ((await deliver(handler, [told('campus.order.refund_due', due)])).length > 0) refused.push(i);
  }
  return refused;
}

const givenBack = async (id: string) =>
  (await shop.books()).charges.find(({ reference }) => reference === `${id}:1`)?.refunded_amount;

describe('the provider', () => {
  test('gives a charge back to the last unit, and not one more', async () => {
    const id = await charged();
    expect(await tell(id, 999, 2, 1, 1)).toEqual([1, 3]);
    expect(await givenBack(id)).toBe(1000);
  });

  test('does not give back more than it charged in one go', async () => {
    const id = await charged();
    expect(await tell(id, 1001)).toEqual([0]);
    expect(await givenBack(id)).toBe(0);
  });

  test('gives nothing back of a charge that was declined, or that it never heard of', async () => {
    const declined = await pending(await shop.product());
    await shop.pay(declined, card(DECLINED));
    expect(await tell(declined, 1)).toEqual([0]);
    expect(await givenBack(declined)).toBe(0);
    expect(await tell(crypto.randomUUID(), 1)).toEqual([0]);
  });
});
