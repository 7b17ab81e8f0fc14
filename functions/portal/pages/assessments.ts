import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, type Listed } from '../kit/api.ts';
import { page, withQuery } from '../kit/page.ts';
import { empty, panel, table } from '../kit/parts.ts';
import type { Visit } from '../kit/visit.ts';
import { day, moment, number } from '../kit/write.ts';
import { ShownAssessment } from './assessment.ts';
import {
  Class,
  classHead,
  classOf,
  classPath,
  leavesOf,
  subjectsOf,
  Terms,
  termAsked,
  termShown,
  termTabs,
} from './teaching.ts';

const WORDS = {
  title: { fr: 'Évaluations', en: 'Assessments' },
  create: { fr: 'Créer une évaluation', en: 'Create an assessment' },
  none: {
    fr: 'Aucune évaluation dans cette période. Créez-en une pour saisir des notes.',
    en: 'No assessment in this term. Create one to enter marks.',
  },
  name: { fr: 'Évaluation', en: 'Assessment' },
  subject: { fr: 'Matière', en: 'Subject' },
  all: { fr: 'Toutes', en: 'All' },
  date: { fr: 'Date', en: 'Date' },
  outOf: { fr: 'Sur', en: 'Out of' },
  coefficient: { fr: 'Coef.', en: 'Coef.' },
  seen: { fr: 'Familles', en: 'Families' },
  visible: { fr: 'visible', en: 'visible' },
  from: { fr: 'dès le', en: 'from' },
  change: { fr: 'Modifier', en: 'Edit' },
  more: { fr: 'Suite', en: 'Next' },
  bonus: { fr: 'bonus', en: 'bonus' },
  never: { fr: 'ne compte pas', en: 'does not count' },
} satisfies Record<string, Localized>;

const List = z.array(ShownAssessment);

const isHidden = ({ release_at }: ShownAssessment): boolean =>
  release_at !== undefined && Date.parse(release_at) > Date.now();

function rowOf(visit: Visit, className: string, one: ShownAssessment): (Html | string)[] {
  const { id, title, subject, category, counts, out_of, coefficient, date, release_at } = one;
  const { language } = visit;
  const path = classPath(className, `/assessments/${id}`);
  const extra = [category, counts !== 'always' && visit.say(WORDS[counts])].filter(Boolean).join(' · ');
  return [
    html`<a href="${visit.to(path)}">${title}</a>${extra && html` <small>${extra}</small>`}`,
    subject ?? '–',
    date ? day(date, visit) : '–',
    number(out_of, language),
    number(coefficient, language),
    isHidden(one) && release_at
      ? html`<span class="badge warning">${visit.say(WORDS.from)} ${moment(release_at, visit)}</span>`
      : visit.say(WORDS.visible),
    html`<a href="${visit.to(`${path}/edit`)}">${visit.say(WORDS.change)}<span class="hidden">${visit.colon}${title}</span></a>`,
  ];
}

function listTable(visit: Visit, className: string, { items, next }: Listed<ShownAssessment[]>): Html {
  if (items.length === 0) return empty(visit.say(WORDS.none));
  const columns = [
    { name: visit.say(WORDS.name) },
    { name: visit.say(WORDS.subject) },
    { name: visit.say(WORDS.date) },
    { name: visit.say(WORDS.outOf), numeric: true },
    { name: visit.say(WORDS.coefficient), numeric: true },
    { name: visit.say(WORDS.seen) },
    { name: visit.say(WORDS.change) },
  ];
  const newest = items.toSorted((a, b) => (b.date ?? '').localeCompare(a.date ?? '') || b.id.localeCompare(a.id));
  const rows = newest.map((one) => rowOf(visit, className, one));
  const query = { ...Object.fromEntries(visit.query), cursor: next };
  return html`${table(visit.say(WORDS.title), columns, rows)}${next && html`<p class="pager"><a rel="next" href="${visit.to(withQuery(visit.path, query))}">${visit.say(WORDS.more)}</a></p>`}`;
}

/** The subjects of the visitor as links, where there are several. */
function subjectTabs(visit: Visit, one: Class): Html | undefined {
  const names = subjectsOf(visit, one);
  if (names.length < 2) return undefined;
  const here = visit.query.get('subject') ?? undefined;
  const link = (name: string | undefined, text: string) =>
    html`<li><a href="${visit.to(withQuery(visit.path, { term: termAsked(visit), subject: name }))}"${name === here && html` aria-current="page"`}>${text}</a></li>`;
  return html`<nav aria-label="${visit.say(WORDS.subject)}"><ul class="tabs">${link(undefined, visit.say(WORDS.all))}${names.map((name) => link(name, name))}</ul></nav>`;
}

/** `/portal/classes/{class}/assessments`: those of a term, all or of a subject. */
export const assessmentsPage = page({
  path: '/portal/classes/{class}/assessments',
  async get(visit) {
    const subject = visit.query.get('subject') ?? undefined;
    const asked = {
      ...{ class_name: visit.variables.class, term: termAsked(visit), subject, limit: '200' },
      cursor: visit.query.get('cursor') ?? undefined,
    };
    const [one, terms, outcome] = await Promise.all([
      visit.api.get(`/classes/${classOf(visit)}`, Class),
      attempt(visit.api.get('/terms', Terms)),
      attempt(visit.api.list(withQuery('/assessments', asked), List)),
    ]);
    const title = visit.say(WORDS.title);
    const known = 'value' in terms ? terms.value : [];
    const current = termShown(visit, known);
    const create = withQuery(classPath(one.class_name, '/assessments/new'), { subject, term: termAsked(visit) });
    return {
      title: `${title} · ${one.class_name}`,
      body: html`${classHead(visit, one, '/assessments')}
${termTabs(visit, leavesOf(visit, known), current, { subject })}${subjectTabs(visit, one)}
<p class="actions"><a class="button" href="${visit.to(create)}">${visit.say(WORDS.create)}</a></p>
${panel(visit, { id: 'list', title: current ? `${title} · ${current.name}` : title, outcome }, (list) => listTable(visit, one.class_name, list))}`,
    };
  },
});
