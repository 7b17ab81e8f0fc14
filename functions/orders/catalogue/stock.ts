import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { type KeyPart, keyPart } from '../../../platform/base/key-part.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import { type Condition, lostUpdate, put, update, type Write } from '../../../platform/data/write.ts';
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
  /** Back in the house: refunded before it was shipped, or returned. */
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

/** How many of a product are moved, with the name and price (minor units, each) that they were bought at. */
interface Line {
  readonly product_id: number;
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
}

/** The order that a movement is for. */
export interface Cause {
  readonly id: string;
  readonly username: string;
  readonly currency: string;
}

/** The partition of the index in which a user's purchases stand. */
export const purchasesOf = (username: string): KeyText => key`PURCHASES#${keyPart(username)}`;

const movement = (productId: number, id: KeyPart, line: Movement, more: object = {}): Write =>
  put({ pk: key`PRODUCT#${productId}`, sk: key`MOVEMENT#${id}`, ...line, ...more });

/** One movement of a product's stock; `sold` is the line of the order that it sells. */
interface Part {
  readonly kind: MovementKind;
  readonly quantity: number;
  readonly sold?: Line;
}

const effectOf = ({ kind, quantity }: Part) => ({
  on_hand: EFFECTS[kind].on_hand * quantity,
  reserved: EFFECTS[kind].reserved * quantity,
});

/** What a line that was sold is to its buyer. */
const purchase = ({ product_id, name, price, quantity }: Line, { username, currency }: Cause, seq: KeyPart) => ({
  ...{ list: purchasesOf(username), seq, product_id, name, price, currency, quantity },
});

/** Changes a product's stock by all of the parts at once: a transaction may write an item once only. */
function move(productId: number, parts: readonly Part[], cause: Cause, condition: Condition): Write[] {
  const effects = parts.map(effectOf);
  const on_hand = effects.reduce((sum, effect) => sum + effect.on_hand, 0);
  const reserved = effects.reduce((sum, effect) => sum + effect.reserved, 0);
  const add = { on_hand, reserved, stock: on_hand - reserved, version: 1 };
  return [
    update(productKey(productId), { set: { ordered: true }, add }, condition),
    ...parts.map((part) => {
      const id = newId();
      const line = { kind: part.kind, ...effectOf(part), order_id: cause.id, by: cause.username, at: timestamp() };
      return movement(productId, id, line, part.sold && purchase(part.sold, cause, id));
    }),
  ];
}

/** Only as the product was read, and only as long as there are enough. */
function available(quantity: number, product: StoredProduct | undefined): Condition {
  if (!product) throw new Error('a line without its product');
  return {
    when: '#revision = :read AND #stock >= :wanted',
    names: { '#revision': 'revision', '#stock': 'stock' },
    values: { ':read': product.revision, ':wanted': quantity },
    otherwise: lostUpdate,
  };
}

/** The order's own condition guards this already; if it ever did not, no stock may be made up. */
const reserved = (quantity: number): Condition => ({
  when: '#reserved >= :held',
  names: { '#reserved': 'reserved' },
  values: { ':held': quantity },
  otherwise: () => new Error('an order holds more than is reserved'),
});

const stillThere: Condition = {
  when: 'attribute_exists(pk)',
  otherwise: () => new Error('an ordered product is gone'),
};

type Products = ReadonlyMap<number, StoredProduct>;

/** How many of one product. */
export interface Amount {
  readonly product_id: number;
  readonly quantity: number;
}

/** How many there are of each product: it may stand in several lines, one for each price. */
export function amountsIn(lines: readonly Amount[]): Map<number, number> {
  const amounts = new Map<number, number>();
  for (const { product_id, quantity } of lines) amounts.set(product_id, (amounts.get(product_id) ?? 0) + quantity);
  return amounts;
}

const eachProduct = (lines: readonly Amount[], writes: (id: number, quantity: number) => Write[]): Write[] =>
  [...amountsIn(lines)].flatMap(([id, quantity]) => writes(id, quantity));

/** The lines of one product, as sold. */
const sales = (kind: 'sell' | 'sell_directly', lines: readonly Line[], id: number): Part[] =>
  lines.filter(({ product_id }) => product_id === id).map((sold) => ({ kind, quantity: sold.quantity, sold }));

/** Keeps these for a pending order. The write fails as `LostUpdate` unless all products are as they were read. */
export const reserve = (lines: readonly Amount[], products: Products, cause: Cause): Write[] =>
  eachProduct(lines, (id, quantity) =>
    move(id, [{ kind: 'reserve', quantity }], cause, available(quantity, products.get(id))),
  );

/** Lets go of these, which were reserved. */
export const release = (lines: readonly Amount[], cause: Cause): Write[] =>
  eachProduct(lines, (id, quantity) => move(id, [{ kind: 'release', quantity }], cause, reserved(quantity)));

/** Sells these reserved lines. */
export const sell = (lines: readonly Line[], cause: Cause): Write[] =>
  eachProduct(lines, (id, quantity) => move(id, sales('sell', lines, id), cause, reserved(quantity)));

/**
 * Sells these lines at once, and lets go of what was reserved before. Fails like {@link reserve}.
 * @param held what the order has reserved
 */
export const sellDirectly = (
  lines: readonly Line[],
  products: Products,
  cause: Cause,
  held: readonly Amount[] = [],
): Write[] => {
  const before = amountsIn(held);
  const nothing = [...before.keys()].map((product_id) => ({ product_id, quantity: 0 }));
  return eachProduct([...lines, ...nothing], (id, quantity) => {
    const had = before.get(id) ?? 0;
    const parts = sales('sell_directly', lines, id);
    if (had > 0) parts.push({ kind: 'release', quantity: had });
    const lacking = quantity - had;
    return move(id, parts, cause, lacking > 0 ? available(lacking, products.get(id)) : reserved(had));
  });
};

/** Takes these sold lines back. */
export const takeBack = (lines: readonly Line[], cause: Cause): Write[] =>
  eachProduct(lines, (id, quantity) => move(id, [{ kind: 'take_back', quantity }], cause, stillThere));

/** The movement of an admin's count; none when nothing changed. The product itself is written by its store. */
export const stockTaking = (productId: number, added: number, by: string): Write[] =>
  added === 0
    ? []
    : [movement(productId, newId(), { kind: 'adjust', on_hand: added, reserved: 0, by, at: timestamp() })];

/** The movement that a product's first stock is. */
export const stockOfNewProduct = ({ id, stock }: StoredProduct, by: string): Write[] => stockTaking(id, stock, by);
