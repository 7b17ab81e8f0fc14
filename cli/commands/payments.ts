import { take } from '../api/take.ts';
import { command, number, sent, text } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { money } from '../output/shown.ts';
import { done, studentId } from './shared.ts';

const PAYMENT = [
  column('at', 'When', 'Quand', 'time'),
  column('amount', 'Amount', 'Montant', 'money'),
  column('currency', 'Currency', 'Devise'),
  column('method', 'By', 'Moyen'),
  column('reference', 'Reference', 'Référence'),
  column('payer', 'Payer', 'Payeur'),
  column('receipt', 'Receipt', 'Reçu'),
  column('reversed', 'Reversed', 'Annulé', 'yes'),
  column('id', 'Id', 'Id', 'id'),
];

const list = command({
  about: words(
    'The ledger of a student: payments, and what is owed',
    "Le compte d'un étudiant : paiements, et ce qui est dû",
  ),
  answers: 'readPayments',
  args: { id: studentId },
  examples: [['campus payments list 12', words('the balance comes last', 'le solde vient en dernier')]],
  async run({ id }, { api }) {
    const ledger = await take(api.GET('/students/{id}/payments', { params: { path: { id } } }));
    return {
      kind: 'rows',
      items: ledger.payments,
      whole: ledger,
      columns: PAYMENT,
      below: ({ language }) =>
        [
          `${{ en: 'Owed:', fr: 'Reste dû :' }[language]} ${money(ledger.balance, ledger.currency, language)}\n`,
          ledger.overdue > 0 &&
            `${{ en: 'Overdue:', fr: 'En retard :' }[language]} ${money(ledger.overdue, ledger.currency, language)}\n`,
        ]
          .filter(Boolean)
          .join(''),
    };
  },
});

const add = command({
  about: words(
    'Record a payment; without an amount, all that is due',
    'Enregistrer un paiement ; sans montant, tout ce qui est dû',
  ),
  answers: 'confirmPayment',
  args: { id: studentId },
  options: {
    amount: number(
      'AMOUNT',
      words(
        "in the currency's smallest unit: 150000 is 1,500.00 EUR or 150,000 XOF",
        'dans la plus petite unité : 150000 vaut 1 500,00 EUR ou 150 000 XOF',
      ),
    ),
    currency: text('CODE', words('ISO 4217, like XOF', 'ISO 4217, comme XOF')),
    method: text('WORD', words('how it was paid: cash, transfer, cheque…', 'le moyen : cash, transfer, cheque…')),
    reference: text('TEXT', words('number of the cheque or transfer', 'numéro du chèque ou du virement')),
    received_on: text('DATE', words('the day, like 2026-11-26', 'le jour, comme 2026-11-26')),
    payer: text('NAME', words('who paid', 'qui a payé')),
  },
  examples: [
    ['campus payments add 12', words('all that is due', 'tout ce qui est dû')],
    ['campus payments add 12 --amount 25000 --currency XOF --method cash', words('a part of it', 'une partie')],
  ],
  async run({ id, amount, currency, method, ...rest }, { api }) {
    const given = sent({ amount, currency, method, ...rest });
    if (Object.keys(given).length > 0 && (amount === undefined || !currency || !method))
      throw new Misuse(
        words('--amount, --currency and --method belong together', '--amount, --currency et --method vont ensemble'),
      );
    const body = Object.keys(given).length > 0 ? { body: given } : {};
    const item = await take(api.POST('/pay/{student_id}', { params: { path: { student_id: id } }, ...body }));
    return done(`The payment of student ${id} is recorded.`, `Le paiement de l'étudiant ${id} est enregistré.`, {
      item,
    });
  },
});

export const commands = { list, add };
