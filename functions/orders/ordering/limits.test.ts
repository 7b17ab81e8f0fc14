import { beforeEach, describe, expect, test } from '@jest/globals';
import { pendingOrder } from './cart.ts';
import { countPending, putOnAccount, takeOffAccount, uncountPending } from './limits.ts';
import type { StoredOrder } from './order.ts';

beforeEach(() => {
  Object.assign(process.env, { PENDING_ORDERS_LIMIT: '10', ACCOUNT_CREDIT_LIMIT: '50000 XOF, 7500 EUR' });
});

const order = (total: number, more: Partial<StoredOrder> = {}): StoredOrder => ({
  ...pendingOrder('victor', { items: [], currency: 'XOF' }, 900),
  total,
  ...more,
});
const onAccount = (total: number, more: Partial<StoredOrder> = {}) =>
  order(total, { payment: { method: 'account' }, ...more });

const codeOf = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const buyer = { pk: 'BUYER#victor', sk: 'BUYER' };

describe('a buyer’s unpaid orders', () => {
  test('are counted up to the limit, in the write that makes one', () => {
    expect(countPending(order(1))).toEqual([
      {
        kind: 'update',
        key: buyer,
        attributes: { add: { pending: 1 } },
        condition: {
          when: 'attribute_not_exists(#open) OR #open <= :most',
          names: { '#open': 'pending' },
          values: { ':most': 9 },
          otherwise: expect.any(Function),
        },
      },
    ]);
    const [write] = countPending(order(1));
    expect(write?.condition?.otherwise(undefined)).toMatchObject({ code: 'too_many_pending_orders' });
  });

  test('are counted down once each, those that were counted', () => {
    expect(uncountPending(order(1))).toMatchObject([{ key: buyer, attributes: { add: { pending: -1 } } }]);
    const { counted: _, ...older } = order(1);
    expect(uncountPending(older)).toEqual([]);
  });
});

describe('what a buyer owes', () => {
  test('grows by what they buy, while the limit has room for it', () => {
    const [write] = putOnAccount(order(20_000));
    expect(write).toMatchObject({
      key: buyer,
      attributes: { add: { owed_XOF: 20_000 } },
      condition: { names: { '#open': 'owed_XOF' }, values: { ':most': 30_000 } },
    });
    expect(write?.condition?.otherwise(undefined)).toMatchObject({ code: 'credit_limit_reached' });
  });

  test('is never more than the limit of its currency, and nothing in one that has none', () => {
    expect(codeOf(() => putOnAccount(order(50_000)))).toHaveLength(1);
    expect(codeOf(() => putOnAccount(order(50_001)))).toBe('credit_limit_reached');
    expect(codeOf(() => putOnAccount(order(7_500, { currency: 'EUR' })))).toHaveLength(1);
    expect(codeOf(() => putOnAccount(order(7_501, { currency: 'EUR' })))).toBe('credit_limit_reached');
    expect(codeOf(() => putOnAccount(order(1, { currency: 'USD' })))).toBe('credit_limit_reached');
  });

  test('shrinks by what is given back of what was bought on account, and counted', () => {
    expect(takeOffAccount(onAccount(10), 4)).toMatchObject([{ key: buyer, attributes: { add: { owed_XOF: -4 } } }]);
    expect(takeOffAccount(order(10, { payment: { method: 'card' } }), 4)).toEqual([]);
    expect(takeOffAccount(order(10), 4)).toEqual([]);
    const { counted: _, ...older } = onAccount(10);
    expect(takeOffAccount(older, 4)).toEqual([]);
  });
});

test.each(['50000', '50000 XOF EUR', 'x50000 XOF', '50000x XOF', '1000000000000000 XOF', '50000 xof', '-1 XOF', ''])(
  'a deployment whose credit limit is %j lets nobody buy on account by mistake',
  (limit) => {
    process.env.ACCOUNT_CREDIT_LIMIT = limit;
    expect(() => putOnAccount(order(1))).toThrow();
  },
);
