import * as z from 'zod';
import { clock, timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { problem as common } from '../../../platform/base/problems.ts';
import type { Caller } from '../../../platform/http/access.ts';
import { Card } from '../../../platform/schema/card.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { Currency, PositiveAmount } from '../../../platform/schema/money.ts';
import { rule } from '../../../platform/schema/rule.ts';
import { line } from '../../../platform/schema/text.ts';
import { problem } from '../problems.ts';
import { charge } from './card-simulator.ts';
import type { Money, Received } from './ledger.ts';

const AMOUNT_MISSING = {
  fr: 'Un paiement dans une autre devise dit son montant',
  en: 'A payment in another currency says its amount',
};

const notReceivedYet = rule('not_received_yet', {
  fr: 'Un paiement se reçoit de 2000 à aujourd’hui',
  en: 'A payment is received between 2000 and today',
});
const cardOnly = rule('card_only', { fr: 'Pour `method: "card"` seulement', en: 'For `method: "card"` only' });

/** Where the day begins first, it begins 14 hours before UTC. */
const EARLIEST_ZONE_MS = 14 * 3600 * 1000;

const today = (): string => new Date(clock.now() + EARLIEST_ZONE_MS).toISOString().slice(0, 10);

/** `POST /pay/{student_id}`, when it has a body: what was received, all that is due unless it says otherwise. */
export const Payment = z
  .strictObject({
    amount: PositiveAmount.optional(),
    currency: Currency.optional(),
    method: line(40).optional(),
    /** Charged here and now, and never kept. */
    card: Card.optional(),
    /** What the payment is called where it was made: no two of one method have the same. */
    reference: line(100).optional(),
    received_on: z.iso
      .date()
      .refine((day) => day >= '2000-01-01' && day <= today(), notReceivedYet)
      .optional(),
    payer: line(200).optional(),
  })
  .refine(({ method, card }) => !card || method === 'card', { ...cardOnly, path: ['card'] });
export type Payment = z.output<typeof Payment>;

/** Whether it is one payment among others, which must be recorded or refused, and not just word that all is paid. */
const isParticular = ({ amount, reference, received_on, payer }: Payment): boolean =>
  [amount, reference, received_on, payer].some((said) => said !== undefined);

/**
 * Only an admin says that money came in, and when. Anybody else pays now, by what the simulation decides.
 * @throws forbidden
 */
function mustBeEntitled({ method, card, received_on }: Payment, caller: Caller): void {
  if (caller.role === 'admin') return;
  const simulated = method === 'transfer' || (method === 'card' && card !== undefined);
  if (!simulated || received_on !== undefined) throw common.forbidden();
}

/** The payment whole, where all that it leaves out is as the balance says. @throws invalid_input */
function completed({ card: _, amount, currency, ...rest }: Payment, due: Money) {
  const foreign = currency !== undefined && currency !== due.currency;
  if (foreign && amount === undefined) throw invalidField('#/amount', 'required', AMOUNT_MISSING);
  return { ...rest, amount: amount ?? due.amount, currency: currency ?? due.currency };
}

/** Only an admin says what was received; a student who could name the price would name a low one. */
function mustBeDue(due: Money, { amount, currency }: Money, caller: Caller): void {
  if (caller.role === 'admin' || (amount === due.amount && currency === due.currency)) return;
  throw invalidField('#/amount', 'not_the_amount_due', {
    fr: `Le montant dû est ${due.amount} ${due.currency}`,
    en: `The amount due is ${due.amount} ${due.currency}`,
  });
}

/**
 * The line that a payment adds to a ledger on which this much is still owed (minor units), once its card was charged;
 * undefined where it names no payment of its own and all is paid already.
 * @throws forbidden; nothing_due when it is more than what is owed; card_declined, insufficient_funds; invalid_input
 */
export function receivedFor(due: Money, payment: Payment, caller: Caller): Received | undefined {
  mustBeEntitled(payment, caller);
  const received = completed(payment, due);
  const settled = due.amount <= 0;
  if (settled && !isParticular(payment)) return undefined;
  // At whatever rate the office took another currency: it settles the rest.
  const settles = received.currency === due.currency ? received.amount : due.amount;
  if (settled || settles > due.amount) throw problem.nothing_due();
  mustBeDue(due, received, caller);
  if (payment.card) charge(payment.card);
  return { id: newId(), kind: 'payment', ...received, settles, recorded_by: caller.username, at: timestamp() };
}
