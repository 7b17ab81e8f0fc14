import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, type Listed } from '../kit/api.ts';
import { type Control, controlRow } from '../kit/form-controls.ts';
import { withQuery } from '../kit/page.ts';
import { empty, panel, table } from '../kit/parts.ts';
import { officePage } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';
import { Classes } from '../pages/classes.ts';
import { OWES, PAID, recordPath, Student, stateOf } from './record.ts';

type Students = readonly Student[];

const LIMIT = '50';

const WORDS = {
  title: { fr: 'Élèves', en: 'Students' },
  enrol: { fr: 'Inscrire un élève', en: 'Enrol a student' },
  search: { fr: 'Chercher', en: 'Search' },
  found: { fr: 'Résultats', en: 'Results' },
  none: { fr: 'Personne ne correspond à cette recherche.', en: 'Nobody matches this search.' },
  nobody: { fr: 'Aucun élève n’est encore inscrit.', en: 'No student is enrolled yet.' },
  name: { fr: 'Nom', en: 'Name' },
  class: { fr: 'Classe', en: 'Class' },
  phone: { fr: 'Téléphone', en: 'Phone' },
  state: { fr: 'Situation', en: 'Standing' },
  fees: { fr: 'Frais', en: 'Fees' },
  next: { fr: 'Suite', en: 'Next' },
  first: { fr: 'Début', en: 'First page' },
  more: { fr: 'Suite de la liste', en: 'More of the list' },
  byFirst: { fr: 'Suite des prénoms', en: 'More first names' },
  byLast: { fr: 'Suite des noms', en: 'More last names' },
  restore: { fr: 'Rétablir un élève retiré', en: 'Restore a removed student' },
  import: { fr: 'Importer une liste', en: 'Import a list' },
} satisfies Record<string, Localized>;

const ANY: Localized = { fr: 'Toutes', en: 'All' };

const STATUSES = {
  enrolled: { fr: 'Inscrits', en: 'Enrolled' },
  pending: { fr: 'En attente', en: 'Pending' },
  left: { fr: 'Partis', en: 'Left' },
} satisfies Record<string, Localized>;

const PAYMENTS = {
  false: { fr: 'Doivent quelque chose', en: 'Owe something' },
  true: { fr: 'À jour', en: 'Paid' },
} satisfies Record<string, Localized>;

const choices = (visit: Visit, texts: Readonly<Record<string, Localized>>) => [
  { value: '', text: visit.say(ANY) },
  ...Object.entries(texts).map(([value, text]) => ({ value, text: visit.say(text) })),
];

const CONTROLS = (visit: Visit, classes: readonly string[]): readonly Control[] => [
  {
    name: 'q',
    label: { fr: 'Nom, prénom, téléphone ou matricule', en: 'Last or first name, phone or matricule' },
    as: 'search',
    maxLength: 100,
    autocomplete: 'off',
  },
  {
    name: 'class_name',
    label: WORDS.class,
    maxLength: 100,
    options: classes.map((value) => ({ value, text: value })),
    autocomplete: 'off',
  },
  { name: 'status', label: WORDS.state, as: 'choice', options: choices(visit, STATUSES) },
  { name: 'paid', label: WORDS.fees, as: 'choice', options: choices(visit, PAYMENTS) },
];

