import { timestamp } from '../../platform/clock.ts';
import { lostUpdate } from '../../platform/data/optimistic.ts';
import type { Key, Page } from '../../platform/data/table.ts';
import { absent, put, update, versionIs, type Write } from '../../platform/data/write.ts';
import type { Paging } from '../../platform/http/operation.ts';
import { newId } from '../../platform/ids.ts';
import type { Settlement, StoredOrder } from './order.ts';
import type { OrderState } from './order-states.ts';
import { problem } from './problems.ts';
import { type Purchase, purchasesOf } from './stock.ts';
import { ALL_ORDERS, BY_USER, table } from './table.ts';

const orderKey = (id: string): Key => ({ pk: `ORDER#${id}`, sk: 'ORDER' });
const ordersOf = (username: string): string => `ORDERS#${username}`;
const EVERY_ORDER = 'ORDERS';

/** An order by its id. */
export const findOrder = (id: string): Promise<StoredOrder | undefined> => table.get(orderKey(id));

/** An order by its id. @throws order_not_found */
export async function requireOrder(id: string): Promise<StoredOrder> {
  const order = await findOrder(id);
  if (!order) throw problem.order_not_found();
  return order;
}

/** Stores a new order, along with what must be written in the same breath. */
export const insertOrder = (order: StoredOrder, along: readonly Write[]): Promise<void> => {
  const places = { list: ordersOf(order.username), seq: order.id, ledger: EVERY_ORDER };
  return table.write([put({ ...orderKey(order.id), ...order, ...places }, absent(lostUpdate)), ...along]);
};

/** What may change of an order. */
export type OrderChange = Partial<
  Pick<
    StoredOrder,
    'state' | 'items' | 'total' | 'currency' | 'paid_amount' | 'refunded_amount' | 'payment' | 'attempt' | 'refunds'
  >
>;

/**
 * Changes an order, unless it changed since it was read; only a pending one keeps its stock.
 * @param along what must be written in the same breath, given the order as it will stand
 * @throws LostUpdate
 */
export async function changeOrder(
  before: StoredOrder,
  change: OrderChange,
  along: (after: StoredOrder) => readonly Write[] = () => [],
): Promise<StoredOrder> {
  const isPending = (change.state ?? before.state) === 'pending';
  const set = {
    ...change,
    reserved_until: isPending ? before.reserved_until : undefined,
    updated_at: timestamp(),
  };
  const after: StoredOrder = { ...before, ...set, version: before.version + 1 };
  const first = update(orderKey(before.id), { set, add: { version: 1 } }, versionIs(before.version, lostUpdate));
  await table.write([first, ...along(after)]);
  return after;
}

/** One line of the ledger of an order's money: added, never changed. */
interface Payment {
  readonly kind: 'charge' | 'refund';
  /** In minor units, positive. */
  readonly amount: number;
  readonly currency: string;
  readonly settlement: Settlement;
  readonly by: string;
}

/** The write of a line of the money ledger. */
export const ledgerLine = (orderId: string, { settlement, ...payment }: Payment): Write =>
  put({ pk: `ORDER#${orderId}`, sk: `PAYMENT#${newId()}`, ...payment, ...settlement, at: timestamp() });

async function ordersAt(keys: Page<Key>, state: OrderState | undefined): Promise<Page<StoredOrder>> {
  const orders = await table.getMany<StoredOrder>(keys.items.map(({ pk, sk }) => ({ pk, sk })));
  const newestFirst = orders.sort((a, b) => (a.id < b.id ? 1 : -1));
  return { items: newestFirst.filter((order) => !state || order.state === state), next: keys.next };
}

/** Somebody's orders, or everybody's, newest first. The index says which; what they say is read from the table. */
export async function listOrders(
  { username, state }: { username?: string | undefined; state?: OrderState | undefined },
  paging: Paging,
): Promise<Page<StoredOrder>> {
  const place = username
    ? { index: BY_USER, partition: ['list', ordersOf(username)] as const }
    : { index: ALL_ORDERS, partition: ['ledger', EVERY_ORDER] as const };
  return ordersAt(await table.query<Key>({ ...place, newestFirst: true, ...paging }), state);
}

/** What somebody bought, newest first. */
export const listPurchases = (username: string, paging: Paging): Promise<Page<Purchase>> =>
  table.query({ index: BY_USER, partition: ['list', purchasesOf(username)], newestFirst: true, ...paging });
