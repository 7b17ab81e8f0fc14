import { roundedQuotient } from '../../../platform/base/decimal.ts';
import type { Books, Owed, Student } from '../students/student.ts';
import { balanceOf, type Entry, enrolmentFee, type Fee, type Instalment, type Ledger, linesOf, sum } from './ledger.ts';

/** An instalment, and how much of it neither a waiver nor a payment covers. */
interface Standing extends Instalment {
  readonly fee_id: string;
  readonly open: number;
}

/** The instalments of a fee; one without any is due as it is charged, on that day in UTC. */
const instalmentsOf = ({ instalments, amount, at }: Fee): readonly Instalment[] =>
  instalments ?? [{ amount, due_on: at.slice(0, 10) }];

/** What was waived of a fee itself. */
export const waivedOf = (fee: Fee, entries: readonly Entry[]): number =>
  sum(linesOf(entries, 'waiver').flatMap(({ fee_id, amount }) => (fee_id === fee.id ? [amount] : [])));

/**
 * What a waiver leaves of each instalment of its fee: it lowers all of them in proportion. What the first n come to is
 * lowered and rounded, so that the parts lose exactly what was waived.
 */
function lowered(fee: Fee, waived: number): number[] {
  let before = 0;
  let taken = 0;
  return instalmentsOf(fee).map(({ amount }) => {
    before += amount;
    const upToHere = roundedQuotient(BigInt(before) * BigInt(waived), BigInt(fee.amount));
    const left = amount - (upToHere - taken);
    taken = upToHere;
    return left;
  });
}

/** What covers instalments whichever they are: payments that stand, and waivers of what is owed in all. */
function creditIn(entries: readonly Entry[]): number {
  const paid = sum(linesOf(entries, 'payment').map(({ settles }) => settles));
  const reversed = sum(linesOf(entries, 'reversal').map(({ amount }) => amount));
  const waived = sum(linesOf(entries, 'waiver').flatMap(({ fee_id, amount }) => (fee_id ? [] : [amount])));
  return paid - reversed + waived;
}

const byDay = (a: { due_on: string }, b: { due_on: string }): number =>
  a.due_on < b.due_on ? -1 : Number(a.due_on > b.due_on);

/** Every instalment, by the day on which it is due: what came in covers the oldest first. */
export function standingsOf(entries: readonly Entry[]): Standing[] {
  let credit = creditIn(entries);
  const all = linesOf(entries, 'fee').flatMap((fee) => {
    const left = lowered(fee, waivedOf(fee, entries));
    return instalmentsOf(fee).map((one, i) => ({ ...one, fee_id: fee.id, left: left[i] ?? 0 }));
  });
  return all.toSorted(byDay).map(({ left, ...one }) => {
    const covered = Math.min(credit, left);
    credit -= covered;
    return { ...one, open: left - covered };
  });
}

/** What of these is due by a day. */
export const dueBy = (day: string, owed: readonly Owed[]): number =>
  sum(owed.flatMap(({ due_on, amount }) => (due_on <= day ? [amount] : [])));

const openOf = (standings: readonly Standing[]): Owed[] =>
  standings.flatMap(({ due_on, open }) => (open > 0 ? [{ due_on, amount: open }] : []));

/** What is said on a student's record of the lines of their ledger. */
export function booksOf(entries: readonly Entry[]): { balance: number; paid: boolean; books: Books } {
  const { amount: balance, currency } = balanceOf(entries);
  const owed = [...Map.groupBy(openOf(standingsOf(entries)), ({ due_on }) => due_on)].map(([due_on, some]) => ({
    due_on,
    amount: sum(some.map(({ amount }) => amount)),
  }));
  return { balance, paid: balance <= 0, books: { lines: entries.length, currency, owed } };
}

/**
 * What a student still owes. Their record says so, of one moment with the version that guards it; the lines have the word
 * only where the record is from before it had a balance.
 */
export function dueFrom({ balance }: Student, entries: readonly Entry[]) {
  const { amount, currency } = balanceOf(entries);
  return { amount: balance ?? amount, currency };
}

/** In what currency a student owes; records of older versions know one only. */
export const currencyOf = ({ books }: Student): string => books?.currency ?? enrolmentFee().currency;

/** The ledger of a student as others see it on a day. */
export function ledgerOf(student_id: number, entries: readonly Entry[], on: string): (typeof Ledger)['_zod']['input'] {
  const { balance, paid, books } = booksOf(entries);
  const standings = Map.groupBy(standingsOf(entries), ({ fee_id }) => fee_id);
  const reversals = linesOf(entries, 'reversal');
  const reversed = new Set(reversals.map(({ payment_id }) => payment_id));
  return {
    student_id,
    fees: linesOf(entries, 'fee').map((fee) => ({ ...fee, instalments: standings.get(fee.id) ?? [] })),
    waivers: linesOf(entries, 'waiver'),
    payments: linesOf(entries, 'payment').map((one) => ({ ...one, reversed: reversed.has(one.id) })),
    reversals,
    balance,
    currency: books.currency,
    paid,
    overdue: dueBy(on, books.owed),
    on,
  };
}
