import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { keyPart } from '../../../platform/base/key-part.ts';
import { changesTo } from '../../../platform/data/changes.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import { sharded } from '../../../platform/data/sharded.ts';
import type { Key, Page, Paging } from '../../../platform/data/table.ts';
import { absent, type Item, lostUpdate, put, update, versionIs, type Write } from '../../../platform/data/write.ts';
import { type Caller, reachable } from '../../../platform/http/access.ts';
import { type Purchase, purchasesOf } from '../catalogue/stock.ts';
import { problem } from '../problems.ts';
import { ALL_ORDERS, BY_USER, table } from '../table.ts';
import type { Settlement, StoredOrder } from './order.ts';
import type { OrderState } from './order-states.ts';

/** What all orders are listed in. */
const EVERY_ORDER = sharded(key`ORDERS`);

const orderKey = (id: string): Key => ({ pk: key`ORDER#${keyPart(id)}`, sk: key`ORDER` });
const ordersOf = (username: string): KeyText => key`ORDERS#${keyPart(username)}`;

/** An order by its id. One read. */
export const find = (id: string): Promise<StoredOrder | undefined> => table.get(orderKey(id));

/** An order that this caller may know of. @throws order_not_found */
export const reach = async (id: string, caller: Caller): Promise<StoredOrder> =>
  reachable(await find(id), caller, problem.order_not_found);

/** Where the indexes have an order. */
const placeOf = ({ id, username }: Pick<StoredOrder, 'id' | 'username'>) => ({
  list: ordersOf(username),
  seq: id,
  ledger: EVERY_ORDER.of(id),
});

/** Stores a new order. */
export const insert = (order: StoredOrder): Write[] => [
  put({ ...orderKey(order.id), ...order, ...placeOf(order) }, absent(lostUpdate)),
];

/** What differs between two states of an order, the version apart. */
function differences(before: StoredOrder, { version, ...after }: StoredOrder): Record<string, unknown> {
  const changes = Object.entries(after).filter(([name, value]) => value !== before[name as keyof StoredOrder]);
  return Object.fromEntries(changes);
}

/** Puts an order in place of the one that was read. @throws LostUpdate */
export const replace = (before: StoredOrder, after: StoredOrder): Write[] => [
  update(
    orderKey(before.id),
    { set: differences(before, after), add: { version: 1 } },
    versionIs(before.version, lostUpdate),
  ),
];

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
  put({ pk: key`ORDER#${keyPart(orderId)}`, sk: key`PAYMENT#${newId()}`, ...payment, ...settlement, at: timestamp() });

/** The orders of some keys, in their order; one that is gone is undefined. */
async function ordersAt(keys: readonly Key[]): Promise<(StoredOrder | undefined)[]> {
  const orders = await table.getMany<StoredOrder & Key>(keys.map(({ pk, sk }) => ({ pk, sk })));
  const byKey = new Map(orders.map((order) => [order.pk, order]));
  return keys.map(({ pk }) => byKey.get(pk));
}

/** Somebody's orders, or everybody's, newest first. The index says which; what they say is read from the table. */
export async function list(
  { username, state }: { username?: string | undefined; state?: OrderState | undefined },
  paging: Paging,
): Promise<Page<StoredOrder>> {
  const place = username
    ? ({ index: BY_USER, partition: ['list', ordersOf(username)], newestFirst: true } as const)
    : ({ index: ALL_ORDERS, partition: ['ledger', EVERY_ORDER], newestFirst: true } as const);
  if (!state) {
    const { items, next } = await table.page<Key>({ ...place, ...paging });
    return { items: (await ordersAt(items)).filter((order) => order !== undefined), next };
  }
  return table.sift<Key, StoredOrder>({ ...place, ...paging }, async (keys) =>
    (await ordersAt(keys)).map((order) => (order?.state === state ? order : undefined)),
  );
}

/** What somebody bought, newest first. One query. */
export const purchases = (username: string, paging: Paging): Promise<Page<Purchase>> =>
  table.page({ index: BY_USER, partition: ['list', purchasesOf(username)], newestFirst: true, ...paging });

/** What puts an item, as it was read, into the shard where it belongs among all orders. @throws LostUpdate */
export function migrated(item: Item): Write[] {
  if (item.sk !== 'ORDER') return [];
  const order = item as Item & StoredOrder;
  const place = changesTo(item, placeOf(order));
  return place ? [update(orderKey(order.id), { set: place }, versionIs(order.version, lostUpdate))] : [];
}
