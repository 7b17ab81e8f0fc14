import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import type { Control, Option } from '../kit/form-controls.ts';
import { formPage } from '../kit/form-page.ts';
import { rowsOf, rowValues } from '../kit/form-rows.ts';
import type { Visit } from '../kit/visit.ts';
import { Classes } from '../pages/classes.ts';
import { termsOf, yearsAmong } from './terms.ts';

const OUTCOMES = {
  promoted: { fr: 'passent', en: 'promoted' },
  repeats: { fr: 'redoublent', en: 'repeating' },
  conditional: { fr: 'passent sous condition', en: 'promoted conditionally' },
  leaves: { fr: 'quittent l’école', en: 'leaving' },
} satisfies Record<string, Localized>;
type Outcome = keyof typeof OUTCOMES;

const Passage = z.object({
  id: z.int(),
  name: z.string(),
  class_name: z.string().optional(),
  outcome: z.enum(['promoted', 'repeats', 'conditional', 'leaves']).optional(),
  to: z.string().optional(),
  done: z.boolean(),
});

const Result = z.object({
  complete: z.boolean(),
  students: z.array(Passage),
  without_move: z.array(z.object({ class_name: z.string(), students: z.int() })),
  open_terms: z.array(z.object({ name: z.string() })),
});
type Result = z.output<typeof Result>;

const WORDS = {
  title: { fr: 'Passage à l’année suivante', en: 'Roll over to the next year' },
  text: {
    fr: 'Dites où va chaque classe. La page suivante montre ce que devient chaque élève ; rien ne change avant que vous confirmiez.',
    en: 'Say where each class goes. The next page shows what becomes of every student; nothing changes before you confirm.',
  },
  year: { fr: 'Année scolaire', en: 'School year' },
  except: { fr: 'Exceptions', en: 'Exceptions' },
  nobody: { fr: 'Personne ne change de classe.', en: 'Nobody changes class.' },
  stay: { fr: 'Ces classes restent comme elles sont', en: 'These classes stay as they are' },
  openTerms: {
    fr: 'À fermer d’abord, sinon le passage sera refusé',
    en: 'To be closed first, or the roll-over is refused',
  },
  students: { fr: 'élèves', en: 'students' },
  council: { fr: 'Selon le conseil de classe', en: 'As the class council decided' },
  noClass: { fr: 'sans classe', en: 'no class' },
} satisfies Record<string, Localized>;

interface Known {
  readonly classes: z.output<typeof Classes>;
  readonly years: readonly string[];
}

async function known(visit: Visit): Promise<Known> {
  const [classes, terms] = await Promise.all([visit.api.get('/classes?limit=200', Classes), termsOf(visit)]);
  return { classes: classes.filter(({ size }) => size > 0), years: yearsAmong(terms).map(({ name }) => name) };
}

const MOVE = ['class_name', 'to', 'leaves'] as const;
const RULING = ['id', 'outcome', 'class_name'] as const;
const SPARE = 3;

const moveRows = (visit: Visit, { classes }: Known) =>
  rowsOf(
    visit,
    'moves',
    MOVE,
    classes.map(({ class_name }) => ({ class_name })),
  );

const rulingRows = (visit: Visit) => rowsOf(visit, 'students', RULING, []);

const moveControls = (i: number, options: readonly Option[]): readonly Control[] => [
  {
    name: `moves.${i}.class_name`,
    label: { fr: 'Classe', en: 'Class' },
    maxLength: 100,
    bare: true,
    autocomplete: 'off',
  },
  {
    name: `moves.${i}.to`,
    label: { fr: 'va en', en: 'goes to' },
    maxLength: 100,
    bare: true,
    options,
    autocomplete: 'off',
  },
  { name: `moves.${i}.leaves`, label: { fr: 'a fini : quitte l’école', en: 'has finished: leaves' }, as: 'tick' },
];

const rulingControls = (visit: Visit, i: number): readonly Control[] => [
  {
    name: `students.${i}.id`,
    label: { fr: 'Numéro de l’élève', en: 'Number of the student' },
    inputMode: 'numeric',
    maxLength: 15,
    bare: true,
  },
  {
    name: `students.${i}.outcome`,
    label: { fr: 'Décision', en: 'Decision' },
    as: 'choice',
    bare: true,
    options: [
      { value: '', text: visit.say(WORDS.council) },
      ...Object.entries(OUTCOMES).map(([value, text]) => ({ value, text: visit.say(text) })),
    ],
  },
  {
    name: `students.${i}.class_name`,
    label: { fr: 'Classe', en: 'Class' },
    maxLength: 100,
    bare: true,
    autocomplete: 'off',
  },
];

