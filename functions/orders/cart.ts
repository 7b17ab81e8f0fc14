import { clock, timestamp } from '../../platform/clock.ts';
import type { ProblemFactory } from '../../platform/http/problem.ts';
import { newId } from '../../platform/ids.ts';
import { currentScope } from '../../platform/scope.ts';
import type { Line, StoredOrder, WantedLine } from './order.ts';
import { totalOf } from './order.ts';
import { problem } from './problems.ts';
import type { StoredProduct } from './product.ts';

/** The refusal of one line; it names which, where there are several. */
function refusal(reason: ProblemFactory, i: number, lines: readonly WantedLine[]): Error {
  const detail = reason.kind.title[currentScope()?.language ?? 'fr'];
  return lines.length === 1 ? reason() : reason({ errors: [{ pointer: `#/items/${i}`, code: reason.code, detail }] });
}

type Products = ReadonlyMap<number, StoredProduct>;

/** Lines with their names and prices, and the one currency that they are all priced in. */
export interface Cart {
  readonly items: Line[];
  readonly currency: string;
}

/**
 * What is wanted, with the products' present names and prices.
 * @param order the one that is to change: what it holds already keeps its name and price, retired or not, and needs
 *   stock only for what is added
 * @throws article_not_found, out_of_stock, mixed_currencies
 */
export function priced(wanted: readonly WantedLine[], products: Products, order?: StoredOrder): Cart {
  let currency = order?.currency;
  const items = wanted.map(({ product_id, quantity }, i) => {
    const held = order?.items.find((line) => line.product_id === product_id);
    const product = products.get(product_id);
    const added = quantity - (held?.quantity ?? 0);
    if (!product || (!product.active && added > 0)) throw refusal(problem.article_not_found, i, wanted);
    if (product.stock < added) throw refusal(problem.out_of_stock, i, wanted);
    currency ??= product.currency;
    if (!held && product.currency !== currency) throw problem.mixed_currencies();
    const { name, price } = held ?? product;
    return { product_id, name, price, quantity };
  });
  return { items, currency: currency ?? '' };
}

/** A new order, all of whose stock is kept for a while. */
export const pendingOrder = (username: string, cart: Cart, seconds: number): StoredOrder => ({
  ...newOrder(username, cart),
  reserved_until: new Date(clock.now() + seconds * 1000).toISOString(),
});

/** A new order that is paid for as it is made, on the buyer's account with the school. */
export const paidOrder = (username: string, cart: Cart): StoredOrder => ({
  ...newOrder(username, cart),
  state: 'paid',
  paid_amount: totalOf(cart.items),
  payment: { method: 'account' },
});

function newOrder(username: string, { items, currency }: Cart): StoredOrder {
  const at = timestamp();
  return {
    id: newId(),
    username,
    state: 'pending',
    items,
    total: totalOf(items),
    currency,
    paid_amount: 0,
    refunded_amount: 0,
    created_at: at,
    updated_at: at,
    attempt: 1,
    refunds: 0,
    version: 1,
  };
}
