import { LostUpdate, type Write } from '../../../platform/data/write.ts';
import { apply, type Change, commit } from '../../../platform/events/commit.ts';
import * as products from '../catalogue/product-store.ts';
import { type Amount, amountsIn, release, reserve, sellDirectly } from '../catalogue/stock.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { type Cart, freeOrder, orderOnAccount, pendingOrder, priced } from './cart.ts';
import { countPending, putOnAccount, uncountPending } from './limits.ts';
import { changed, MOST_PRICES, type OrderChange, type StoredOrder, totalOf, type WantedLine } from './order.ts';
import { requireMove } from './order-states.ts';
import * as orders from './order-store.ts';
import { reminderOf, reservationSeconds, timeLeft } from './reservations.ts';
import { closeOpenCharge } from './settlement.ts';

/** The most items of stock that one change may write: 48 articles of two items each, a hundred in a transaction. */
const MOST_WRITES = 96;

type Products = Awaited<ReturnType<typeof products.findMany>>;

const idsOf = (lines: readonly { readonly product_id: number }[]): number[] => lines.map((line) => line.product_id);

/** What nobody has to pay for is sold at once, without a charge. */
const isFree = ({ items }: Pick<Cart, 'items'>): boolean => totalOf(items) === 0;

function givenAway(username: string, cart: Cart, found: Products): OrderChange {
  const order = freeOrder(username, cart);
  return { order, writes: [...orders.insert(order), ...sellDirectly(order.items, found, order)] };
}

/**
 * A pending order, for which all of its lines are reserved, or none; a paid one where all of them are free.
 * @throws article_not_found, out_of_stock, mixed_currencies, too_many_pending_orders
 */
export async function placed(username: string, wanted: readonly WantedLine[]): Promise<OrderChange> {
  const found = await products.findMany(idsOf(wanted));
  const cart = priced(wanted, found);
  if (isFree(cart)) return givenAway(username, cart, found);
  const order = pendingOrder(username, cart, reservationSeconds());
  return {
    order,
    writes: [...orders.insert(order), ...countPending(order), ...reserve(order.items, found, order)],
    events: [reminderOf(order)],
  };
}

/** One article, sold at once on the buyer's account. @throws article_not_found, out_of_stock, credit_limit_reached */
export async function bought(username: string, wanted: WantedLine): Promise<OrderChange> {
  const found = await products.findMany([wanted.product_id]);
  const cart = priced([wanted], found);
  if (isFree(cart)) return givenAway(username, cart, found);
  const order = orderOnAccount(username, cart);
  const { total: amount, currency } = order;
  const settlement = { method: 'account' as const };
  const charge = orders.ledgerLine(order.id, { kind: 'charge', amount, currency, settlement, by: username });
  return {
    order,
    writes: [...orders.insert(order), ...putOnAccount(order), ...sellDirectly(order.items, found, order), charge],
  };
}

/** What has to be taken, and let go of, for one set of lines to become the other. */
function difference(before: readonly Amount[], after: readonly Amount[]): { more: Amount[]; fewer: Amount[] } {
  const growth = (from: Map<number, number>, to: Map<number, number>): Amount[] =>
    [...to]
      .map(([product_id, quantity]) => ({ product_id, quantity: quantity - (from.get(product_id) ?? 0) }))
      .filter(({ quantity }) => quantity > 0);
  const [had, gets] = [amountsIn(before), amountsIn(after)];
  return { more: growth(had, gets), fewer: growth(gets, had) };
}

/** How a pending order changes its stock to hold other lines: reserved, or sold where nothing is to be paid any more. */
function restocked(order: StoredOrder, cart: Cart, found: Products): Write[] {
  if (isFree(cart)) return [...uncountPending(order), ...sellDirectly(cart.items, found, order, order.items)];
  const { more, fewer } = difference(order.items, cart.items);
  return [...reserve(more, found, order), ...release(fewer, order)];
}

/**
 * A pending order that holds other lines. Its reservation lasts no longer for it; one of free articles alone is paid.
 * @throws illegal_transition, too_many_changes, and what {@link placed} throws
 */
export async function refilled(order: StoredOrder, wanted: readonly WantedLine[]): Promise<OrderChange> {
  await mustBeOpen(order);
  const found = await products.findMany(idsOf(wanted));
  const cart = priced(wanted, found, order);
  const stock = restocked(order, cart, found);
  if (stock.length > MOST_WRITES || cart.items.length > MOST_PRICES) throw problem.too_many_changes();
  await closeOpenCharge(order);
  const { items } = cart;
  const after = changed(order, {
    ...{ items, total: totalOf(items), attempt: order.attempt + 1 },
    ...(isFree(cart) && { state: 'paid' }),
  });
  return { order: after, writes: [...orders.replace(order, after), ...stock] };
}

/** A pending order given up, its stock free again. @throws illegal_transition when it is not pending, or was paid first */
export async function withdrawn(order: StoredOrder, to: 'cancelled' | 'expired'): Promise<OrderChange> {
  requireMove(order.state, to);
  await closeOpenCharge(order);
  const after = changed(order, { state: to });
  return {
    order: after,
    writes: [...orders.replace(order, after), ...uncountPending(order), ...release(order.items, order)],
  };
}

/**
 * Lets only a pending order through whose time is not up; one whose time is up expires here, however late its reminder.
 * @throws illegal_transition, LostUpdate
 */
export async function mustBeOpen(order: StoredOrder): Promise<void> {
  if (order.state !== 'pending') throw problem.illegal_transition();
  if (timeLeft(order) > 0) return;
  await apply(table, await withdrawn(order, 'expired'));
  throw new LostUpdate();
}

/** A paid order on its way. @throws illegal_transition */
export function dispatched(order: StoredOrder, to: 'shipped' | 'delivered'): OrderChange {
  requireMove(order.state, to);
  const after = changed(order, { state: to });
  return { order: after, writes: orders.replace(order, after) };
}

async function overdue(id: string): Promise<Change> {
  const order = await orders.find(id);
  if (order?.state !== 'pending') return {};
  return timeLeft(order) > 0 ? { events: [reminderOf(order)] } : withdrawn(order, 'expired');
}

/** What a reminder is for: expires an order whose time is up. It may come early, late and more than once. */
export async function expire(id: string): Promise<void> {
  await commit(table, () => overdue(id));
}
