import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { Problem } from '../../../platform/base/problem.ts';
import { within } from '../../../platform/base/scope.ts';
import { refusalsOf } from '../../../tests/support/refusals.ts';
import type { StoredProduct } from '../catalogue/product.ts';
import { orderOnAccount, pendingOrder, priced } from './cart.ts';
import { changed, type Line, type StoredOrder, totalOf, Wanted } from './order.ts';
import { reminderOf, reservationSeconds, timeLeft } from './reservations.ts';

const NOW = Date.UTC(2026, 0, 1);

beforeEach(() => {
  jest.spyOn(clock, 'now').mockReturnValue(NOW);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const product = (id: number, more: Partial<StoredProduct> = {}): StoredProduct => ({
  id,
  name: `Stylo ${id}`,
  price: 100 * id,
  currency: 'XOF',
  stock: 5,
  active: true,
  on_hand: 5,
  reserved: 0,
  revision: 1,
  version: 1,
  ...more,
});

const shelf = (...products: StoredProduct[]) => new Map(products.map((one) => [one.id, one]));
const want = (product_id: number, quantity = 1) => ({ product_id, quantity });
const line = (product_id: number, quantity = 1, price = 1): Line => ({ product_id, name: 'Old', price, quantity });

const order = (items: Line[], more: Partial<StoredOrder> = {}): StoredOrder => ({
  ...pendingOrder('victor', { items, currency: 'XOF' }, 900),
  ...more,
});

const refusal = (work: () => unknown, language: 'fr' | 'en' = 'en') => {
  try {
    within({ requestId: 'r', language }, work);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code, errors: error.errors };
  }
};

describe('a cart', () => {
  test('has the names and prices of this moment, and the currency of its first article', () => {
    expect(priced([want(2, 3), want(1)], shelf(product(1), product(2)))).toEqual({
      items: [
        { product_id: 2, name: 'Stylo 2', price: 200, quantity: 3 },
        { product_id: 1, name: 'Stylo 1', price: 100, quantity: 1 },
      ],
      currency: 'XOF',
    });
    expect(priced([want(1)], shelf(product(1, { currency: 'EUR' }))).currency).toBe('EUR');
  });

  test('keeps the name and price of what the order held already, and has a line for each price', () => {
    const before = order([line(1, 2)]);
    const pens = shelf(product(1), product(2));
    expect(priced([want(1, 4), want(2)], pens, before).items).toEqual([
      { product_id: 1, name: 'Old', price: 1, quantity: 2 },
      { product_id: 1, name: 'Stylo 1', price: 100, quantity: 2 },
      { product_id: 2, name: 'Stylo 2', price: 200, quantity: 1 },
    ]);
    for (const quantity of [1, 2]) expect(priced([want(1, quantity)], pens, before).items).toEqual([line(1, quantity)]);
  });

  test('adds to the line of today’s price, and takes away what was put there last', () => {
    const before = order([line(1, 2), line(1, 3, 100)]);
    const items = (quantity: number) => priced([want(1, quantity)], shelf(product(1)), before).items;
    expect(items(6)).toEqual([line(1, 2), line(1, 4, 100)]);
    expect(items(4)).toEqual([line(1, 2), line(1, 2, 100)]);
    expect(items(2)).toEqual([line(1, 2)]);
  });

  test('takes the last of an article, and counts what the order holds as taken', () => {
    expect(priced([want(1, 5)], shelf(product(1))).items).toHaveLength(1);
    expect(refusal(() => priced([want(1, 6)], shelf(product(1))))).toEqual({ code: 'out_of_stock' });
    const before = order([line(1, 2)]);
    expect(priced([want(1, 7)], shelf(product(1)), before).items.map(({ quantity }) => quantity)).toEqual([2, 5]);
    expect(refusal(() => priced([want(1, 8)], shelf(product(1)), before))).toEqual({ code: 'out_of_stock' });
  });

  test('holds what is retired only as far as it held it', () => {
    const retired = shelf(product(1, { active: false }));
    const before = order([line(1, 2)]);
    expect(priced([want(1, 2)], retired, before).items).toHaveLength(1);
    expect(refusal(() => priced([want(1, 3)], retired, before))).toEqual({ code: 'article_not_found' });
    expect(refusal(() => priced([want(1)], retired))).toEqual({ code: 'article_not_found' });
    expect(refusal(() => priced([want(1)], shelf()))).toEqual({ code: 'article_not_found' });
  });

  test('of several articles names the one that is refused, in the reader’s language', () => {
    const wanted = [want(1), want(2, 6)];
    const priceBoth = () => priced(wanted, shelf(product(1), product(2)));
    expect(refusal(priceBoth)).toEqual({
      code: 'out_of_stock',
      errors: [
        {
          pointer: '#/items/1',
          code: 'out_of_stock',
          detail: expect.stringMatching(/article 2\): 6 wanted, 5 in stock/),
        },
      ],
    });
    expect(refusal(priceBoth, 'fr')?.errors?.[0]?.detail).toMatch(/article 2\) : 6 demandés, 5 en stock/);
  });

  test('is of one currency, its order’s where there is one; what it held may be of any', () => {
    const foreign = product(2, { currency: 'EUR' });
    expect(refusal(() => priced([want(1), want(2)], shelf(product(1), foreign)))).toEqual({ code: 'mixed_currencies' });
    expect(refusal(() => priced([want(2)], shelf(foreign), order([line(1)])))).toEqual({ code: 'mixed_currencies' });
    expect(priced([want(2)], shelf(foreign), order([line(2)])).currency).toBe('XOF');
  });

  test('has each article once, 25 at most, and says so', () => {
    expect(refusalsOf(Wanted, { items: [want(1), want(2), want(1)] })).toEqual([
      '#/items repeated_product: Chaque article ne paraît qu’une fois ; donnez sa quantité | Each article appears once; give its quantity',
    ]);
    const wanted = (count: number) => ({ items: Array.from({ length: count }, (_, i) => want(i + 1)) });
    expect(refusalsOf(Wanted, wanted(25))).toEqual([]);
    expect(refusalsOf(Wanted, wanted(26))).toHaveLength(1);
    expect(refusalsOf(Wanted, wanted(0))).toHaveLength(1);
    expect(refusalsOf(Wanted, { items: [want(1, 1000)] })).toEqual([]);
    expect(refusalsOf(Wanted, { items: [want(1, 1001)] })).toHaveLength(1);
    expect(Wanted.parse({ items: [{ product_id: 1 }] }).items).toEqual([want(1)]);
  });
});

