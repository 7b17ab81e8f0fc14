import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { empty, section, table } from '../kit/parts.ts';
import { officePage } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';
import { day, moment, number } from '../kit/write.ts';
import { branch, type Term, termsOf, yearsAmong } from './terms.ts';

const WORDS = {
  title: { fr: 'Année scolaire', en: 'School year' },
  newYear: { fr: 'Nouvelle année', en: 'New year' },
  newTerm: { fr: 'Ajouter une période', en: 'Add a term' },
  rollover: { fr: 'Passage à l’année suivante', en: 'Roll over to the next year' },
  programme: { fr: 'Programmes des classes', en: 'Programmes of the classes' },
  school: { fr: 'L’école', en: 'The school' },
  term: { fr: 'Période', en: 'Term' },
  dates: { fr: 'Dates', en: 'Dates' },
  weight: { fr: 'Poids', en: 'Weight' },
  state: { fr: 'État', en: 'State' },
  action: { fr: 'Action', en: 'Action' },
  close: { fr: 'Fermer', en: 'Close' },
  reopen: { fr: 'Rouvrir', en: 'Open again' },
  history: { fr: 'Ouvertures et fermetures', en: 'Openings and closings' },
  opened: { fr: 'rouverte', en: 'opened again' },
  shut: { fr: 'fermée', en: 'closed' },
  by: { fr: 'par', en: 'by' },
  none: {
    fr: 'Aucune année n’est encore créée. Les notes se donnent déjà, dans une année ouverte d’une seule période.',
    en: 'No year is set up yet. Marks can be given already, in one open year of a single term.',
  },
} satisfies Record<string, Localized>;

const STATES = {
  open: { fr: 'ouverte', en: 'open' },
  closing: { fr: 'fermeture en cours', en: 'closing' },
  closed: { fr: 'fermée', en: 'closed' },
} satisfies Record<Term['state'], Localized>;

const stateOf = (visit: Visit, { state }: Term): Html =>
  html`<span class="badge${state === 'open' && ' good'}${state === 'closing' && ' warning'}">${visit.say(STATES[state])}</span>`;

function actionOf(visit: Visit, { id, name, state }: Term): Html | string {
  if (id === 'default') return '–';
  const word = state === 'closed' ? WORDS.reopen : WORDS.close;
  const path = `/portal/year/${id}/${state === 'closed' ? 'reopen' : 'close'}`;
  return html`<a href="${visit.to(path)}">${visit.say(word)}<span class="hidden">${visit.colon}${name}</span></a>`;
}

const datesOf = (visit: Visit, { starts_on, ends_on }: Term): string =>
  starts_on && ends_on ? `${day(starts_on, visit)} – ${day(ends_on, visit)}` : '–';

function historyOf(visit: Visit, terms: readonly Term[]): Html | undefined {
  const turns = terms.flatMap(({ name, history }) => history.map((turn) => ({ name, ...turn })));
  if (turns.length === 0) return undefined;
  const lines = turns
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .map(({ name, open, by, at, class_names, reason }) => {
      const what = `${name} ${visit.say(open ? WORDS.opened : WORDS.shut)} ${visit.say(WORDS.by)} ${by}`;
      const more = [class_names?.join(', '), reason].filter(Boolean).join(' · ');
      return html`<li><span>${what}${more && html` <span class="quiet">${more}</span>`}</span> <time class="quiet" datetime="${at}">${moment(at, visit)}</time></li>`;
    });
  return html`<details><summary>${visit.say(WORDS.history)}</summary><ul class="lines">${lines}</ul></details>`;
}

function yearPart(visit: Visit, terms: readonly Term[], year: Term): Html {
  const all = branch(terms, year);
  const columns = [
    { name: visit.say(WORDS.term) },
    { name: visit.say(WORDS.dates) },
    { name: visit.say(WORDS.weight), numeric: true },
    { name: visit.say(WORDS.state) },
    { name: visit.say(WORDS.action) },
  ];
  const rows = all.map(({ term, depth }) => [
    `${'– '.repeat(depth)}${term.name}`,
    datesOf(visit, term),
    number(term.weight, visit.language),
    stateOf(visit, term),
    actionOf(visit, term),
  ]);
  const add =
    year.id !== 'default' &&
    html`<p class="actions"><a class="button quiet" href="${visit.to(`/portal/year/new?parent=${year.id}`)}">${visit.say(WORDS.newTerm)}<span class="hidden">${visit.colon}${year.name}</span></a></p>`;
  return section(
    `year-${year.id}`,
    year.name,
    html`${table(year.name, columns, rows)}${add}${historyOf(
      visit,
      all.map(({ term }) => term),
    )}`,
  );
}

/** `/portal/year`: the school years with their terms, and what is done with them. */
export const yearPage = officePage('/portal/year', async (visit) => {
  const terms = await termsOf(visit);
  const title = visit.say(WORDS.title);
  const link = (path: string, word: Localized) =>
    html`<a class="button quiet" href="${visit.to(path)}">${visit.say(word)}</a>`;
  const years = yearsAmong(terms);
  const next = { path: visit.to('/portal/year/new'), text: visit.say(WORDS.newYear) };
  return {
    title,
    body: html`<div class="heading"><h1>${title}</h1><a class="button" href="${next.path}">${next.text}</a></div>
<p class="actions">${link('/portal/programme', WORDS.programme)} ${link('/portal/year/rollover', WORDS.rollover)} ${link('/portal/school', WORDS.school)}</p>
${years.every(({ id }) => id === 'default') && empty(visit.say(WORDS.none), next)}
${years.map((year) => yearPart(visit, terms, year))}`,
  };
});
