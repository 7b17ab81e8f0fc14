import type { components } from '../../clients/campus.ts';
import type { Api } from '../api/connect.ts';
import { take } from '../api/take.ts';
import { EXIT, Failure } from '../failure.ts';
import { type Language, words } from '../language.ts';
import { column } from '../output/output.ts';

type Ledger = components['schemas']['RegistrationLedger'];

/** A line of an account: what it changed, and what was owed after it. */
interface Line {
  readonly at: string;
  readonly kind: 'fee' | 'waiver' | 'payment' | 'reversal';
  readonly what: string;
  /** More is owed where it is positive, in the currency's smallest unit. */
  readonly amount: number;
  readonly currency: string;
  readonly balance: number;
}

export const LINE = [
  column('at', 'When', 'Quand', 'date'),
  column('kind', 'Kind', 'Nature', 'word'),
  column('what', 'What', 'Objet'),
  column('amount', 'Amount', 'Montant', 'money'),
  column('balance', 'Owed', 'Reste dû', 'money'),
];

const joined = (...parts: readonly (string | undefined | false)[]): string => parts.filter(Boolean).join(' · ');

/** What a student pays to be enrolled has no name in the ledger. */
const ENROLMENT = { en: 'Enrolment', fr: 'Inscription' };

const VOID = { en: 'reversed', fr: 'annulé' };

/**
 * An account as a statement, oldest first. A payment counts as what it settled: in another currency it is another figure.
 */
export function linesOf({ fees, waivers, payments, reversals, currency }: Ledger, language: Language): Line[] {
  const settled = new Map(payments.map(({ id, settles }) => [id, settles]));
  const moves = [
    ...fees.map(({ label, year, amount, ...rest }) => ({
      ...rest,
      kind: 'fee' as const,
      what: joined(label ?? ENROLMENT[language], year),
      amount,
    })),
    ...waivers.map(({ reason, amount, ...rest }) => ({
      ...rest,
      kind: 'waiver' as const,
      what: reason,
      amount: -amount,
    })),
    ...payments.map(({ id, receipt = id, method, reference, reversed, settles, ...rest }) => ({
      ...rest,
      kind: 'payment' as const,
      what: joined(receipt, method, reference, reversed && VOID[language]),
      amount: -settles,
    })),
    ...reversals.map(({ reason, payment_id, amount, ...rest }) => ({
      ...rest,
      kind: 'reversal' as const,
      what: reason,
      amount: settled.get(payment_id) ?? amount,
    })),
  ].toSorted((a, b) => a.at.localeCompare(b.at));
  let balance = 0;
  return moves.map(({ at, kind, what, amount }) => {
    balance += amount;
    return { at, kind, what, amount, currency, balance };
  });
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What a student owes and paid. @throws Refused */
export const ledgerOf = (api: Api, id: number): Promise<Ledger> =>
  take(api.GET('/students/{id}/payments', { params: { path: { id } } }));

/**
 * The id of a payment that people call by the number of its receipt; the last one where they call none.
 * @throws Failure when there is none
 */
export async function paymentOf(api: Api, student: number, called: string | undefined): Promise<string> {
  if (called && UUID.test(called)) return called;
  const { payments } = await ledgerOf(api, student);
  const found = called ? payments.find(({ receipt }) => receipt === called) : payments.at(-1);
  if (found) return found.id;
  throw new Failure(
    called
      ? words(`student ${student} has no receipt ${called}`, `l'étudiant ${student} n'a pas de reçu ${called}`)
      : words(`student ${student} has paid nothing yet`, `l'étudiant ${student} n'a encore rien payé`),
    EXIT.missing,
  );
}

/** The id of a fee that people call by its name; of several of one name, the newest. @throws Failure when there is none */
export async function feeOf(api: Api, student: number, called: string): Promise<string> {
  if (UUID.test(called)) return called;
  const { fees } = await ledgerOf(api, student);
  const found = fees.findLast(({ label }) => label?.toLowerCase() === called.trim().toLowerCase());
  if (found) return found.id;
  throw new Failure(
    words(`student ${student} owes no ${called}`, `l'étudiant ${student} n'a pas de frais « ${called} »`),
    EXIT.missing,
  );
}