describe('an order', () => {
  test('begins unpaid, counted, its stock kept for so many seconds', () => {
    expect(pendingOrder('victor', { items: [line(1, 2, 150), line(2, 1, 50)], currency: 'XOF' }, 900)).toEqual({
      id: expect.any(String),
      username: 'victor',
      state: 'pending',
      items: [line(1, 2, 150), line(2, 1, 50)],
      total: 350,
      currency: 'XOF',
      paid_amount: 0,
      refunded_amount: 0,
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
      reserved_until: '2026-01-01T00:15:00.000Z',
      attempt: 1,
      refunds: 0,
      counted: true,
      version: 1,
    });
    expect(totalOf([])).toBe(0);
  });

  test('that is bought at once is paid on account, and keeps nothing back', () => {
    const bought = orderOnAccount('victor', { items: [line(1, 2, 150)], currency: 'XOF' });
    expect(bought).toMatchObject({ state: 'paid', paid_amount: 300, total: 300, payment: { method: 'account' } });
    expect(bought).not.toHaveProperty('reserved_until');
  });

  test('that changes is one version on, and keeps its stock only while it is pending', () => {
    const before = order([line(1)]);
    jest.spyOn(clock, 'now').mockReturnValue(NOW + 1000);
    expect(changed(before, { total: 7 })).toEqual({
      ...before,
      total: 7,
      updated_at: '2026-01-01T00:00:01.000Z',
      version: 2,
    });
    expect(changed(before, { state: 'paid' })).toMatchObject({ state: 'paid', reserved_until: undefined });
  });

  test('is looked at again when its reservation ends, in fifteen minutes at most', () => {
    const until = (ms: number) => ({ id: 'o', reserved_until: new Date(NOW + ms).toISOString() });
    expect([until(1), until(0), until(-1)].map(timeLeft)).toEqual([1, 0, 0]);
    expect(timeLeft({})).toBe(0);
    const delays = [until(1_001), until(900_000), until(900_001), until(-1)].map((one) => reminderOf(one).delaySeconds);
    expect(delays).toEqual([2, 900, 900, 0]);
    expect(reminderOf(until(1)).event).toMatchObject({
      type: 'campus.order.reserved',
      source: '/campus/orders',
      subject: 'o',
      data: { order_id: 'o' },
    });
    process.env.RESERVATION_SECONDS = '60';
    expect(reservationSeconds()).toBe(60);
  });
});
