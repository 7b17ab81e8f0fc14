import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { minorUnits } from '../kit/amounts.ts';
import { attempt, Refusal } from '../kit/api.ts';
import type { Control } from '../kit/form-controls.ts';
import { formPage, keyOf } from '../kit/form-page.ts';
import { rowsOf, rowValues } from '../kit/form-rows.ts';
import { withQuery } from '../kit/page.ts';
import { table } from '../kit/parts.ts';
import type { Visit } from '../kit/visit.ts';
import { day, money } from '../kit/write.ts';
import { Classes } from '../pages/classes.ts';

const WORDS = {
  title: { fr: 'Ajouter des frais', en: 'Charge a fee' },
  text: {
    fr: 'Chaque élève de la classe aura ces frais. Répéter les mêmes ne les ajoute pas deux fois.',
    en: 'Every student of the class is charged. The same fee again is not charged twice.',
  },
  fees: { fr: 'Frais', en: 'Fees' },
  instalment: { fr: 'Échéance', en: 'Instalment' },
  class: { fr: 'Classe', en: 'Class' },
  students: { fr: 'élèves', en: 'students' },
  due: { fr: 'À payer le', en: 'Due on' },
  amount: { fr: 'Montant', en: 'Amount' },
  total: { fr: 'Total par élève', en: 'Total for each student' },
  noAmount: { fr: 'Écrivez un montant, par exemple 25 000', en: 'Write an amount, for example 25 000' },
} satisfies Record<string, Localized>;

const Terms = z.array(z.object({ name: z.string(), parent: z.string().optional(), open: z.boolean() }));

interface Known {
  readonly classes: z.output<typeof Classes>;
  readonly years: readonly string[];
}

async function known(visit: Visit): Promise<Known> {
  const [classes, terms] = await Promise.all([
    attempt(visit.api.get('/classes?limit=200', Classes)),
    attempt(visit.api.get('/terms?limit=200', Terms)),
  ]);
  const years = 'value' in terms ? terms.value.filter(({ parent }) => parent === undefined) : [];
  return {
    classes: 'value' in classes ? classes.value : [],
    years: years.toSorted((a, b) => Number(b.open) - Number(a.open)).map(({ name }) => name),
  };
}

const COLUMNS = ['amount', 'due_on'] as const;
const LEAST_ROWS = 3;

const typedRows = (visit: Visit) => rowsOf(visit, 'instalments', COLUMNS, []);

/** The instalments in minor units. @throws Refusal at the amount that is none */
function instalmentsIn(visit: Visit) {
  return typedRows(visit).map(({ amount: text = '', due_on = '' }, i) => {
    const amount = minorUnits(text, visit.typed('currency').trim());
    if (amount === undefined) throw Refusal.of(`instalments.${i}.amount`, visit.say(WORDS.noAmount));
    return { amount, due_on };
  });
}

const instalmentControls = (i: number): readonly Control[] => [
  {
    name: `instalments.${i}.amount`,
    label: WORDS.amount,
    bare: true,
    inputMode: 'decimal',
    maxLength: 20,
    autocomplete: 'off',
  },
  { name: `instalments.${i}.due_on`, label: WORDS.due, as: 'date', bare: true },
];

const feeControls = ({ classes, years }: Known): readonly Control[] => [
  {
    name: 'label',
    label: { fr: 'Libellé', en: 'Label' },
    hint: { fr: 'Scolarité, cantine, transport…', en: 'Tuition, canteen, transport…' },
    required: true,
    maxLength: 100,
    autocomplete: 'off',
  },
  {
    name: 'class_name',
    label: WORDS.class,
    required: true,
    maxLength: 100,
    autocomplete: 'off',
    options: classes.map(({ class_name }) => ({ value: class_name, text: class_name })),
  },
  {
    name: 'year',
    label: { fr: 'Année scolaire', en: 'School year' },
    required: true,
    maxLength: 9,
    autocomplete: 'off',
    options: years.map((value) => ({ value, text: value })),
  },
  {
    name: 'currency',
    label: { fr: 'Devise', en: 'Currency' },
    required: true,
    maxLength: 3,
    autocomplete: 'off',
    options: ['XOF', 'XAF', 'EUR'].map((value) => ({ value, text: value })),
  },
];

/** What every student of the class would be charged. */
function checked(visit: Visit, { classes }: Known): Html {
  const [currency, class_name] = [visit.typed('currency').trim(), visit.typed('class_name').trim()];
  const instalments = instalmentsIn(visit);
  const size = classes.find((one) => one.class_name === class_name)?.size;
  const total = instalments.reduce((sum, { amount }) => sum + amount, 0);
  const written = (amount: number) =>
    /^[A-Z]{3}$/.test(currency) ? money(amount, currency, visit.language) : `${amount} ${currency}`;
  const rows = instalments.map(({ amount, due_on }) => [due_on ? day(due_on, visit) : '–', written(amount)]);
  const columns = [{ name: visit.say(WORDS.due) }, { name: visit.say(WORDS.amount), numeric: true }];
  const who = [class_name, size !== undefined && `${size} ${visit.say(WORDS.students)}`].filter(Boolean).join(' · ');
  return html`<p class="lead">${visit.typed('label')} · ${visit.typed('year')}<br>${who}</p>
${table(visit.say(WORDS.title), columns, rows)}<p class="price">${visit.say(WORDS.total)}${visit.colon}${written(total)}</p>`;
}

/** `/portal/fees/new`: what a class is to pay, and when; shown once more before it is done. */
export const chargePage = formPage<Known>({
  path: '/portal/fees/new',
  know: known,
  title: (visit) => visit.say(WORDS.title),
  back: (visit) => ({ path: '/portal/fees', text: visit.say(WORDS.fees) }),
  above: (visit) => html`<p class="lead">${visit.say(WORDS.text)}</p>`,
  groups: (visit, all) => [
    { controls: feeControls(all) },
    ...Array.from({ length: Math.max(LEAST_ROWS, typedRows(visit).length + 1) }, (_, i) => ({
      legend: `${visit.say(WORDS.instalment)} ${i + 1}`,
      row: true,
      controls: instalmentControls(i),
    })),
  ],
  values: (visit, { years }) => ({
    year: years.find((name) => /^20\d\d(-20\d\d)?$/.test(name)) ?? '',
    currency: 'XOF',
    class_name: visit.query.get('class_name') ?? '',
    ...rowValues('instalments', typedRows(visit)),
  }),
  codes: { class_not_found: 'class_name', fee_differs: 'label', other_currency: 'currency' },
  check: checked,
  button: { fr: 'Ajouter ces frais', en: 'Charge this fee' },
  async send(visit) {
    const said = visit.form?.filled('label', 'class_name', 'year', 'currency');
    await visit.api.send('POST', '/fees', { body: { ...said, instalments: instalmentsIn(visit) }, key: keyOf(visit) });
    return { to: withQuery('/portal/fees', { class_name: visit.typed('class_name') }), news: 'fee_charged' };
  },
});
