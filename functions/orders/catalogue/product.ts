import * as z from 'zod';
import { key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import { Currency } from '../../../platform/schema/money.ts';
import { line, paragraph } from '../../../platform/schema/text.ts';

/** The price of one, in minor units; 0 is free. An order of 25 lines of 1,000 each stays well inside a JavaScript integer. */
const Price = z.int().min(0).max(100_000_000);

/** The currency of a price that names none: the CFA franc, which has no minor unit. */
const DEFAULT_CURRENCY = 'XOF';

/** How many of a product there are to sell. */
const Stock = z.int().min(0).max(1_000_000);

/** `POST /products`. */
export const NewProduct = z.strictObject({
  name: line(120),
  description: paragraph(2000).optional(),
  category: line(60).optional(),
  price: Price,
  currency: Currency.default(DEFAULT_CURRENCY),
  stock: Stock.default(0),
});
export type NewProduct = z.output<typeof NewProduct>;

/** `PUT /products/{id}`: the whole product, save that stock and retirement stay as they are where they are left out. */
export const ProductReplacement = NewProduct.extend({ stock: Stock.optional(), active: z.boolean().optional() });
export type ProductReplacement = z.output<typeof ProductReplacement>;

/** A product (*article*) as anybody sees it; `stock` is what can still be bought. */
export const Product = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string().optional(),
  category: z.string().optional(),
  price: z.int(),
  currency: z.string(),
  stock: z.int(),
  active: z.boolean(),
});

/**
 * A product as it is stored. `on_hand` = `stock` + `reserved` always: DynamoDB cannot compute in a condition, so the
 * difference is kept.
 */
export interface StoredProduct extends z.output<typeof Product> {
  readonly on_hand: number;
  readonly reserved: number;
  /** Whether any order ever held it: it can then only be retired. */
  readonly ordered?: boolean;
  /** Grows with every change of what is offered (name, price, …) but not of the stock: what a buyer agreed to. */
  readonly revision: number;
  /** Grows with every change. */
  readonly version: number;
}

/**
 * A product once these words replaced what it said of itself; stock and retirement stay where they are left out.
 */
export function replaced(before: StoredProduct, replacement: ProductReplacement): StoredProduct {
  const { stock = before.stock, active = before.active, ...offer } = replacement;
  return {
    ...before,
    description: undefined,
    category: undefined,
    ...offer,
    active,
    stock,
    on_hand: before.on_hand + stock - before.stock,
    revision: before.revision + 1,
    version: before.version + 1,
  };
}

export const productKey = (id: number): Key => ({ pk: key`PRODUCT#${id}`, sk: key`PRODUCT` });
