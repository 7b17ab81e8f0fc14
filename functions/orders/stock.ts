import { timestamp } from '../../platform/clock.ts';
import { lostUpdate } from '../../platform/data/optimistic.ts';
import { type Condition, put, update, type Write } from '../../platform/data/write.ts';
import { newId } from '../../platform/ids.ts';
import type { Line } from './order.ts';
import { productKey, type StoredProduct } from './product.ts';

/**
 * What one unit of a movement does to what is in the house (`on_hand`) and to what is promised (`reserved`). What can
 * be bought, `stock`, is the difference.
 */
const EFFECTS = {
  /** A pending order keeps it. */
  reserve: { on_hand: 0, reserved: 1 },
  /** A pending order let go of it. */
  release: { on_hand: 0, reserved: -1 },
  /** A pending order was paid. */
  sell: { on_hand: -1, reserved: -1 },
  /** Bought and paid at once. */
  sell_directly: { on_hand: -1, reserved: 0 },
  /** Paid, never shipped, and refunded whole. */
  take_back: { on_hand: 1, reserved: 0 },
  /** Counted anew by an admin. */
  adjust: { on_hand: 1, reserved: 0 },
} as const;
export type MovementKind = keyof typeof EFFECTS;

/** One line of the ledger of a product's stock: added, never changed. */
export interface Movement {
  readonly kind: MovementKind;
  /** By how much `on_hand` and `reserved` changed. */
  readonly on_hand: number;
  readonly reserved: number;
  readonly order_id?: string;
  /** The username behind it. */
  readonly by: string;
  readonly at: string;
}

/** What a user bought: the same item as the movement that sold it, so that no purchase can lack its movement. */
export interface Purchase extends Movement {
  readonly order_id: string;
  readonly product_id: number;
  readonly name: string;
  readonly price: number;
  readonly currency: string;
  readonly quantity: number;
}

/** The order that a movement is for. */
export interface Cause {
  readonly id: string;
  readonly username: string;
  readonly currency: string;
}

/** The partition of the index in which a user's purchases stand. */
export const purchasesOf = (username: string): string => `PURCHASES#${username}`;

const movement = (productId: number, id: string, line: Movement, more: object = {}): Write =>
  put({ pk: `PRODUCT#${productId}`, sk: `MOVEMENT#${id}`, ...line, ...more });

function move(kind: MovementKind, { product_id, quantity, name, price }: Line, cause: Cause, condition: Condition) {
  const effect = { on_hand: EFFECTS[kind].on_hand * quantity, reserved: EFFECTS[kind].reserved * quantity };
  const id = newId();
  const isSale = kind === 'sell' || kind === 'sell_directly';
  const purchase = { list: purchasesOf(cause.username), seq: id, product_id, name, price, currency: cause.currency };
  return [
    update(
      productKey(product_id),
      { set: { ordered: true }, add: { ...effect, stock: effect.on_hand - effect.reserved, version: 1 } },
      condition,
    ),
    movement(
      product_id,
      id,
      { kind, ...effect, order_id: cause.id, by: cause.username, at: timestamp() },
      isSale ? { ...purchase, quantity } : {},
    ),
  ];
}

/** Only as the product was read, and only as long as there are enough. */
const available = (quantity: number, { revision }: StoredProduct): Condition => ({
  when: '#revision = :read AND #stock >= :wanted',
  names: { '#revision': 'revision', '#stock': 'stock' },
  values: { ':read': revision, ':wanted': quantity },
  otherwise: lostUpdate,
});

/** The order's own condition guards this already; if it ever did not, no stock may be made up. */
const reserved = (quantity: number): Condition => ({
  when: '#reserved >= :held',
  names: { '#reserved': 'reserved' },
  values: { ':held': quantity },
  otherwise: () => new Error('an order holds more than is reserved'),
});

type Products = ReadonlyMap<number, StoredProduct>;

const take = (kind: 'reserve' | 'sell_directly', lines: readonly Line[], products: Products, cause: Cause): Write[] =>
  lines.flatMap((line) => {
    const product = products.get(line.product_id);
    if (!product) throw new Error('a line without its product');
    return move(kind, line, cause, available(line.quantity, product));
  });

/** Keeps these lines for a pending order. The write fails as `LostUpdate` unless all products are as they were read. */
export const reserve = (lines: readonly Line[], products: Products, cause: Cause): Write[] =>
  take('reserve', lines, products, cause);

/** Sells these lines at once. Fails like {@link reserve}. */
export const sellDirectly = (lines: readonly Line[], products: Products, cause: Cause): Write[] =>
  take('sell_directly', lines, products, cause);

/** Lets go of these reserved lines. */
export const release = (lines: readonly Line[], cause: Cause): Write[] =>
  lines.flatMap((line) => move('release', line, cause, reserved(line.quantity)));

/** Sells these reserved lines. */
export const sell = (lines: readonly Line[], cause: Cause): Write[] =>
  lines.flatMap((line) => move('sell', line, cause, reserved(line.quantity)));

/** Takes these sold lines back. */
export const takeBack = (lines: readonly Line[], cause: Cause): Write[] =>
  lines.flatMap((line) =>
    move('take_back', line, cause, {
      when: 'attribute_exists(pk)',
      otherwise: () => new Error('an ordered product is gone'),
    }),
  );

/** The movement of an admin's count; none when nothing changed. The product itself is written by its store. */
export const stockTaking = (productId: number, added: number, by: string): Write[] =>
  added === 0
    ? []
    : [movement(productId, newId(), { kind: 'adjust', on_hand: added, reserved: 0, by, at: timestamp() })];

/** The movement that a product's first stock is. */
export const stockOfNewProduct = ({ id, stock }: StoredProduct, by: string): Write[] => stockTaking(id, stock, by);
