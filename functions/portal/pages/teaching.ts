import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { withQuery } from '../kit/page.ts';
import { sessionIn, type Visit } from '../kit/visit.ts';

/** `GET /classes/{class_name}`, as far as these pages need it. */
export const Class = z.object({
  class_name: z.string(),
  size: z.int(),
  scale: z.number(),
  head_teacher: z.string().optional(),
  members: z.array(z.object({ id: z.int(), name: z.string() })),
  subjects: z
    .array(z.object({ name: z.string(), parent: z.string().optional(), teachers: z.array(z.string()).default([]) }))
    .default([]),
  categories: z.array(z.object({ name: z.string() })).default([]),
  mentions: z.array(z.object({ label: z.string() })).default([]),
});
export type Class = z.output<typeof Class>;

/** `GET /terms`. */
export const Terms = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    starts_on: z.string().optional(),
    ends_on: z.string().optional(),
    parent: z.string().optional(),
    state: z.enum(['open', 'closing', 'closed']).optional(),
    history: z
      .array(z.object({ open: z.boolean(), at: z.string(), class_names: z.array(z.string()).optional() }))
      .default([]),
  }),
);
export type Terms = z.output<typeof Terms>;
export type Term = Terms[number];

const WORDS = {
  parts: { fr: 'Pages de la classe', en: 'Pages of the class' },
  overview: { fr: 'Vue d’ensemble', en: 'Overview' },
  assessments: { fr: 'Évaluations', en: 'Assessments' },
  remarks: { fr: 'Appréciations', en: 'Remarks' },
  council: { fr: 'Conseil de classe', en: 'Class council' },
  cards: { fr: 'Bulletins', en: 'Report cards' },
  terms: { fr: 'Périodes', en: 'Terms' },
} satisfies Record<string, Localized>;

/** The path of a page of a class, whatever is in its name. */
export const classPath = (name: string, rest = ''): string => `/portal/classes/${encodeURIComponent(name)}${rest}`;

/** The class that a page is about, as a service takes it in a path or a query. */
export const classOf = (visit: Visit): string => encodeURIComponent(visit.variables.class ?? '');

/** The id of a term that the address asks for. */
export function termAsked({ query }: Visit): string | undefined {
  const asked = query.get('term');
  return asked && /^[\w-]{1,64}$/.test(asked) ? asked : undefined;
}

/** Whether the class is the visitor's to speak of whole. */
export function isHead(visit: Visit, { head_teacher }: Pick<Class, 'head_teacher'>): boolean {
  const { role, username } = sessionIn(visit);
  return role === 'admin' || head_teacher === username;
}

/** The subjects of a class that are the visitor's; those of a class without a programme are nobody's by name. */
export function subjectsOf(visit: Visit, one: Class): string[] {
  const { username } = sessionIn(visit);
  const mine = isHead(visit, one) ? one.subjects : one.subjects.filter(({ teachers }) => teachers.includes(username));
  return mine.map(({ name }) => name);
}

/** The pages of a class, and which of them this is. */
export function classNav(visit: Visit, one: Class, here: string): Html {
  const parts = [
    ['', WORDS.overview],
    ['/assessments', WORDS.assessments],
    ['/remarks', WORDS.remarks],
    ...(isHead(visit, one)
      ? ([
          ['/council', WORDS.council],
          ['/report-cards', WORDS.cards],
        ] as const)
      : []),
  ] as const;
  const link = ([rest, name]: (typeof parts)[number]) =>
    html`<li><a href="${visit.to(withQuery(classPath(one.class_name, rest), { term: termAsked(visit) }))}"${rest === here && html` aria-current="page"`}>${visit.say(name)}</a></li>`;
  return html`<nav aria-label="${visit.say(WORDS.parts)}"><ul class="tabs">${parts.map(link)}</ul></nav>`;
}

/** The head of a page of a class: its name, and the way to its other pages. */
export const classHead = (visit: Visit, one: Class, here: string, lead?: string): Html =>
  html`<h1>${one.class_name}</h1>${lead && html`<p class="lead">${lead}</p>`}${classNav(visit, one, here)}`;

const latestFirst = (a: Term, b: Term): number => (b.starts_on ?? '').localeCompare(a.starts_on ?? '');

/** The terms that hold marks and have begun, the latest first. */
export function leavesOf(visit: Visit, terms: Terms): Term[] {
  const divided = new Set(terms.map(({ parent }) => parent));
  return terms.filter(({ id, starts_on = '' }) => !divided.has(id) && starts_on <= visit.today).sort(latestFirst);
}

/** The term that a page shows: the one that is asked for, else the one of today, else the last that began. */
export function termShown(visit: Visit, terms: Terms): Term | undefined {
  const asked = termAsked(visit);
  const leaves = leavesOf(visit, terms);
  const now = leaves.find(({ state, ends_on = '9999' }) => state !== 'closed' && ends_on >= visit.today);
  return (asked === undefined ? undefined : terms.find(({ id }) => id === asked)) ?? now ?? leaves[0];
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/\s/g, '');

/** Whether a term is closed for a class: the last of its turns that was about the class says so, else the term itself. */
export function isClosedFor({ state, history }: Term, className: string): boolean {
  const about = history.filter(
    ({ class_names: names }) => names?.some((name) => plain(name) === plain(className)) ?? true,
  );
  const last = about.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1);
  return last ? !last.open : state === 'closed';
}

/** The divided terms without a term above them, which have begun: school years, the latest first. */
export function yearsOf(visit: Visit, terms: Terms): Term[] {
  const divided = new Set(terms.map(({ parent }) => parent));
  const years = terms.filter(
    ({ id, parent, starts_on = '' }) => parent === undefined && divided.has(id) && starts_on <= visit.today,
  );
  return years.sort(latestFirst);
}

/** The leaf of the same year that came before a term. */
export function termBefore(visit: Visit, terms: Terms, { parent, starts_on = '' }: Term): Term | undefined {
  const earlier = leavesOf(visit, terms).filter((one) => one.parent === parent && (one.starts_on ?? '') < starts_on);
  return parent === undefined ? undefined : earlier[0];
}

/** The terms as links, where there are several to choose from. @param kept what else stays in the address */
export function termTabs(
  visit: Visit,
  choices: readonly Term[],
  current: Term | undefined,
  kept: Readonly<Record<string, string | undefined>> = {},
): Html | undefined {
  if (choices.length < 2) return undefined;
  const link = ({ id, name }: Term) =>
    html`<li><a href="${visit.to(withQuery(visit.path, { ...kept, term: id }))}"${id === current?.id && html` aria-current="page"`}>${name}</a></li>`;
  return html`<nav aria-label="${visit.say(WORDS.terms)}"><ul class="tabs">${choices.map(link)}</ul></nav>`;
}