/** The filters of the services that a search may mean: digits are a phone or a matricule, words a first or a last name, and what has both may be either. */
export function meaningsOf(q: string): readonly Readonly<Record<string, string>>[] {
  const text = q.trim();
  if (text === '') return [{}];
  if (/^[+(]?[\d\s().-]{6,}$/.test(text) && !/^\d{4}-\d+$/.test(text)) return [{ phone: text }];
  if (/^[\d/-]+$/.test(text)) return [{ matricule: text }];
  const [first = '', ...rest] = text.split(/\s+/);
  const names = [{ last_name: text }, { first_name: text }];
  if (/\d/.test(text)) return [{ matricule: text }, ...names];
  return rest.length > 0 ? [...names, { first_name: first, last_name: rest.join(' ') }] : names;
}

interface Found {
  readonly students: Students;
  /** Where the list goes on: for each of its meanings, the address of the page that follows. */
  readonly more: readonly { readonly path: string; readonly text: string }[];
}

const PAGE = '/portal/students';

/** One of the lists that a search comes to, and the words for where it goes on. */
const asked = (visit: Visit, filters: Readonly<Record<string, string | undefined>>): Promise<Listed<Students>> =>
  visit.api.list(withQuery('/students', { limit: LIMIT, ...filters }), z.array(Student));

async function search(visit: Visit): Promise<Found> {
  const given = (name: string) => visit.query.get(name)?.trim() || undefined;
  const [q, class_name, status, paid] = ['q', 'class_name', 'status', 'paid'].map(given);
  const [only, cursor] = [given('only'), given('cursor')];
  const filters = { class_name, status, paid };
  const all = meaningsOf(q ?? '');
  const meanings = only === undefined ? all : all.filter((one) => Object.keys(one).join() === only);
  const lists = await Promise.all(meanings.map((one) => asked(visit, { ...filters, ...one, cursor })));
  const byId = new Map(lists.flatMap(({ items }) => items).map((one) => [one.id, one]));
  const more = lists.flatMap(({ next }, i) => {
    const kind = Object.keys(meanings[i] ?? {}).join();
    if (!next || kind.includes(',')) return [];
    const text = kind === 'last_name' ? WORDS.byLast : kind === 'first_name' ? WORDS.byFirst : WORDS.next;
    const path = withQuery(PAGE, { q, ...filters, ...(all.length > 1 && { only: kind }), cursor: next });
    return [{ path, text: visit.say(only === undefined ? text : WORDS.next) }];
  });
  return { students: [...byId.values()], more };
}

function results(visit: Visit, { students, more }: Found): Html {
  const isSearch = ['q', 'class_name', 'status', 'paid'].some((name) => visit.query.get(name));
  if (students.length === 0)
    return isSearch
      ? empty(visit.say(WORDS.none))
      : empty(visit.say(WORDS.nobody), { path: visit.to(`${PAGE}/new`), text: visit.say(WORDS.enrol) });
  const columns = (['name', 'class', 'phone', 'state', 'fees'] as const).map((name) => ({
    name: visit.say(WORDS[name]),
  }));
  const rows = students.map((one) => [
    html`<a href="${visit.to(recordPath(one.id))}">${one.name}</a>`,
    one.class_name ?? one.requested_class ?? '–',
    one.phone ?? one.contacts.find(({ phone }) => phone)?.phone ?? '–',
    stateOf(visit, one),
    visit.say(one.paid ? PAID : OWES),
  ]);
  const isFirst = !visit.query.has('cursor');
  const way = !isFirst || more.length > 0;
  return html`${table(visit.say(WORDS.title), columns, rows)}
${way && html`<nav class="pager" aria-label="${visit.say(WORDS.more)}">${!isFirst && html`<a href="${visit.to(PAGE)}">${visit.say(WORDS.first)}</a>`}${more.map(({ path, text }) => html`<a href="${visit.to(path)}">${text}</a>`)}</nav>`}`;
}

/** `/portal/students`: finds one of all by three letters, a phone, a class. */
export const studentsPage = officePage(PAGE, async (visit) => {
  const [found, classes] = await Promise.all([
    attempt(search(visit)),
    attempt(visit.api.get('/classes?limit=200', Classes)),
  ]);
  const title = visit.say(WORDS.title);
  const names = 'value' in classes ? classes.value.map(({ class_name }) => class_name) : [];
  const link = (path: string, text: Localized) =>
    html`<a class="button quiet" href="${visit.to(path)}">${visit.say(text)}</a>`;
  return {
    title,
    body: html`<div class="heading"><h1>${title}</h1><a class="button" href="${visit.to(`${PAGE}/new`)}">${visit.say(WORDS.enrol)}</a></div>
<form class="search" role="search" action="${visit.to(PAGE)}">${CONTROLS(visit, names).map((one) => controlRow(visit, { ...one, bare: true }, visit.query.get(one.name) ?? ''))}<button>${visit.say(WORDS.search)}</button></form>
${panel(visit, { id: 'found', title: visit.say(WORDS.found), outcome: found }, (one) => results(visit, one))}
<p class="actions">${link('/portal/import', WORDS.import)} ${link(`${PAGE}/restore`, WORDS.restore)}</p>`,
  };
});
