import { LostUpdate, optimistically } from '../../platform/data/optimistic.ts';
import type { Write } from '../../platform/data/write.ts';
import { paidOrder, pendingOrder, priced } from './cart.ts';
import type { Line, StoredOrder, WantedLine } from './order.ts';
import { totalOf } from './order.ts';
import { requireMove } from './order-states.ts';
import { changeOrder, findOrder, insertOrder, ledgerLine, requireOrder } from './order-store.ts';
import { outbox } from './outbox.ts';
import { problem } from './problems.ts';
import { findProducts } from './product-store.ts';
import { remindAgain, reminderOf, reservationSeconds, timeLeft } from './reservations.ts';
import { closeOpenCharge } from './settlement.ts';
import { release, reserve, sellDirectly } from './stock.ts';

/** What must be written in the same breath as an order, given the order as it will stand. */
type Along = (order: StoredOrder) => readonly Write[];

/** The most articles that one change may touch: two items each, a hundred in a transaction. */
const MOST_TOUCHED = 48;

const idsOf = (lines: readonly { readonly product_id: number }[]): number[] => lines.map((line) => line.product_id);

/**
 * Makes a pending order and reserves all of its lines, or none.
 * @throws article_not_found, out_of_stock, mixed_currencies
 */
export const placeOrder = (username: string, wanted: readonly WantedLine[], along: Along): Promise<StoredOrder> =>
  optimistically(undefined, async () => {
    const products = await findProducts(idsOf(wanted));
    const order = pendingOrder(username, priced(wanted, products), reservationSeconds());
    const { event, delivery } = reminderOf(order);
    const stock = reserve(order.items, products, order);
    await insertOrder(order, [...stock, outbox.record(event, delivery), ...along(order)]);
    await outbox.send([event], delivery);
    return order;
  });

/** Sells one article at once, on the buyer's account. @throws article_not_found, out_of_stock */
export const buyAtOnce = (username: string, wanted: WantedLine, along: Along): Promise<StoredOrder> =>
  optimistically(undefined, async () => {
    const products = await findProducts([wanted.product_id]);
    const order = paidOrder(username, priced([wanted], products));
    const { total: amount, currency } = order;
    const settlement = { method: 'account' as const };
    const line = ledgerLine(order.id, { kind: 'charge', amount, currency, settlement, by: username });
    await insertOrder(order, [...sellDirectly(order.items, products, order), line, ...along(order)]);
    return order;
  });

/** What has to be taken, and let go of, for one set of lines to become the other. */
function difference(before: readonly Line[], after: readonly Line[]): { more: Line[]; fewer: Line[] } {
  const quantityIn = (lines: readonly Line[], id: number) => lines.find((l) => l.product_id === id)?.quantity ?? 0;
  const growth = (from: readonly Line[], to: readonly Line[]): Line[] =>
    to
      .map((line) => ({ ...line, quantity: line.quantity - quantityIn(from, line.product_id) }))
      .filter(({ quantity }) => quantity > 0);
  return { more: growth(before, after), fewer: growth(after, before) };
}

/**
 * Makes a pending order hold other lines. Its reservation lasts no longer for it.
 * @param read the order, read and judged anew on each attempt
 * @throws illegal_transition, too_many_changes, and what {@link placeOrder} throws
 */
export const changeItems = (read: () => Promise<StoredOrder>, wanted: readonly WantedLine[]): Promise<StoredOrder> =>
  optimistically(undefined, async () => {
    const order = await stillOpen(await read());
    const products = await findProducts(idsOf(wanted));
    const { items } = priced(wanted, products, order);
    const { more, fewer } = difference(order.items, items);
    if (more.length + fewer.length > MOST_TOUCHED) throw problem.too_many_changes();
    await closeOpenCharge(order);
    return changeOrder(order, { items, total: totalOf(items), attempt: order.attempt + 1 }, () => [
      ...reserve(more, products, order),
      ...release(fewer, order),
    ]);
  });

/** Gives a pending order's stock back. @throws illegal_transition when it is not pending, or was paid first */
async function withdraw(order: StoredOrder, to: 'cancelled' | 'expired'): Promise<StoredOrder> {
  requireMove(order.state, to);
  await closeOpenCharge(order);
  return changeOrder(order, { state: to }, () => release(order.items, order));
}

/** A pending order whose time is not up; one whose time is up expires here, however late its reminder. @throws LostUpdate */
export async function stillOpen(order: StoredOrder): Promise<StoredOrder> {
  if (order.state !== 'pending') throw problem.illegal_transition();
  if (timeLeft(order) > 0) return order;
  await withdraw(order, 'expired');
  throw new LostUpdate();
}

/**
 * Cancels a pending order.
 * @param read the order, read and judged anew on each attempt
 * @throws illegal_transition
 */
export const cancel = (read: () => Promise<StoredOrder>): Promise<StoredOrder> =>
  optimistically(undefined, async () => withdraw(await read(), 'cancelled'));

/** Moves a paid order on its way. @throws order_not_found, illegal_transition */
export const dispatch = (id: string, to: 'shipped' | 'delivered'): Promise<StoredOrder> =>
  optimistically(undefined, async () => {
    const order = await requireOrder(id);
    requireMove(order.state, to);
    return changeOrder(order, { state: to });
  });

/** What a reminder is for. It may come early, late and more than once. */
export const lapse = (id: string): Promise<void> =>
  optimistically(undefined, async () => {
    const order = await findOrder(id);
    if (order?.state !== 'pending') return;
    if (timeLeft(order) > 0) await remindAgain(order);
    else await withdraw(order, 'expired');
  });
