import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, type Outcome } from '../kit/api.ts';
import { section } from '../kit/parts.ts';
import type { Visit } from '../kit/visit.ts';
import { type Term, termsOf, yearsAmong } from './terms.ts';

const WORDS = {
  steps: { fr: 'Quatre pas jusqu’à la première période', en: 'Four steps to a working term' },
  done: { fr: 'fait', en: 'done' },
  next: { fr: 'à faire', en: 'to do' },
  unknown: { fr: 'ce service ne répond pas', en: 'this service does not answer' },
  work: { fr: 'Le secrétariat', en: 'The school office' },
} satisfies Record<string, Localized>;

/** The pages of the office, each with what it is for. */
const PLACES: readonly { readonly path: string; readonly name: Localized; readonly text: Localized }[] = [
  {
    path: '/portal/students',
    name: { fr: 'Élèves', en: 'Students' },
    text: { fr: 'Chercher, inscrire, encaisser', en: 'Search, enrol, take payments' },
  },
  {
    path: '/portal/students?status=pending',
    name: { fr: 'Inscriptions en attente', en: 'Pending registrations' },
    text: { fr: 'Accepter qui s’est inscrit en ligne', en: 'Accept who registered online' },
  },
  {
    path: '/portal/import',
    name: { fr: 'Importer', en: 'Import' },
    text: { fr: 'Une liste CSV ou Excel', en: 'A CSV or Excel list' },
  },
  {
    path: '/portal/export',
    name: { fr: 'Exporter', en: 'Export' },
    text: { fr: 'Élèves, moyennes, toute l’école', en: 'Students, averages, the whole school' },
  },
  {
    path: '/portal/fees',
    name: { fr: 'Frais', en: 'Fees' },
    text: { fr: 'Ajouter des frais, voir qui doit quoi', en: 'Charge fees, see who owes what' },
  },
  {
    path: '/portal/classes',
    name: { fr: 'Classes', en: 'Classes' },
    text: { fr: 'Moyennes, bulletins, conseil', en: 'Averages, report cards, council' },
  },
  {
    path: '/portal/programme',
    name: { fr: 'Programmes', en: 'Programmes' },
    text: { fr: 'Matières, coefficients, professeurs', en: 'Subjects, coefficients, teachers' },
  },
  {
    path: '/portal/year',
    name: { fr: 'Année scolaire', en: 'School year' },
    text: { fr: 'Périodes, passage, l’école', en: 'Terms, roll-over, the school' },
  },
  {
    path: '/portal/shop',
    name: { fr: 'Boutique', en: 'Shop' },
    text: { fr: 'Articles et commandes', en: 'Articles and orders' },
  },
  {
    path: '/portal/accounts',
    name: { fr: 'Comptes', en: 'Accounts' },
    text: { fr: 'Rôles, blocages', en: 'Roles, blocks' },
  },
  {
    path: '/portal/operations',
    name: { fr: 'État du système', en: 'Is all well' },
    text: { fr: 'Ce qui répond et ce qui ne répond pas', en: 'What answers and what does not' },
  },
];

const School = z.object({ address: z.string().optional(), head_name: z.string().optional() });

interface Step {
  readonly path: string;
  readonly name: Localized;
  /** Whether it is done, as a service says; undefined where none says. */
  readonly done: boolean | undefined;
}

const said = <T>(outcome: Outcome<T>, done: (value: T) => boolean): boolean | undefined =>
  'value' in outcome ? done(outcome.value) : undefined;

const someList = (visit: Visit, path: string): Promise<Outcome<unknown[]>> =>
  attempt(visit.api.get(path, z.array(z.unknown())));

/** Whether a class has a programme or marks in this year. */
async function isTaught(visit: Visit, terms: Outcome<readonly Term[]>): Promise<boolean | undefined> {
  if (!('value' in terms)) return undefined;
  const [year] = yearsAmong(terms.value);
  if (!year || year.id === 'default') return false;
  return said(await someList(visit, `/classes?year=${year.id}&limit=1`), (all) => all.length > 0);
}

/** How far a school is on its way to a term in which marks can be given. */
async function stepsOf(visit: Visit): Promise<Step[]> {
  const [school, terms, students] = await Promise.all([
    attempt(visit.api.get('/school', School)),
    attempt(termsOf(visit)),
    someList(visit, '/students?limit=1'),
  ]);
  return [
    {
      path: '/portal/school',
      name: { fr: 'Décrire l’école', en: 'Describe the school' },
      done: said(school, ({ address }) => address !== undefined),
    },
    {
      path: '/portal/year/new',
      name: { fr: 'Créer l’année et ses périodes', en: 'Create the year and its terms' },
      done: said(terms, (all) => all.some(({ id }) => id !== 'default')),
    },
    {
      path: '/portal/students/new',
      name: { fr: 'Inscrire les élèves', en: 'Enrol the students' },
      done: said(students, (all) => all.length > 0),
    },
    {
      path: '/portal/programme',
      name: { fr: 'Décrire le programme des classes', en: 'Describe the programmes of the classes' },
      done: await isTaught(visit, terms),
    },
  ];
}

function stepLine(visit: Visit, { path, name, done }: Step): Html {
  const state = done === undefined ? WORDS.unknown : done ? WORDS.done : WORDS.next;
  const text = done
    ? html`<span>✓ ${visit.say(name)}</span>`
    : html`<a href="${visit.to(path)}">${visit.say(name)}</a>`;
  return html`<li>${text} <span class="badge${done && ' good'}${done === undefined && ' warning'}">${visit.say(state)}</span></li>`;
}

/** What an admin finds on the start page: the way to a working term until it is gone, and every page of the office. */
export async function officeStart(visit: Visit): Promise<Html> {
  const steps = await stepsOf(visit);
  const list = html`<ol class="lines">${steps.map((step) => stepLine(visit, step))}</ol>`;
  const cards = PLACES.map(
    ({ path, name, text }) =>
      html`<li class="card"><h3><a href="${visit.to(path)}">${visit.say(name)}</a></h3><p class="quiet">${visit.say(text)}</p></li>`,
  );
  return html`${steps.some(({ done }) => done === false) && section('steps', visit.say(WORDS.steps), list)}
${section('office', visit.say(WORDS.work), html`<ul class="cards">${cards}</ul>`)}`;
}