/** What is asked for: a class that neither goes anywhere nor has finished stays as it is. */
function bodyOf(visit: Visit, all: Known): Record<string, unknown> {
  const moves = moveRows(visit, all).filter(({ to, leaves }) => to || leaves);
  return {
    from: visit.typed('from'),
    to: visit.typed('to'),
    moves: moves.map(({ class_name, to, leaves }) => ({ class_name, to: leaves ? null : to })),
    students: rulingRows(visit).map(({ id = '', ...said }) => ({ id: Number(id), ...said })),
  };
}

/** Students by what becomes of them: of one class, in one way, into one class. */
function groupsOf(students: Result['students']): [string, string, Outcome | undefined, string[]][] {
  const groups = new Map<string, [string, string, Outcome | undefined, string[]]>();
  for (const { name, class_name = '', outcome, to = '' } of students) {
    const key = [class_name, outcome, to].join('\0');
    const group = groups.get(key) ?? [class_name, to, outcome, []];
    group[3].push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function outcomes(visit: Visit, { students, without_move, open_terms }: Result): Html {
  const parts = groupsOf(students).map(([class_name, to, outcome, names]) => {
    const way = [class_name || visit.say(WORDS.noClass), to].filter(Boolean).join(' → ');
    const what = `${names.length} ${outcome ? visit.say(OUTCOMES[outcome]) : visit.say(WORDS.students)}`;
    return html`<section class="card"><h2>${way}</h2><p class="quiet">${what}</p><p>${names.join(', ')}</p></section>`;
  });
  const stay = without_move.map(({ class_name, students: count }) => `${class_name} (${count})`).join(', ');
  return html`${open_terms.length > 0 && html`<p class="news warning">${visit.say(WORDS.openTerms)}${visit.colon}${open_terms.map(({ name }) => name).join(', ')}</p>`}
${parts.length > 0 ? html`<div class="stack all">${parts}</div>` : html`<p class="empty">${visit.say(WORDS.nobody)}</p>`}
${stay && html`<p>${visit.say(WORDS.stay)}${visit.colon}${stay}</p>`}`;
}

/** A whole school takes its time; where it takes longer, the same form goes on where it was broken off. */
const PATIENCE_MS = 25_000;

async function ask(visit: Visit, all: Known, query: string): Promise<Result> {
  const body = bodyOf(visit, all);
  return Result.parse(await visit.api.send('POST', `/students/rollover${query}`, { body, patience: PATIENCE_MS }));
}

const yearControls = ({ years }: Known): readonly Control[] => {
  const options = years.map((value) => ({ value, text: value }));
  return [
    {
      name: 'from',
      label: { fr: 'De l’année', en: 'From the year' },
      required: true,
      maxLength: 9,
      options,
      autocomplete: 'off',
    },
    {
      name: 'to',
      label: { fr: 'À l’année', en: 'To the year' },
      required: true,
      maxLength: 9,
      options,
      autocomplete: 'off',
    },
  ];
};

/** `/portal/year/rollover`: its dry run lists every student; then the button does it. */
export const rolloverPage = formPage<Known>({
  path: '/portal/year/rollover',
  wide: true,
  know: known,
  title: (visit) => visit.say(WORDS.title),
  back: (visit) => ({ path: '/portal/year', text: visit.say(WORDS.year) }),
  above: (visit) => html`<p class="lead">${visit.say(WORDS.text)}</p>`,
  groups(visit, all) {
    const options = all.classes.map(({ class_name }) => ({ value: class_name, text: class_name }));
    const rulings = rulingRows(visit).length + SPARE;
    return [
      { controls: yearControls(all) },
      ...moveRows(visit, all).map(({ class_name = '' }, i) => ({
        legend: class_name,
        row: true,
        controls: moveControls(i, options),
      })),
      ...Array.from({ length: rulings }, (_, i) => ({
        legend: `${visit.say(WORDS.except)} ${i + 1}`,
        row: true,
        controls: rulingControls(visit, i),
      })),
    ];
  },
  values: (visit, all) => ({
    from: all.years[0] ?? '',
    ...rowValues('moves', moveRows(visit, all)),
    ...rowValues('students', rulingRows(visit)),
  }),
  check: async (visit, all) => outcomes(visit, await ask(visit, all, '?dry_run=true')),
  button: { fr: 'Faire passer ces élèves', en: 'Roll these students over' },
  async send(visit, all) {
    const { complete } = await ask(visit, all, '');
    return complete
      ? { to: '/portal/year', news: 'rolled_over' }
      : { to: '/portal/year/rollover', news: 'rollover_unfinished' };
  },
});
