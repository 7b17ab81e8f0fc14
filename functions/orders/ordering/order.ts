import * as z from 'zod';
import { timestamp } from '../../../platform/base/clock.ts';
import type { Change } from '../../../platform/events/commit.ts';
import { ok } from '../../../platform/http/answer.ts';
import { Uuid } from '../../../platform/schema/identifiers.ts';
import { rule } from '../../../platform/schema/rule.ts';
import { METHODS } from '../payments/payment-method.ts';
import { ORDER_STATES } from './order-states.ts';

/** The most lines of an order: each writes two items, and a DynamoDB transaction holds a hundred. */
const MOST_LINES = 25;

/** The most lines, of all prices, that an order may come to have: paying writes an item for each, and one an article. */
export const MOST_PRICES = 60;

/** How many of one article may be bought at once. */
export const Quantity = z.int().min(1).max(1000);

/** A product's id in a body: a whole number, nothing that could be read as one. */
export const ArticleId = z.int().min(1);

const WantedLine = z.strictObject({ product_id: ArticleId, quantity: Quantity.default(1) });
export type WantedLine = z.output<typeof WantedLine>;

const repeatedProduct = rule('repeated_product', {
  fr: 'Chaque article ne paraît qu’une fois ; donnez sa quantité',
  en: 'Each article appears once; give its quantity',
});

/** What an order is to hold, for `POST /orders` and `PUT /orders/{id}`. Prices are ours to say. */
export const Wanted = z.strictObject({
  items: z
    .array(WantedLine)
    .min(1)
    .max(MOST_LINES)
    .refine((lines) => new Set(lines.map(({ product_id }) => product_id)).size === lines.length, repeatedProduct),
});

/** One article of an order at one price (in minor units, each), which with its name is frozen when it was put there. */
export const Line = z.object({ product_id: z.int(), name: z.string(), price: z.int(), quantity: z.int() });
export type Line = z.output<typeof Line>;

export const OrderPath = z.object({ id: Uuid });

/** An order as its owner and admins see it; amounts in minor units of its currency. */
export const Order = z.object({
  id: z.string(),
  username: z.string(),
  state: z.enum(ORDER_STATES),
  items: z.array(Line),
  total: z.int(),
  currency: z.string(),
  paid_amount: z.int(),
  refunded_amount: z.int(),
  payment: z.object({ method: z.enum(METHODS), card_last4: z.string().optional() }).optional(),
  /** Whether what was sold is back in stock; absent while nothing was given back. */
  restocked: z.boolean().optional(),
  /** Until when the stock of a pending order is kept. */
  reserved_until: z.iso.datetime().optional(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});

/** How an order was paid; `charge` is the provider's reference, absent where no provider had a part. */
export interface Settlement {
  readonly method: (typeof METHODS)[number];
  readonly card_last4?: string | undefined;
  readonly charge?: string;
}

/** An order as it is stored. */
export interface StoredOrder extends z.output<typeof Order> {
  readonly payment?: Settlement | undefined;
  /** The number of the charge that a payment would make now; grows when that one can no longer succeed. */
  readonly attempt: number;
  /** Whether it counts against the limits of its buyer; orders of older versions never did. */
  readonly counted?: true;
  /** How many refunds there were. */
  readonly refunds: number;
  readonly version: number;
}

export const totalOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);

/** What may change of an order. */
type Changeable = Partial<
  Pick<
    StoredOrder,
    | 'state'
    | 'items'
    | 'total'
    | 'currency'
    | 'paid_amount'
    | 'refunded_amount'
    | 'payment'
    | 'attempt'
    | 'refunds'
    | 'restocked'
  >
>;

/** An order as it stands after a change; only a pending one keeps its stock. */
export function changed(before: StoredOrder, change: Changeable): StoredOrder {
  const after = { ...before, ...change, updated_at: timestamp(), version: before.version + 1 };
  return { ...after, reserved_until: after.state === 'pending' ? before.reserved_until : undefined };
}

/** A change of an order: what is written and told, and the order as it then stands. */
export interface OrderChange extends Change {
  readonly order: StoredOrder;
}

/** A change that is answered with the order as it then stands. */
export const showing = ({ order, ...change }: OrderChange) => ({
  ...change,
  answer: ok(order, { etag: order.version }),
});
