import { clock, timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { commit } from '../../../platform/events/commit.ts';
import { type Claim, claimKey } from '../students/uniqueness.ts';
import { table } from '../table.ts';
import { accountsOf, chargedBy, charging } from './charging.ts';
import { linesOf, type Received } from './ledger.ts';
import * as ledger from './ledger-store.ts';
import { nextReceipt } from './receipt-store.ts';

const [CLASS, CHILD] = ['Terminale L2', 'etudiant9@campus.example'];

const DAY_MS = 24 * 3600 * 1000;

const dayFromNow = (days: number): string => new Date(clock.now() + days * DAY_MS).toISOString().slice(0, 10);

/** The school year of a day, which begins in August. */
function schoolYear(day: string): string {
  const year = Number(day.slice(0, 4)) - (day.slice(5, 7) < '08' ? 1 : 0);
  return `${year}-${year + 1}`;
}

const schoolFees = () => ({
  label: 'Scolarité',
  year: schoolYear(dayFromNow(0)),
  class_name: CLASS,
  currency: 'XOF',
  instalments: [
    { amount: 60_000, due_on: dayFromNow(0) },
    { amount: 40_000, due_on: dayFromNow(60) },
  ],
});

const received = (receipt: string): Received => ({
  id: newId(),
  kind: 'payment',
  amount: 75_000,
  currency: 'XOF',
  settles: 75_000,
  method: 'Orange Money',
  reference: 'DEMO-1',
  received_on: dayFromNow(0),
  payer: 'Aminata Gueye',
  receipt,
  recorded_by: 'admin',
  at: timestamp(),
});

/** Pays for the enrolment of the parent's child, and for part of an instalment. */
const payInPart = (id: number) =>
  commit(table, async () => {
    const { student, entries } = await ledger.findWhole(id);
    const { number, writes } = await nextReceipt(dayFromNow(0));
    if (!student || linesOf(entries, 'payment').length > 0) return {};
    const payment = received(number);
    return {
      writes: [...ledger.append({ student, entries }, payment), ...ledger.claimReference(id, payment), ...writes],
    };
  });

/** School fees of one demo class, and a family of it with an overdue instalment. Charged once: its days stay as they were. */
export async function loadDemoFees(): Promise<void> {
  const child = await table.get<Claim>(claimKey('email', CHILD));
  if (!child) return;
  const { entries } = await ledger.find(child.student_id);
  if (linesOf(entries, 'fee').some(({ label }) => label !== undefined)) return;
  const fee = schoolFees();
  const ids = await chargedBy(fee);
  await commit(table, async () => ({ writes: charging(await accountsOf(ids), fee, 'admin').writes }));
  await payInPart(child.student_id);
}
