import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { shortPdfLink } from '../files/link.ts';
import { receiptFile } from '../files/papers.ts';
import { attempt, type Outcome } from '../kit/api.ts';
import { methodName } from '../kit/card.ts';
import { childSwitcher, familyOf, nobody } from '../kit/children.ts';
import { page, type Screen } from '../kit/page.ts';
import { panel, table } from '../kit/parts.ts';
import { sessionIn, type Visit } from '../kit/visit.ts';
import { day, money } from '../kit/write.ts';
import { debts } from '../office/debts.ts';

const Line = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  at: z.string(),
  label: z.string().optional(),
});

const Instalment = z.object({ amount: z.int(), due_on: z.string(), open: z.int() });

const Payment = Line.extend({
  method: z.string().optional(),
  reference: z.string().optional(),
  receipt: z.string().optional(),
  reversed: z.boolean().default(false),
});
export type Payment = z.output<typeof Payment>;

/** `GET /students/{id}/payments`. */
export const Ledger = z.object({
  fees: z.array(Line.extend({ instalments: z.array(Instalment) })),
  waivers: z.array(Line.extend({ reason: z.string() })),
  payments: z.array(Payment),
  reversals: z.array(Line),
  balance: z.int(),
  overdue: z.int(),
  currency: z.string(),
});
export type Ledger = z.output<typeof Ledger>;

const WORDS = {
  title: { fr: 'Frais de scolarité', en: 'School fees' },
  owed: { fr: 'Reste à payer', en: 'Still to pay' },
  settled: { fr: 'Tout est réglé.', en: 'All is paid.' },
  how: { fr: 'Comment payer', en: 'How to pay' },
  howText: {
    fr: 'Au secrétariat, par mobile money ou par virement, en donnant le nom de l’élève et son numéro',
    en: 'At the school office, by mobile money or by transfer, with the name of the student and their number',
  },
  howAfter: {
    fr: 'Le paiement paraît ici dès que l’école l’a enregistré.',
    en: 'The payment appears here as soon as the school has recorded it.',
  },
  pay: { fr: 'Payer maintenant', en: 'Pay now' },
  who: {
    fr: 'Le paiement en ligne n’est ouvert que depuis le compte de l’élève. Un responsable paie comme il est dit ici, et voit le paiement et le reçu sur cette page.',
    en: 'Paying online is open from the student’s own account only. A guardian pays as said here, and sees the payment and its receipt on this page.',
  },
  receipt: { fr: 'Reçu', en: 'Receipt' },
  lines: { fr: 'Frais et paiements', en: 'Fees and payments' },
  date: { fr: 'Date', en: 'Date' },
  what: { fr: 'Objet', en: 'What' },
  amount: { fr: 'Montant', en: 'Amount' },
  fee: { fr: 'Frais d’inscription', en: 'Enrolment fee' },
  payment: { fr: 'Paiement', en: 'Payment' },
  waiver: { fr: 'Remise', en: 'Waiver' },
  reversal: { fr: 'Paiement annulé', en: 'Payment reversed' },
  overdue: { fr: 'En retard', en: 'Overdue' },
  dates: { fr: 'Échéances', en: 'Due dates' },
  due: { fr: 'À payer le', en: 'Due on' },
} satisfies Record<string, Localized>;

/** What is still owed, large. */
export function balanceCard(visit: Visit, { balance, overdue, currency }: Ledger): Html {
  return html`<div class="card"><h3>${visit.say(WORDS.owed)}</h3><p class="figure">${money(Math.max(0, balance), currency, visit.language)}</p>
${overdue > 0 && html`<p class="badge warning">${visit.say(WORDS.overdue)}${visit.colon}${money(overdue, currency, visit.language)}</p>`}
${balance <= 0 && html`<p class="badge good">${visit.say(WORDS.settled)}</p>`}</div>`;
}

const labelOf = (visit: Visit, { label }: { readonly label?: string | undefined }): string =>
  label ?? visit.say(WORDS.fee);

/** What is still to be paid by which day. */
export function datesOf(visit: Visit, { fees, currency }: Ledger): Html | undefined {
  const open = fees.flatMap((fee) => fee.instalments.map((one) => ({ ...one, what: labelOf(visit, fee) })));
  const rows = open
    .filter((one) => one.open > 0)
    .sort((a, b) => a.due_on.localeCompare(b.due_on))
    .map((one) => [one.what, day(one.due_on, visit), money(one.open, currency, visit.language)]);
  const columns = [
    { name: visit.say(WORDS.what) },
    { name: visit.say(WORDS.due) },
    { name: visit.say(WORDS.owed), numeric: true },
  ];
  return rows.length > 0
    ? html`<h3 class="above">${visit.say(WORDS.dates)}</h3>${table(visit.say(WORDS.dates), columns, rows)}`
    : undefined;
}

