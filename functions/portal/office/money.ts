import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { amountIn, amountText, numberFrom } from '../kit/amounts.ts';
import { missing } from '../kit/api.ts';
import { methodOptions } from '../kit/card.ts';
import type { Option } from '../kit/form-controls.ts';
import { formPage, keyOf } from '../kit/form-page.ts';
import type { Visit } from '../kit/visit.ts';
import { day, money } from '../kit/write.ts';
import { Ledger } from '../pages/fees.ts';
import { backToRecord, recordPath, Student, studentIdIn } from './record.ts';

/** A student and what they owe. */
interface Account {
  readonly student: Student;
  readonly ledger: Ledger;
}

async function accountOf(visit: Visit): Promise<Account> {
  const id = studentIdIn(visit);
  const [student, ledger] = await Promise.all([
    visit.api.get(`/students/${id}`, Student),
    visit.api.get(`/students/${id}/payments`, Ledger),
  ]);
  return { student, ledger };
}

const back = (visit: Visit, { student }: Account) => backToRecord(visit, student);

const WORDS = {
  pay: { fr: 'Encaisser un paiement', en: 'Take a payment' },
  owed: { fr: 'Reste à payer', en: 'Still to pay' },
  waive: { fr: 'Accorder une remise', en: 'Grant a waiver' },
  all: { fr: 'Sur l’ensemble', en: 'On everything' },
  reverse: { fr: 'Annuler un paiement', en: 'Reverse a payment' },
  reverseText: {
    fr: 'Le paiement reste dans le registre, avec une ligne contraire. Son reçu dit qu’il est annulé.',
    en: 'The payment stays in the ledger, with a line against it. Its receipt says that it was reversed.',
  },
  enrolment: { fr: 'Frais d’inscription', en: 'Enrolment fee' },
} satisfies Record<string, Localized>;

const owed = (visit: Visit, { ledger, student }: Account) =>
  html`<p class="lead">${student.name}. ${visit.say(WORDS.owed)}${visit.colon}<strong>${money(Math.max(0, ledger.balance), ledger.currency, visit.language)}</strong></p>`;

/** `/portal/students/{id}/pay`: what came in at the counter; all that is owed unless another amount is typed. */
export const payPage = formPage<Account>({
  path: '/portal/students/{id}/pay',
  know: accountOf,
  title: (visit) => visit.say(WORDS.pay),
  back,
  above: owed,
  groups: (visit) => [
    {
      controls: [
        {
          name: 'amount',
          label: { fr: 'Montant reçu', en: 'Amount received' },
          required: true,
          inputMode: 'decimal',
          maxLength: 20,
          autocomplete: 'off',
        },
        {
          name: 'method',
          label: { fr: 'Moyen', en: 'Method' },
          as: 'choice',
          required: true,
          options: methodOptions(visit, ['cash', 'transfer', 'mobile_money']),
        },
        {
          name: 'reference',
          label: { fr: 'Référence', en: 'Reference' },
          hint: { fr: 'Celle du virement, du transfert ou du chèque', en: 'That of the transfer or cheque' },
          maxLength: 100,
          autocomplete: 'off',
        },
        {
          name: 'received_on',
          label: { fr: 'Reçu le', en: 'Received on' },
          hint: { fr: 'Aujourd’hui si vous ne dites rien', en: 'Today if you do not say' },
          as: 'date',
        },
        { name: 'payer', label: { fr: 'Payé par', en: 'Paid by' }, maxLength: 200, autocomplete: 'off' },
      ],
    },
  ],
  values: (_, { ledger }) => ({
    amount: ledger.balance > 0 ? amountText(ledger.balance, ledger.currency) : '',
    method: 'cash',
  }),
  codes: { nothing_due: 'amount', reference_taken: 'reference' },
  button: { fr: 'Enregistrer le paiement', en: 'Record the payment' },
  async send(visit, { student, ledger: { currency } }) {
    const amount = amountIn(visit, 'amount', currency);
    const said = visit.form?.filled('method', 'reference', 'received_on', 'payer');
    const body = { ...said, ...(amount !== undefined && { amount, currency }) };
    await visit.api.send('POST', `/pay/${student.id}`, { body, key: keyOf(visit) });
    return { to: recordPath(student.id), news: 'payment_recorded' };
  },
});

