import { clock, timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import type { Localized } from '../../../platform/base/language.ts';
import type { ProblemFactory } from '../../../platform/base/problem.ts';
import { currentScope } from '../../../platform/base/scope.ts';
import type { StoredProduct } from '../catalogue/product.ts';
import { problem } from '../problems.ts';
import type { Line, StoredOrder, WantedLine } from './order.ts';
import { totalOf } from './order.ts';

/** The refusal of one line, in words of its own; where there are several, it names which. */
function refusal(reason: ProblemFactory, detail: Localized, i: number, lines: readonly WantedLine[]): Error {
  if (lines.length === 1) return reason({ detail });
  const said = detail[currentScope()?.language ?? 'fr'];
  return reason({ detail, errors: [{ pointer: `#/items/${i}`, code: reason.code, detail: said }] });
}

const notOnSale = (id: number): Localized => ({
  fr: `Article introuvable : l’article ${id} n’existe pas ou n’est plus en vente.`,
  en: `Article ${id} does not exist or is no longer on sale.`,
});

/** Everybody who may buy may see what is left. */
const tooFew = ({ id, name, stock }: StoredProduct, asked: number): Localized => ({
  fr: `« ${name} » (article ${id}) : ${asked} demandés, ${stock} en stock. Rien n’a été réservé.`,
  en: `“${name}” (article ${id}): ${asked} wanted, ${stock} in stock. Nothing was reserved.`,
});

type Products = ReadonlyMap<number, StoredProduct>;

/** Lines with their names and prices, and the one currency that they are all priced in. */
export interface Cart {
  readonly items: Line[];
  readonly currency: string;
}

/** What stays of the lines that an order has of one product: what was put there last goes first. */
function kept(held: readonly Line[], quantity: number): Line[] {
  let room = quantity;
  return held.flatMap((line) => {
    const stays = Math.min(line.quantity, room);
    room -= stays;
    return stays > 0 ? [{ ...line, quantity: stays }] : [];
  });
}

/** Lines of one product to which some are added at its price of today: a line of its own, unless one has that price. */
function withMore(lines: readonly Line[], { id, name, price }: StoredProduct, quantity: number): Line[] {
  const alike = lines.find((line) => line.price === price);
  if (!alike) return [...lines, { product_id: id, name, price, quantity }];
  return lines.map((line) => (line === alike ? { ...line, quantity: line.quantity + quantity } : line));
}

const quantityOf = (lines: readonly Line[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/**
 * What is wanted, with the products' present names and prices.
 * @param order the one that is to change: what it holds already keeps its name and price, retired or not; stock and
 *   today's price are for what is added
 * @throws article_not_found, out_of_stock, mixed_currencies
 */
export function priced(wanted: readonly WantedLine[], products: Products, order?: StoredOrder): Cart {
  let currency = order?.currency;
  const items = wanted.flatMap(({ product_id, quantity }, i) => {
    const held = order?.items.filter((line) => line.product_id === product_id) ?? [];
    const product = products.get(product_id);
    const added = Math.max(0, quantity - quantityOf(held));
    if (!product || (!product.active && added > 0))
      throw refusal(problem.article_not_found, notOnSale(product_id), i, wanted);
    if (product.stock < added) throw refusal(problem.out_of_stock, tooFew(product, added), i, wanted);
    currency ??= product.currency;
    if (added > 0 && product.currency !== currency) throw problem.mixed_currencies();
    const stays = kept(held, quantity);
    return added > 0 ? withMore(stays, product, added) : stays;
  });
  return { items, currency: currency ?? '' };
}

/** A new order, all of whose stock is kept for a while. */
export const pendingOrder = (username: string, cart: Cart, seconds: number): StoredOrder => ({
  ...newOrder(username, cart),
  counted: true,
  reserved_until: new Date(clock.now() + seconds * 1000).toISOString(),
});

/** A new order that is paid for as it is made, on the buyer's account with the school. */
export const orderOnAccount = (username: string, cart: Cart): StoredOrder => ({
  ...newOrder(username, cart),
  state: 'paid',
  counted: true,
  paid_amount: totalOf(cart.items),
  payment: { method: 'account' },
});

/** A new order of free articles: paid as it is made, without a payment. */
export const freeOrder = (username: string, cart: Cart): StoredOrder => ({
  ...newOrder(username, cart),
  state: 'paid',
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
