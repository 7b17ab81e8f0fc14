import { dayIn } from '../../../platform/base/day.ts';
import type { Language } from '../../../platform/base/language.ts';
import { type Letterhead, letterhead } from '../../../platform/pdf/letterhead.ts';
import { day, money } from '../../../platform/pdf/written.ts';
import { standingsOf } from '../fees/books.ts';
import { balanceOf, type Entry, linesOf, type Received, sum } from '../fees/ledger.ts';
import type { Account } from '../fees/ledger-store.ts';
import { receiptOf } from '../fees/receipt.ts';
import type { School } from '../school/school.ts';

const FR = {
  kind: 'Reçu de paiement',
  number: (number: string) => `N° ${number}`,
  unnumbered: 'Sans numéro',
  void: (on: string, reason: string) => `Paiement annulé le ${on} : ce reçu est nul. Motif : ${reason}`,
  student: 'Élève',
  class: 'Classe',
  payer: 'Reçu de',
  received_on: 'Reçu le',
  method: 'Mode',
  methods: { card: 'Carte', cash: 'Espèces', transfer: 'Virement', cheque: 'Chèque' } as Readonly<
    Record<string, string>
  >,
  reference: 'Référence',
  amount: 'Montant reçu',
  settles: (amount: string) => `soit ${amount} de ce qui est dû`,
  for: 'Pour',
  covered: 'Réglé',
  left: 'Reste',
  enrolment: 'Frais d’inscription',
  credit: 'Avance',
  balance: (amount: string) => `Reste dû après ce paiement : ${amount}`,
  settled: 'Rien ne reste dû après ce paiement.',
  ahead: (amount: string) => `Avance après ce paiement : ${amount}`,
  note: (on: string, by: string) => `Enregistré le ${on} par ${by}.`,
  signature: 'Cachet et signature',
  page: 'page',
};

type Words = typeof FR;

const EN: Words = {
  kind: 'Receipt',
  number: (number) => `No. ${number}`,
  unnumbered: 'Without a number',
  void: (on, reason) => `Payment reversed on ${on}: this receipt is void. Reason: ${reason}`,
  student: 'Student',
  class: 'Class',
  payer: 'Received from',
  received_on: 'Received on',
  method: 'Method',
  methods: { card: 'Card', cash: 'Cash', transfer: 'Bank transfer', cheque: 'Cheque' },
  reference: 'Reference',
  amount: 'Amount received',
  settles: (amount) => `that is ${amount} of what is owed`,
  for: 'For',
  covered: 'Paid',
  left: 'Left',
  enrolment: 'Enrolment fee',
  credit: 'Paid ahead',
  balance: (amount) => `Still owed after this payment: ${amount}`,
  settled: 'Nothing is owed after this payment.',
  ahead: (amount) => `Paid ahead after this payment: ${amount}`,
  note: (on, by) => `Recorded on ${on} by ${by}.`,
  signature: 'Stamp and signature',
  page: 'page',
};

const WORDS: Readonly<Record<Language, Words>> = { fr: FR, en: EN };

type Fact = readonly [name: string, value: string];

/** A receipt as it is laid out. */
export interface ReceiptPage {
  readonly school: Letterhead;
  readonly kind: string;
  readonly number: string;
  readonly void: string | null;
  readonly facts: readonly Fact[];
  readonly amount_label: string;
  readonly amount: string;
  readonly settles: string | null;
  readonly covered: { readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly balance: string;
  readonly note: string;
  readonly signature: string;
  readonly foot: string;
  readonly page_label: string;
}

/** What of each fee is not covered yet. */
function openOf(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const by = Map.groupBy(standingsOf(entries), ({ fee_id }) => fee_id);
  return new Map([...by].map(([id, some]) => [id, sum(some.map(({ open }) => open))]));
}

/** What a payment went towards: fee by fee, and what of it was left. @param until the ledger up to the payment */
function coveredBy(payment: Received, until: readonly Entry[], words: Words, language: Language) {
  const [before, after] = [openOf(until.filter(({ id }) => id !== payment.id)), openOf(until)];
  const lines = linesOf(until, 'fee').flatMap((fee) => {
    const [was, left] = [before.get(fee.id) ?? 0, after.get(fee.id) ?? 0];
    return was > left ? [{ fee, paid: was - left, left }] : [];
  });
  const ahead = payment.settles - sum(lines.map(({ paid }) => paid));
  const { currency } = balanceOf(until);
  const written = (amount: number) => money(amount, currency, language);
  const rows = lines.map(({ fee, paid, left }) => {
    const name = [fee.label ?? words.enrolment, ...(fee.year === undefined ? [] : [fee.year])].join(' · ');
    return [name, written(paid), written(left)];
  });
  return {
    heads: [words.for, words.covered, words.left],
    rows: ahead > 0 ? [...rows, [words.credit, written(ahead), '']] : rows,
  };
}

function balanceAfter(until: readonly Entry[], words: Words, language: Language): string {
  const { amount, currency } = balanceOf(until);
  if (amount === 0) return words.settled;
  return amount > 0
    ? words.balance(money(amount, currency, language))
    : words.ahead(money(-amount, currency, language));
}

type Receipt = ReturnType<typeof receiptOf>;

function factsOf(receipt: Receipt, words: Words, language: Language): Fact[] {
  const { name, class_name, payer, received_on, method, reference } = receipt;
  const said: (readonly [string, string | undefined])[] = [
    [words.student, name],
    [words.class, class_name],
    [words.payer, payer],
    [words.received_on, received_on && day(received_on, language)],
    [words.method, method && (words.methods[method] ?? method)],
    [words.reference, reference],
  ];
  return said.filter((one): one is Fact => one[1] !== undefined);
}

/** The receipt of a payment as a page: who paid what for whom, what it covered, and what was owed after it. */
export function receiptPage(
  studentId: number,
  payment: Received,
  account: Account,
  school: School,
  language: Language,
): ReceiptPage {
  const words = WORDS[language];
  const receipt = receiptOf(studentId, payment, account);
  const until = account.entries.filter(({ id }) => id <= payment.id);
  const dayOf = (at: string) => day(dayIn(school.time_zone, Date.parse(at)), language);
  const number = receipt.number === undefined ? words.unnumbered : words.number(receipt.number);
  const { settles, reversed } = receipt;
  return {
    school: letterhead(school, language),
    kind: words.kind,
    number,
    void: reversed ? words.void(dayOf(reversed.at), reversed.reason) : null,
    facts: factsOf(receipt, words, language),
    amount_label: words.amount,
    amount: money(receipt.amount, receipt.currency, language),
    settles: settles ? words.settles(money(settles.amount, settles.currency, language)) : null,
    covered: coveredBy(payment, until, words, language),
    balance: balanceAfter(until, words, language),
    note: words.note(dayOf(receipt.at), receipt.recorded_by),
    signature: words.signature,
    foot: `${words.kind} ${number} · ${receipt.payment_id}`,
    page_label: words.page,
  };
}