/** The fees on which a waiver may be granted. */
const feesOf = (visit: Visit, { ledger }: Account): Option[] => [
  { value: '', text: visit.say(WORDS.all) },
  ...ledger.fees.map(({ id, label, amount, currency }) => ({
    value: id,
    text: `${label ?? visit.say(WORDS.enrolment)} · ${money(amount, currency, visit.language)}`,
  })),
];

/** `/portal/students/{id}/waive`: an amount or a share that need not be paid, and why. */
export const waivePage = formPage<Account>({
  path: '/portal/students/{id}/waive',
  know: accountOf,
  title: (visit) => visit.say(WORDS.waive),
  back,
  above: owed,
  groups: (visit, known) => [
    {
      controls: [
        {
          name: 'fee_id',
          label: { fr: 'Sur quels frais', en: 'On which fee' },
          as: 'choice',
          options: feesOf(visit, known),
        },
        {
          name: 'amount',
          label: { fr: 'Montant', en: 'Amount' },
          hint: { fr: 'Ou un pourcentage ci-dessous', en: 'Or a percentage below' },
          inputMode: 'decimal',
          maxLength: 20,
          autocomplete: 'off',
        },
        { name: 'percent', label: { fr: 'Pourcentage', en: 'Percentage' }, inputMode: 'decimal', maxLength: 6 },
        {
          name: 'reason',
          label: { fr: 'Raison', en: 'Reason' },
          hint: { fr: 'Bourse, fratrie, décision du…', en: 'Grant, siblings, decision of…' },
          required: true,
          maxLength: 300,
        },
      ],
    },
  ],
  codes: { waiver_above_fee: 'amount', fee_not_found: 'fee_id' },
  button: { fr: 'Accorder la remise', en: 'Grant the waiver' },
  async send(visit, { student, ledger: { currency } }) {
    const [amount, percent] = [amountIn(visit, 'amount', currency), numberFrom(visit, 'percent')];
    const said = visit.form?.filled('fee_id', 'reason');
    const body = { ...said, ...(amount !== undefined && { amount }), ...(percent !== undefined && { percent }) };
    await visit.api.send('POST', `/students/${student.id}/waivers`, { body, key: keyOf(visit) });
    return { to: recordPath(student.id), news: 'waived' };
  },
});

/** The payment of an address. @throws Refusal 404 */
function paymentIn({ variables }: Visit, { ledger }: Account) {
  const payment = ledger.payments.find(({ id }) => id === variables.payment);
  if (!payment) throw missing();
  return payment;
}

/** `/portal/students/{id}/payments/{payment}/reverse`. */
export const reversePage = formPage<Account>({
  path: '/portal/students/{id}/payments/{payment}/reverse',
  know: accountOf,
  title: (visit) => visit.say(WORDS.reverse),
  back,
  above(visit, known) {
    const { amount, currency, method, at } = paymentIn(visit, known);
    const what = [money(amount, currency, visit.language), method, day(at, visit)].filter(Boolean).join(' · ');
    return html`<p class="lead">${known.student.name}${visit.colon}<strong>${what}</strong></p><p>${visit.say(WORDS.reverseText)}</p>`;
  },
  groups: () => [
    { controls: [{ name: 'reason', label: { fr: 'Raison', en: 'Reason' }, required: true, maxLength: 300 }] },
  ],
  button: { fr: 'Annuler le paiement', en: 'Reverse the payment' },
  danger: true,
  async send(visit, known) {
    const { student } = known;
    const path = `/students/${student.id}/payments/${paymentIn(visit, known).id}/reverse`;
    await visit.api.send('POST', path, { body: { reason: visit.typed('reason') }, key: keyOf(visit) });
    return { to: recordPath(student.id), news: 'reversed' };
  },
});
