import { LostUpdate, optimistically } from '../../platform/data/optimistic.ts';
import type { Write } from '../../platform/data/write.ts';
import { type CloudEvent, cloudEvent } from '../../platform/events/cloud-event.ts';
import type { StoredOrder } from './order.ts';
import { requireMove } from './order-states.ts';
import { changeOrder, ledgerLine, requireOrder } from './order-store.ts';
import { stillOpen } from './ordering.ts';
import { outbox, REFUND_DUE } from './outbox.ts';
import type { Means } from './payment.ts';
import { AnswerLost } from './payment-provider.ts';
import { problem } from './problems.ts';
import { openReference, provider, recordPayment } from './settlement.ts';
import { takeBack } from './stock.ts';

type Along = (order: StoredOrder) => readonly Write[];

async function charge(order: StoredOrder, means: Means) {
  const { total: amount, currency } = order;
  return provider.charge({ reference: openReference(order), amount, currency, means }).catch((cause: unknown) => {
    throw cause instanceof AnswerLost ? problem.payment_unconfirmed({ cause }) : cause;
  });
}

/**
 * Pays for a pending order. However often and however many at once, the provider charges once; a charge whose answer
 * was lost is found and recorded.
 * @param read the order, read and judged anew on each attempt
 * @throws illegal_transition, card_declined, insufficient_funds, payment_unconfirmed
 */
export const pay = (read: () => Promise<StoredOrder>, means: Means, along: Along): Promise<StoredOrder> =>
  optimistically(undefined, async () => {
    const order = await stillOpen(await read());
    const { charge: made, fresh } = await charge(order, means);
    if (made.outcome === 'approved') return recordPayment(order, made, along);
    const next = { attempt: order.attempt + 1 };
    if (!fresh) {
      // Another call's refusal, or a closed reference, says nothing about these means: they get a charge of their own.
      await changeOrder(order, next);
      throw new LostUpdate();
    }
    // Whoever moved the order on meanwhile did as much for the next payment.
    await changeOrder(order, next).catch(ignoreLostUpdate);
    throw made.outcome === 'insufficient_funds' ? problem.insufficient_funds() : problem.card_declined();
  });

function ignoreLostUpdate(error: unknown): void {
  if (!(error instanceof LostUpdate)) throw error;
}

/** What is to be given back, in minor units (all that is left when undefined), and the admin who says so. */
interface Refund {
  readonly amount: number | undefined;
  readonly by: string;
}

/**
 * Gives money back; with the last of it goes the stock, which was never shipped. What the order says decides, in one
 * transaction; the provider is told by an event of that transaction, so that neither a crash nor a parcel that leaves
 * meanwhile can part the two.
 * @throws order_not_found, illegal_transition, refund_above_payment
 */
export const refund = (id: string, { amount, by }: Refund, along: Along): Promise<StoredOrder> =>
  optimistically(undefined, async () => {
    const order = await requireOrder(id);
    requireMove(order.state, 'refunded');
    const left = order.paid_amount - order.refunded_amount;
    const given = amount ?? left;
    if (given > left) throw problem.refund_above_payment();
    const whole = given === left;
    const due = refundDue(order, given);
    const change = { refunded_amount: order.refunded_amount + given, refunds: order.refunds + 1 };
    const after = await changeOrder(order, { ...change, ...(whole && { state: 'refunded' }) }, (refunded) => [
      ...(whole ? takeBack(order.items, order) : []),
      refundLine(order, given, by),
      ...due.map((event) => outbox.record(event)),
      ...along(refunded),
    ]);
    await outbox.send(due);
    return after;
  });

const refundLine = ({ id, currency, payment }: StoredOrder, amount: number, by: string): Write =>
  ledgerLine(id, { kind: 'refund', amount, currency, settlement: payment ?? { method: 'account' }, by });

/** Tells the provider of a refund, if it had a part in the payment. Numbered, so that telling it twice is harmless. */
function refundDue({ id, refunds, payment }: StoredOrder, amount: number): CloudEvent[] {
  if (!payment?.charge) return [];
  const data = { charge: payment.charge, reference: `${id}:${refunds + 1}`, amount };
  return [cloudEvent('/campus/orders', REFUND_DUE, id, data)];
}
