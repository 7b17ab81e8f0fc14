import * as z from 'zod';
import { Card } from '../../../platform/schema/card.ts';

/** How an order can be paid; `account` is what buying an article directly uses: the buyer owes it to the school. */
export const METHODS = ['card', 'cash', 'mobile_money', 'account'] as const;

/** `POST /orders/{id}/payment`. The amount is the order's total: ours to say. */
export const PaymentMethod = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('card'), card: Card }),
  z.strictObject({ method: z.literal('cash') }),
  z.strictObject({ method: z.literal('mobile_money') }),
]);
export type PaymentMethod = z.output<typeof PaymentMethod>;

/** All that may be kept of a card: its last four digits. */
export const lastFour = (paid: PaymentMethod): string | undefined =>
  paid.method === 'card' ? paid.card.number.slice(-4) : undefined;
