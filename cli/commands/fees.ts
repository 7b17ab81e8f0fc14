import { download } from '../api/download.ts';
import { listed, take } from '../api/take.ts';
import { command, many, number, optional, sent, text, type Value, whole } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { money } from '../output/shown.ts';
import { feeOf, LINE, ledgerOf, linesOf, paymentOf } from './ledger.ts';
import { className, done, PAGES, studentId, YES } from './shared.ts';

const DEBT = [
  column('student_id', 'No.', 'N°', 'number'),
  column('name', 'Name', 'Nom'),
  column('class_name', 'Class', 'Classe'),
  column('due', 'Due', 'Dû', 'money'),
  column('since', 'Since', 'Depuis', 'date'),
  column('balance', 'Owed in all', 'Reste dû en tout', 'money'),
];

const RECEIPT = [
  column('number', 'Receipt', 'Reçu'),
  column('name', 'Student', 'Étudiant'),
  column('class_name', 'Class', 'Classe'),
  column('amount', 'Amount', 'Montant', 'money'),
  column('method', 'By', 'Moyen'),
  column('reference', 'Reference', 'Référence'),
  column('received_on', 'Received on', 'Reçu le', 'date'),
  column('payer', 'Payer', 'Payeur'),
  column('recorded_by', 'Recorded by', 'Enregistré par'),
  column('at', 'Recorded', 'Enregistré', 'time'),
  column('reversed.at', 'Void since', 'Annulé le', 'time'),
  column('reversed.reason', 'Because', 'Motif'),
];

const UNITS = words(
  "in the currency's smallest unit: 150000 is 1,500.00 EUR or 150,000 XOF",
  'dans la plus petite unité : 150000 vaut 1 500,00 EUR ou 150 000 XOF',
);
const currencyCode = text('CODE', words('ISO 4217, like XOF', 'ISO 4217, comme XOF'));
const payment = text(
  'RECEIPT',
  words('the number of its receipt, or its id', 'le numéro de son reçu, ou son identifiant'),
);
const reason = text('TEXT', words('why; it is kept', 'pourquoi ; la raison est gardée'));

/** @throws Misuse where a reason is missing: the ledger keeps one */
function mustHave(given: string | undefined): asserts given is string {
  if (!given) throw new Misuse(words('--reason is missing', '--reason manque'));
}

/** `60000@2026-10-05`: an amount, and the day by which it is due. */
const instalment: Value<{ amount: number; due_on: string }> = {
  shown: 'AMOUNT@DATE',
  about: words(
    'a part of it and the day by which it is due, like 60000@2026-10-05; may be repeated',
    'une part et le jour où elle est due, comme 60000@2026-10-05 ; peut se répéter',
  ),
  read: (given) => {
    const [, amount, due_on] = /^(\d{1,13})@(\d{4}-\d\d-\d\d)$/.exec(given.trim()) ?? [];
    if (!amount || !due_on) throw new Misuse(words(`${given} is not AMOUNT@DATE`, `${given} n'est pas MONTANT@DATE`));
    return { amount: Number(amount), due_on };
  },
};

const levy = command({
  about: words(
    'Charge a class or some students with a fee; nobody is charged twice with the same',
    'Facturer des frais à une classe ou à des étudiants ; personne ne les doit deux fois',
  ),
  answers: 'chargeFee',
  args: { label: text('LABEL', words('what it is for', 'pour quoi')) },
  options: {
    year: text('YEAR', words('the school year, like 2026-2027', "l'année scolaire, comme 2026-2027")),
    class: text('CLASS', className),
    student: many(
      whole('ID', words('only these students; may be repeated', 'seulement ces étudiants ; peut se répéter')),
    ),
    currency: currencyCode,
    instalment: many(instalment),
  },
  examples: [
    [
      'campus fees levy Scolarité --year 2026-2027 --class "4e A" --currency XOF --instalment 60000@2026-10-05 --instalment 40000@2027-01-05',
      words(
        'in two parts; again, it charges who joined since',
        'en deux parts ; une seconde fois, pour qui est arrivé depuis',
      ),
    ],
  ],
  async run({ label, year, class: class_name, student, currency, instalment: instalments }, { api }) {
    if (!year || !currency || !instalments)
      throw new Misuse(
        words('--year, --currency and --instalment are needed', '--year, --currency et --instalment sont nécessaires'),
      );
    if (!class_name === !student)
      throw new Misuse(words('either --class or --student says whom', 'soit --class soit --student dit à qui'));
    const whom = sent({ class_name, student_ids: student && [...student] });
    const item = await take(
      api.POST('/fees', { body: { label, year, currency, instalments: [...instalments], ...whom } }),
    );
    return done(
      `${label}: ${item.charged} charged, ${item.already} had it already.`,
      `${label} : ${item.charged} facturés, ${item.already} l'étaient déjà.`,
      { item },
    );
  },
});

const due = command({
  about: words('Who owes what on a day', 'Qui doit quoi, tel jour'),
  answers: 'listDebts',
  options: {
    class: text('CLASS', className),
    on: text('DATE', words('the day (today)', "le jour (aujourd'hui)")),
    ...PAGES,
  },
  examples: [
    ['campus fees due', words('the longest due first', "le plus ancien d'abord")],
    [
      'campus fees due --class "4e A" --all --csv > due.csv',
      words('of a class, for letters', "d'une classe, pour un publipostage"),
    ],
  ],
  async run({ class: class_name, on, ...wanted }, { api }) {
    const filters = sent({ class_name, on });
    const found = await listed(wanted, (page) => api.GET('/fees/due', { params: { query: { ...filters, ...page } } }));
    return { kind: 'rows', ...found, columns: DEBT };
  },
});

