import { expect } from '@jest/globals';
import type { StoredOrder } from '../../functions/orders/ordering/order.ts';
import type { Books, SimulatedCharge } from './shop-books.ts';

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0);

const held = (orders: readonly StoredOrder[], id: number): number =>
  sum(orders, ({ items }) =>
    sum(
      items.filter((line) => line.product_id === id),
      ({ quantity }) => quantity,
    ),
  );

const SOLD = new Set(['paid', 'shipped', 'delivered']);

/** Whether what was sold has left the stock: also of an order that was refunded without it. */
const isGone = ({ state, restocked = state === 'refunded' }: StoredOrder): boolean =>
  (SOLD.has(state) || state === 'refunded') && !restocked;

/** The stock of each product is what its movements add up to, and what the orders say it must be. */
export function expectStockToAgree({ products, movements, orders }: Books): void {
  for (const product of products) {
    const lines = movements.get(`PRODUCT#${product.id}`) ?? [];
    const replayed = { on_hand: sum(lines, (one) => one.on_hand), reserved: sum(lines, (one) => one.reserved) };
    expect(product).toMatchObject({ ...replayed, stock: replayed.on_hand - replayed.reserved });
    expect(Math.min(product.stock, product.reserved, product.on_hand)).toBeGreaterThanOrEqual(0);
    expect(product.reserved).toBe(
      held(
        orders.filter(({ state }) => state === 'pending'),
        product.id,
      ),
    );
    const received = sum(
      lines.filter(({ kind }) => kind === 'adjust'),
      (one) => one.on_hand,
    );
    expect(product.on_hand).toBe(received - held(orders.filter(isGone), product.id));
  }
}

/** What each order says was paid and given back is what its ledger adds up to, and what the provider did, once. */
export function expectMoneyToAgree({ orders, ledger, charges }: Books): void {
  for (const order of orders) {
    const lines = ledger.get(`ORDER#${order.id}`) ?? [];
    const [paid, refunds] = [
      lines.filter(({ kind }) => kind === 'charge'),
      lines.filter(({ kind }) => kind !== 'charge'),
    ];
    const charged = order.total > 0 && (SOLD.has(order.state) || order.state === 'refunded');
    expect(paid.length).toBe(charged ? 1 : 0);
    expect([order.paid_amount, order.refunded_amount]).toEqual([
      sum(paid, ({ amount }) => amount),
      sum(refunds, ({ amount }) => amount),
    ]);
    expect(order.total).toBe(sum(order.items, ({ price, quantity }) => price * quantity));
    if (paid.length > 0) expect(order.paid_amount).toBe(order.total);
    if (order.total > 0)
      expect(order.refunded_amount === order.paid_amount && order.paid_amount > 0).toBe(order.state === 'refunded');
    expectChargesToAgree(
      order,
      charges.filter(({ reference }) => reference.startsWith(`${order.id}:`)),
    );
  }
}

/** At most one approved charge; one that no order knows of yet is the one that its next payment would find. */
function expectChargesToAgree(order: StoredOrder, charges: readonly SimulatedCharge[]): void {
  const approved = charges.filter(({ outcome }) => outcome === 'approved');
  expect(approved.length).toBeLessThanOrEqual(1);
  const [charge] = approved;
  if (order.payment?.charge) {
    expect(charge).toMatchObject({
      reference: order.payment.charge,
      amount: order.paid_amount,
      refunded_amount: order.refunded_amount,
    });
  } else if (charge) {
    expect([order.state, charge.reference, charge.amount]).toEqual([
      'pending',
      `${order.id}:${order.attempt}`,
      order.total,
    ]);
  }
}

/** What counts against the limits of each buyer is what their orders say. */
export function expectLimitsToAgree({ orders, buyers }: Books): void {
  const of = (buyer: string) => orders.filter(({ username }) => `BUYER#${username}` === buyer);
  const counted = orders.filter((order) => order.counted);
  expect(new Set(buyers.map(({ pk }) => pk))).toEqual(new Set(counted.map(({ username }) => `BUYER#${username}`)));
  for (const { pk, sk: _, pending = 0, ...owed } of buyers) {
    expect([pk, pending]).toEqual([pk, of(pk).filter(({ state }) => state === 'pending').length]);
    const onAccount = of(pk).filter(({ payment }) => payment?.method === 'account');
    for (const currency of new Set(onAccount.map((order) => order.currency)))
      expect([pk, owed[`owed_${currency}`]]).toEqual([
        pk,
        sum(
          onAccount.filter((order) => order.currency === currency),
          ({ paid_amount, refunded_amount }) => paid_amount - refunded_amount,
        ),
      ]);
  }
}

/** Stock, orders, payments, movements and what counts against limits agree. */
export function expectBooksToAgree(books: Books): void {
  expectStockToAgree(books);
  expectMoneyToAgree(books);
  expectLimitsToAgree(books);
}
