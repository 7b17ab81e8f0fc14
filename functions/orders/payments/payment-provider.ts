import type { PaymentMethod } from './payment-method.ts';

/** What is to be charged. `reference` makes a charge one: charging it again gives the first outcome. */
export interface ChargeRequest {
  readonly reference: string;
  /** In minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly method: PaymentMethod;
}

/** What became of a reference; `closed` when it was closed before any charge. */
export type Outcome = 'approved' | 'card_declined' | 'insufficient_funds' | 'closed';

/** A charge as the provider remembers it. */
export interface Charge {
  readonly reference: string;
  readonly outcome: Outcome;
  readonly amount: number;
  readonly currency: string;
  readonly method: PaymentMethod['method'];
  readonly card_last4?: string | undefined;
}

/** The provider may have acted, but its answer did not arrive. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost';
  readonly code = 'answer_lost';
}

/** Whoever moves the money. Every call is idempotent by its reference. */
export interface PaymentProvider {
  /**
   * Charges once for each reference.
   * @returns the charge, and whether this very call made it
   * @throws AnswerLost
   */
  charge(request: ChargeRequest): Promise<{ charge: Charge; fresh: boolean }>;
  /** Makes sure that a reference is never charged from now on. @returns the charge, when it already was */
  close(reference: string): Promise<Charge | undefined>;
  /** Gives back part of a charge (in minor units), once for each refund reference. */
  refund(charge: string, reference: string, amount: number): Promise<void>;
}
