import type { Write } from '../../platform/data/write.ts';
import type { StoredOrder } from './order.ts';
import { requireMove } from './order-states.ts';
import { changeOrder, ledgerLine, requireOrder } from './order-store.ts';
import { stillOpen } from './ordering.ts';
import type { Means } from './payment.ts';
import { AnswerLost } from './payment-provider.ts';
import { problem } from './problems.ts';
import { openReference, provider, recordPayment } from './settlement.ts';
import { Stale, untilFresh } from './stale.ts';
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
  untilFresh(async () => {
    const order = await stillOpen(await read());
    const { charge: made, fresh } = await charge(order, means);
    if (made.outcome === 'approved') return recordPayment(order, made, along);
    const next = { attempt: order.attempt + 1 };
    if (!fresh) {
      // Another call's refusal, or a closed reference, says nothing about these means: they get a charge of their own.
      await changeOrder(order, next);
      throw new Stale();
    }
    // Whoever moved the order on meanwhile did as much for the next payment.
    await changeOrder(order, next).catch(ignoreStale);
    throw made.outcome === 'insufficient_funds' ? problem.insufficient_funds() : problem.card_declined();
  });

function ignoreStale(error: unknown): void {
  if (!(error instanceof Stale)) throw error;
}

/** Notes a refund; the last of them gives the stock back, which was never shipped. @throws Stale */
function recordRefund(order: StoredOrder, amount: number, by: string, along: Along): Promise<StoredOrder> {
  const refunded_amount = order.refunded_amount + amount;
  const whole = refunded_amount === order.paid_amount;
  const settlement = order.payment ?? { method: 'account' as const };
  const { currency, refunds } = order;
  const change = { refunded_amount, refunds: refunds + 1, state: whole ? ('refunded' as const) : order.state };
  return changeOrder(order, change, (after) => [
    ...(whole ? takeBack(order.items, order) : []),
    ledgerLine(order.id, { kind: 'refund', amount, currency, settlement, by }),
    ...along(after),
  ]);
}

/**
 * Gives money back, all that is left of it unless an amount (in minor units) is said.
 * @throws order_not_found, illegal_transition, refund_above_payment
 */
export const refund = (id: string, amount: number | undefined, by: string, along: Along): Promise<StoredOrder> =>
  untilFresh(async () => {
    const order = await requireOrder(id);
    requireMove(order.state, 'refunded');
    const left = order.paid_amount - order.refunded_amount;
    const wanted = amount ?? left;
    if (wanted > left) throw problem.refund_above_payment();
    const given = await giveBack(order, wanted);
    if (given === wanted) return recordRefund(order, wanted, by, along);
    // The refund under this number was another's, who did not come to note it: note it, then make this one.
    await recordRefund(order, given, by, () => []);
    throw new Stale();
  });

async function giveBack({ id, refunds, payment }: StoredOrder, amount: number): Promise<number> {
  if (!payment?.charge) return amount;
  return provider.refund(payment.charge, `${id}:${refunds + 1}`, amount);
}
