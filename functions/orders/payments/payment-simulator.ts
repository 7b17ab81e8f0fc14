import { keyPart } from '../../../platform/base/key-part.ts';
import { type Key, key } from '../../../platform/data/key.ts';
import { AlreadyDone, absent, alreadyDone, put, update } from '../../../platform/data/write.ts';
import { table } from '../table.ts';
import { lastFour, type PaymentMethod } from './payment-method.ts';
import { AnswerLost, type Charge, type ChargeRequest, type Outcome, type PaymentProvider } from './payment-provider.ts';

/** Test cards and what they do. Any other number is declined, so that no real card ever seems to work here. */
const TEST_CARDS: Readonly<Record<string, Outcome | 'answer_lost'>> = {
  '4242424242424242': 'approved',
  '4000000000000002': 'card_declined',
  '4000000000009995': 'insufficient_funds',
  // Charged, but the answer times out.
  '4000000000000119': 'answer_lost',
};

const behaviourOf = (paid: PaymentMethod): Outcome | 'answer_lost' =>
  paid.method === 'card' ? (TEST_CARDS[paid.card.number] ?? 'card_declined') : 'approved';

const chargeKey = (reference: string): Key => ({ pk: key`SIMULATOR#${keyPart(reference)}`, sk: key`CHARGE` });
const refundKey = (reference: string, refund: string): Key => ({
  pk: key`SIMULATOR#${keyPart(reference)}`,
  sk: key`REFUND#${keyPart(refund)}`,
});

/** Keeps a charge unless there is one of that reference. @returns the one that there was */
async function remember(charge: Charge): Promise<Charge | undefined> {
  const kept = chargeKey(charge.reference);
  const written = table.write([put({ ...kept, ...charge, refunded_amount: 0 }, absent(alreadyDone))]).then(() => true);
  return (await written.catch(falseIfDone)) ? undefined : table.get<Charge>(kept);
}

function falseIfDone(error: unknown): false {
  if (error instanceof AlreadyDone) return false;
  throw error;
}

async function charge({ reference, amount, currency, method: paid }: ChargeRequest) {
  const behaviour = behaviourOf(paid);
  const made: Charge = {
    reference,
    outcome: behaviour === 'answer_lost' ? 'approved' : behaviour,
    amount,
    currency,
    method: paid.method,
    card_last4: lastFour(paid),
  };
  const earlier = await remember(made);
  if (earlier) return { charge: earlier, fresh: false };
  if (behaviour === 'answer_lost') throw new AnswerLost();
  return { charge: made, fresh: true };
}

async function close(reference: string): Promise<Charge | undefined> {
  const earlier = await remember({ reference, outcome: 'closed', amount: 0, currency: '', method: 'cash' });
  return earlier?.outcome === 'approved' ? earlier : undefined;
}

async function refund(charged: string, reference: string, amount: number): Promise<void> {
  const known = await table.get<Charge>(chargeKey(charged));
  const withinCharge = {
    when: '#outcome = :approved AND #refunded <= :most',
    names: { '#outcome': 'outcome', '#refunded': 'refunded_amount' },
    values: { ':approved': 'approved', ':most': (known?.amount ?? 0) - amount },
    otherwise: () => new Error('a refund above its charge'),
  };
  const given = table.write([
    put({ ...refundKey(charged, reference), amount }, absent(alreadyDone)),
    update(chargeKey(charged), { add: { refunded_amount: amount } }, withinCharge),
  ]);
  await given.catch(falseIfDone);
}

/** A payment provider that moves no money, with a memory of its own for what it charged. */
export const simulator: PaymentProvider = { charge, close, refund };
