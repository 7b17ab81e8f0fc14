import * as z from 'zod';
import { required } from '../../../platform/base/env.ts';
import { keyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import { type Condition, type Key, update, type Write } from '../../../platform/data/write.ts';
import { Currency } from '../../../platform/schema/money.ts';
import { problem } from '../problems.ts';
import type { StoredOrder } from './order.ts';

/*
 * What one buyer has open with the shop: unpaid orders, each of which keeps stock from everybody else, and what they owe
 * on account. One item for each buyer, changed in the transaction that makes or settles the order: of any number of
 * calls at once none gets past a limit.
 */

const buyerKey = (username: string): Key => ({ pk: key`BUYER#${keyPart(username)}`, sk: key`BUYER` });

const Amounts = z.array(
  z.tuple([
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
    Currency,
  ]),
);

/** The most that a buyer may owe in a currency, in its minor units: `50000 XOF, 7500 EUR`. Nothing in one not named. */
function creditLimit(currency: string): number {
  const limits = Amounts.parse(
    required('ACCOUNT_CREDIT_LIMIT')
      .split(',')
      .map((limit) => limit.trim().split(' ')),
  );
  return limits.find(([, its]) => its === currency)?.[0] ?? 0;
}

const mostPending = (): number => Number(required('PENDING_ORDERS_LIMIT'));

const owedIn = (currency: string): string => `owed_${currency}`;

/** Only where the number that is added to was at most this, or is not there yet. */
const atMost = (attribute: string, most: number, otherwise: () => Error): Condition => ({
  when: 'attribute_not_exists(#open) OR #open <= :most',
  names: { '#open': attribute },
  values: { ':most': most },
  otherwise,
});

/** Counts an order among the buyer's unpaid ones. @throws too_many_pending_orders */
export const countPending = ({ username }: StoredOrder): Write[] => [
  update(
    buyerKey(username),
    { add: { pending: 1 } },
    atMost('pending', mostPending() - 1, () => problem.too_many_pending_orders()),
  ),
];

/** Takes an order that is no longer pending out of that count. Orders of older versions never were in it. */
export const uncountPending = ({ username, counted }: StoredOrder): Write[] =>
  counted ? [update(buyerKey(username), { add: { pending: -1 } })] : [];

/** Adds an order to what the buyer owes on account. @throws credit_limit_reached */
export function putOnAccount({ username, total, currency }: StoredOrder): Write[] {
  const room = creditLimit(currency) - total;
  if (room < 0) throw problem.credit_limit_reached();
  const owed = owedIn(currency);
  return [
    update(
      buyerKey(username),
      { add: { [owed]: total } },
      atMost(owed, room, () => problem.credit_limit_reached()),
    ),
  ];
}

/** Takes an amount (minor units) that is given back off what the buyer owes; nothing where no account had a part. */
export const takeOffAccount = ({ username, currency, payment, counted }: StoredOrder, amount: number): Write[] =>
  counted && payment?.method === 'account'
    ? [update(buyerKey(username), { add: { [owedIn(currency)]: -amount } })]
    : [];