const ledger = command({
  about: words(
    'The ledger of a student: fees, waivers, payments, and what is owed after each',
    "Le compte d'un étudiant : frais, remises, paiements, et ce qui est dû après chacun",
  ),
  answers: 'readPayments',
  args: { id: studentId },
  examples: [['campus fees ledger 12', words('the balance comes last', 'le solde vient en dernier')]],
  async run({ id }, { api, terminal }) {
    const whole = await ledgerOf(api, id);
    return {
      kind: 'rows',
      items: linesOf(whole, terminal.language),
      whole,
      columns: LINE,
      below: ({ language }) =>
        [
          `${{ en: 'Owed:', fr: 'Reste dû :' }[language]} ${money(whole.balance, whole.currency, language)}\n`,
          whole.overdue > 0 &&
            `${{ en: 'Overdue:', fr: 'En retard :' }[language]} ${money(whole.overdue, whole.currency, language)}\n`,
        ]
          .filter(Boolean)
          .join(''),
    };
  },
});

const pay = command({
  about: words(
    'Record a payment; without an amount, all that is due',
    'Enregistrer un paiement ; sans montant, tout ce qui est dû',
  ),
  answers: 'confirmPayment',
  args: { id: studentId },
  options: {
    amount: number('AMOUNT', UNITS),
    currency: currencyCode,
    method: text('WORD', words('how it was paid: cash, transfer, cheque…', 'le moyen : cash, transfer, cheque…')),
    reference: text('TEXT', words('number of the cheque or transfer', 'numéro du chèque ou du virement')),
    received_on: text('DATE', words('the day, like 2026-11-26', 'le jour, comme 2026-11-26')),
    payer: text('NAME', words('who paid', 'qui a payé')),
  },
  examples: [
    ['campus fees pay 12', words('all that is due', 'tout ce qui est dû')],
    ['campus fees pay 12 --amount 25000 --currency XOF --method cash', words('a part of it', 'une partie')],
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

const waive = command({
  about: words(
    'Waive what a student need not pay: of one fee, or of all that is owed',
    "Accorder une remise à un étudiant : sur des frais, ou sur tout ce qu'il doit",
  ),
  answers: 'grantWaiver',
  args: { id: studentId },
  options: {
    amount: number('AMOUNT', UNITS),
    percent: number('N', words('or a part of it, in percent', 'ou une part, en pour cent')),
    fee: text(
      'LABEL',
      words('one fee, by its name; else all that is owed', 'des frais, par leur nom ; sinon tout ce qui est dû'),
    ),
    reason,
  },
  examples: [
    ['campus fees waive 12 --percent 50 --reason Bourse', words('half of what is owed', 'la moitié de ce qui est dû')],
  ],
  async run({ id, fee, amount, percent, reason }, { api }) {
    mustHave(reason);
    if ((amount === undefined) === (percent === undefined))
      throw new Misuse(words('either --amount or --percent says how much', 'soit --amount soit --percent dit combien'));
    const fee_id = fee && (await feeOf(api, id, fee));
    const body = { reason, ...sent({ fee_id, amount, percent }) };
    const item = await take(api.POST('/students/{id}/waivers', { params: { path: { id } }, body }));
    const shown = (language: 'en' | 'fr') => money(item.amount, item.currency, language);
    return done(`Student ${id} need not pay ${shown('en')}.`, `Remise de ${shown('fr')} à l'étudiant ${id}.`, {
      item,
      id: item.id,
    });
  },
});

const reverse = command({
  about: words(
    'Reverse a payment that was a mistake, or did not come in: its receipt is void, once and for all',
    "Annuler un paiement erroné ou impayé : son reçu n'est plus valable, définitivement",
  ),
  answers: 'reversePayment',
  args: { id: studentId, payment },
  options: { reason, ...YES },
  examples: [
    ['campus fees reverse 12 2026-000005 --reason "Chèque sans provision"', words('asks first', "demande d'abord")],
  ],
  async run({ id, payment, reason, yes }, { api, confirm }) {
    mustHave(reason);
    if (!yes)
      await confirm(
        words(`Reverse payment ${payment} of student ${id}?`, `Annuler le paiement ${payment} de l'étudiant ${id} ?`),
      );
    const path = { id, payment_id: await paymentOf(api, id, payment) };
    const item = await take(
      api.POST('/students/{id}/payments/{payment_id}/reverse', { params: { path }, body: { reason } }),
    );
    return done('The payment is reversed.', 'Le paiement est annulé.', { item, id: item.id });
  },
});

const receipt = command({
  about: words(
    'The receipt of a payment; without one, of the last',
    "Le reçu d'un paiement ; sans précision, du dernier",
  ),
  answers: 'readReceipt',
  args: { id: studentId, payment: optional(payment) },
  options: { pdf: text('FILE', words('write it as PDF into a file', "l'écrire en PDF dans un fichier")) },
  examples: [['campus fees receipt 12', words('of the last payment', 'du dernier paiement')]],
  async run({ id, payment, pdf }, office) {
    const { api } = office;
    const payment_id = await paymentOf(api, id, payment);
    const path = { id, payment_id };
    if (pdf) {
      const query = { lang: office.terminal.language };
      const params = { path, query };
      await download(office, pdf, () =>
        api.GET('/students/{id}/payments/{payment_id}/receipt.pdf', { params, parseAs: 'stream' }),
      );
    }
    const item = await take(api.GET('/students/{id}/payments/{payment_id}/receipt', { params: { path } }));
    return { kind: 'card', item, columns: RECEIPT };
  },
});

export const commands = { levy, due, ledger, pay, waive, reverse, receipt };
