import { absent, put, update } from '../../platform/data/write.ts';
import { lastFour, type Means } from './payment.ts';
import { AnswerLost, type Charge, type ChargeRequest, type Outcome, type PaymentProvider } from './payment-provider.ts';
import { table } from './table.ts';

/** Test cards and what they do. Any other number is declined, so that no real card ever seems to work here. */
const TEST_CARDS: Readonly<Record<string, Outcome | 'answer_lost'>> = {
  '4242424242424242': 'approved',
  '4000000000000002': 'card_declined',
  '4000000000009995': 'insufficient_funds',
  // Charged, but the answer times out.
  '4000000000000119': 'answer_lost',
};

const behaviourOf = (means: Means): Outcome | 'answer_lost' =>
  means.method === 'card' ? (TEST_CARDS[means.card.number] ?? 'card_declined') : 'approved';

class Existing extends Error {}
const existing = () => new Existing();

const chargeKey = (reference: string) => ({ pk: `SIMULATOR#${reference}`, sk: 'CHARGE' });
const refundKey = (reference: string, refund: string) => ({ pk: `SIMULATOR#${reference}`, sk: `REFUND#${refund}` });

/** Keeps a charge unless there is one of that reference. @returns the one that there was */
async function remember(charge: Charge): Promise<Charge | undefined> {
  const key = chargeKey(charge.reference);
  const written = table.write([put({ ...key, ...charge, refunded_amount: 0 }, absent(existing))]).then(() => true);
  return (await written.catch(falseIfExisting)) ? undefined : table.get<Charge>(key);
}

function falseIfExisting(error: unknown): false {
  if (error instanceof Existing) return false;
  throw error;
}

async function charge({ reference, amount, currency, means }: ChargeRequest) {
  const behaviour = behaviourOf(means);
  const made: Charge = {
    reference,
    outcome: behaviour === 'answer_lost' ? 'approved' : behaviour,
    amount,
    currency,
    method: means.method,
    card_last4: lastFour(means),
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
    put({ ...refundKey(charged, reference), amount }, absent(existing)),
    update(chargeKey(charged), { add: { refunded_amount: amount } }, withinCharge),
  ]);
  await given.catch(falseIfExisting);
}

/** A payment provider that moves no money, with a memory of its own for what it charged. */
export const simulator: PaymentProvider = { charge, close, refund };
