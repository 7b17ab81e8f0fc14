import { problem } from '../problems.ts';

/** Every state of an order and where it may go from there. All else is `illegal_transition`. */
export const MOVES = {
  /** Its stock is reserved, its payment awaited. */
  pending: ['paid', 'cancelled', 'expired'],
  /** Its stock is sold. Refunded in part it stays paid. */
  paid: ['shipped', 'refunded'],
  /** On its way, and then there: a parcel may come back. */
  shipped: ['delivered', 'refunded'],
  delivered: ['refunded'],
  /** Given up, or not paid in time: its stock is free again. */
  cancelled: [],
  expired: [],
  /** The whole of the payment was given back. */
  refunded: [],
} as const satisfies Record<string, readonly string[]>;

export type OrderState = keyof typeof MOVES;
export const ORDER_STATES = Object.keys(MOVES) as [OrderState, ...OrderState[]];

/** @throws illegal_transition unless an order may go from the one state to the other */
export function requireMove(from: OrderState, to: OrderState): void {
  if (!(MOVES[from] as readonly OrderState[]).includes(to)) throw problem.illegal_transition();
}