/** Every line of the ledger: what they add up to is the balance. */
export function linesOf(visit: Visit, { fees, waivers, payments, reversals }: Ledger): Html {
  const worded = (...words: readonly (string | undefined)[]): string => words.filter(Boolean).join(' · ');
  const entries = [
    ...fees.map((one) => ({ ...one, what: labelOf(visit, one), sign: 1 })),
    ...waivers.map((one) => ({ ...one, what: worded(visit.say(WORDS.waiver), one.reason), sign: -1 })),
    ...payments.map((one) => ({
      ...one,
      what: worded(visit.say(WORDS.payment), one.method && methodName(visit, one.method), one.reference),
      sign: -1,
    })),
    ...reversals.map((one) => ({ ...one, what: visit.say(WORDS.reversal), sign: 1 })),
  ];
  const rows = entries
    .sort((a, b) => a.at.localeCompare(b.at))
    .map(({ at, what, amount, currency, sign }) => [
      what,
      day(at, visit),
      money(sign * amount, currency, visit.language),
    ]);
  const columns = [
    { name: visit.say(WORDS.what) },
    { name: visit.say(WORDS.date) },
    { name: visit.say(WORDS.amount), numeric: true },
  ];
  return table(visit.say(WORDS.lines), columns, rows);
}

/** The ledger of a student. */
export const ledgerOf = (visit: Visit, studentId: number): Promise<Outcome<Ledger>> =>
  attempt(visit.api.get(`/students/${studentId}/payments`, Ledger));

/** The receipts of what was paid, to look at and to keep. */
function receiptsOf(visit: Visit, studentId: number, { payments }: Ledger): Html | undefined {
  if (payments.length === 0) return undefined;
  const items = payments.map(({ id, receipt, at }) => {
    const name = `${visit.say(WORDS.receipt)} ${receipt ?? day(at, visit)}`;
    const path = `/portal/students/${studentId}/payments/${id}/receipt`;
    return html`<li><a href="${visit.to(path)}">${name}</a> ${shortPdfLink(visit, receiptFile(studentId, id), name)}</li>`;
  });
  return html`<ul class="lines">${items}</ul>`;
}

const howToPay = (
  visit: Visit,
  studentId: number,
  own: boolean,
): Html => html`<div class="card"><h3>${visit.say(WORDS.how)}</h3>
<p>${visit.say(WORDS.howText)}${visit.colon}<strong>${studentId}</strong>.</p><p class="quiet">${visit.say(own ? WORDS.howAfter : WORDS.who)}</p></div>`;

const payNow = (visit: Visit): Html =>
  html`<p class="actions"><a class="button" href="${visit.to('/portal/fees/pay')}">${visit.say(WORDS.pay)}</a></p>`;

/** Whether the visitor is the student, who alone pays here; a guardian pays as the school says. */
export async function isTheirs(visit: Visit, studentId: number): Promise<boolean> {
  const outcome = await attempt(visit.api.get(`/students/${studentId}`, z.object({ username: z.string().optional() })));
  return 'value' in outcome && outcome.value.username === sessionIn(visit).username;
}

async function familyFees(visit: Visit): Promise<Screen> {
  const family = await familyOf(visit);
  const { child } = family;
  const title = visit.say(WORDS.title);
  if (!child) return { title, body: html`<h1>${title}</h1>${nobody(visit)}` };
  const [outcome, own] = await Promise.all([ledgerOf(visit, child.id), isTheirs(visit, child.id)]);
  return {
    title: `${title} · ${child.name}`,
    body: html`<h1>${title}</h1>
${await childSwitcher(visit, family)}
${panel(
  visit,
  { id: 'ledger', title: child.name, outcome },
  (ledger) =>
    html`<div class="pair">${balanceCard(visit, ledger)}${ledger.balance > 0 && howToPay(visit, child.id, own)}</div>${own && ledger.balance > 0 && payNow(visit)}${datesOf(visit, ledger)}<h3 class="above">${visit.say(WORDS.lines)}</h3>${linesOf(visit, ledger)}${receiptsOf(visit, child.id, ledger)}`,
)}`,
  };
}

/** `/portal/fees`: what a family owes and has paid; to the office, who owes what. */
export const feesPage = page({
  path: '/portal/fees',
  get: (visit) => (sessionIn(visit).role === 'admin' ? debts(visit) : familyFees(visit)),
});
