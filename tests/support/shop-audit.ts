import { expect } from '@jest/globals';
import type { StoredOrder } from '../../functions/orders/order.ts';
import type { Books, SimulatedCharge } from './shop-books.ts';

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0);

const held = (orders: readonly StoredOrder[], id: number): number =>
  sum(orders, ({ items }) => items.find((line) => line.product_id === id)?.quantity ?? 0);

const SOLD = new Set(['paid', 'shipped', 'delivered']);

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
    const sold = held(
      orders.filter(({ state }) => SOLD.has(state)),
      product.id,
    );
    expect(product.on_hand).toBe(received - sold);
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
    expect(paid.length).toBe(SOLD.has(order.state) || order.state === 'refunded' ? 1 : 0);
    expect([order.paid_amount, order.refunded_amount]).toEqual([
      sum(paid, ({ amount }) => amount),
      sum(refunds, ({ amount }) => amount),
    ]);
    expect(order.total).toBe(sum(order.items, ({ price, quantity }) => price * quantity));
    if (paid.length > 0) expect(order.paid_amount).toBe(order.total);
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

/** Stock, orders, payments and movements agree. */
export function expectBooksToAgree(books: Books): void {
  expectStockToAgree(books);
  expectMoneyToAgree(books);
}
