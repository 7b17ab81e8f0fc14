import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { namedPdfLink, pdfLink } from '../files/link.ts';
import { classFile, SCHOOL_TOP_TEN } from '../files/papers.ts';
import { attempt } from '../kit/api.ts';
import { page, withQuery } from '../kit/page.ts';
import { empty, panel, section, table } from '../kit/parts.ts';
import type { Visit } from '../kit/visit.ts';
import { number } from '../kit/write.ts';
import { Averages, Stats, statsPart } from './class-stats.ts';
import { Class, classHead, classOf, classPath, leavesOf, Terms, termAsked, termShown, termTabs } from './teaching.ts';

export const Classes = z.array(z.object({ class_name: z.string(), size: z.int() }));
type Classes = z.output<typeof Classes>;

const Ranked = z.array(z.object({ rank: z.int(), name: z.string(), average: z.number(), scale: z.number() }));

const WORDS = {
  title: { fr: 'Classes', en: 'Classes' },
  none: { fr: 'Aucune classe n’est encore formée cette année.', en: 'No class is formed yet this year.' },
  year: { fr: 'Cette année', en: 'This year' },
  students: { fr: 'élèves', en: 'students' },
  figures: { fr: 'Moyennes générales', en: 'General averages' },
  noFigures: {
    fr: 'Personne n’a encore de moyenne dans cette période.',
    en: 'Nobody has an average in this term yet.',
  },
  topTen: { fr: 'Les dix premiers', en: 'Top ten' },
  rank: { fr: 'Rang', en: 'Rank' },
  name: { fr: 'Nom', en: 'Name' },
  average: { fr: 'Moyenne', en: 'Average' },
  list: { fr: 'Effectif', en: 'Students' },
  all: { fr: 'Toutes les classes', en: 'All classes' },
  report: { fr: 'Rapport de classe', en: 'Class report' },
  schoolTopTen: { fr: 'Les dix premiers de l’école', en: 'Top ten of the school' },
  head: { fr: 'Professeur principal', en: 'Head teacher' },
} satisfies Record<string, Localized>;

/** Classes as cards, each with the way to its page. */
export const classCards = (visit: Visit, classes: Classes): Html =>
  classes.length === 0
    ? empty(visit.say(WORDS.none))
    : html`<ul class="cards">${classes.map(
        ({ class_name, size }) =>
          html`<li class="card"><h3><a href="${visit.to(classPath(class_name))}">${class_name}</a></h3><p class="quiet">${size} ${visit.say(WORDS.students)}</p></li>`,
      )}</ul>`;

/** `/portal/classes`: the classes that somebody teaches; to an admin all of them. */
export const classesPage = page({
  path: '/portal/classes',
  async get(visit) {
    const title = visit.say(WORDS.title);
    const { items } = await visit.api.list('/classes?limit=200', Classes);
    return {
      title,
      body: html`<h1>${title}</h1>${section('year', visit.say(WORDS.year), classCards(visit, items))}${items.length > 0 && html`<p class="actions">${namedPdfLink(visit, SCHOOL_TOP_TEN, visit.say(WORDS.schoolTopTen))}</p>`}`,
    };
  },
});

function topTenTable(visit: Visit, ranked: z.output<typeof Ranked>, file: string): Html {
  if (ranked.length === 0) return empty(visit.say(WORDS.noFigures));
  const columns = [
    { name: visit.say(WORDS.name) },
    { name: visit.say(WORDS.rank), numeric: true },
    { name: visit.say(WORDS.average), numeric: true },
  ];
  const rows = ranked.map(({ rank, name, average }) => [name, String(rank), number(average, visit.language, 2)]);
  const title = visit.say(WORDS.topTen);
  return html`${table(title, columns, rows)}<p class="actions">${pdfLink(visit, file, title)}</p>`;
}

function membersTable(visit: Visit, { members }: Class, averages: Averages): Html {
  const by = new Map(averages.map(({ student_id, average }) => [student_id, average]));
  const columns = [{ name: visit.say(WORDS.name) }, { name: visit.say(WORDS.average), numeric: true }];
  const rows = members
    .toSorted((a, b) => a.name.localeCompare(b.name, 'fr'))
    .map(({ id, name }) => {
      const average = by.get(id);
      return [
        html`<a href="${visit.to(`/portal/students/${id}`)}">${name}</a>`,
        average === undefined || average === null ? '–' : number(average, visit.language, 2),
      ];
    });
  return rows.length === 0 ? empty(visit.say(WORDS.none)) : table(visit.say(WORDS.list), columns, rows);
}

/** `/portal/classes/{class}`: how a class stands. */
export const classPage = page({
  path: '/portal/classes/{class}',
  async get(visit) {
    const name = classOf(visit);
    const [term, class_asked] = [termAsked(visit), visit.variables.class];
    const [one, terms, stats, ranked, averages] = await Promise.all([
      visit.api.get(`/classes/${name}`, Class),
      attempt(visit.api.get('/terms', Terms)),
      attempt(visit.api.get(withQuery(`/classes/${name}/stats`, { term }), Stats)),
      attempt(visit.api.get(withQuery('/rankings/top10', { class_name: class_asked, term }), Ranked)),
      attempt(visit.api.list(withQuery('/grades', { class_name: class_asked, term, limit: '200' }), Averages)),
    ]);
    const known = 'value' in terms ? terms.value : [];
    const shown = termShown(visit, known);
    const { class_name, head_teacher, size, scale } = one;
    const lead = [
      `${size} ${visit.say(WORDS.students)}`,
      head_teacher && visit.say(WORDS.head) + visit.colon + head_teacher,
    ];
    return {
      title: class_name,
      body: html`<p><a href="${visit.to('/portal/classes')}">${visit.say(WORDS.all)}</a></p>
${classHead(visit, one, '', lead.filter(Boolean).join(' · '))}
${termTabs(visit, leavesOf(visit, known), shown)}
${panel(visit, { id: 'figures', title: visit.say(WORDS.figures), outcome: stats }, (value) => html`${statsPart(visit, value, scale)}<p class="actions">${namedPdfLink(visit, classFile(class_name, 'report', shown?.id), visit.say(WORDS.report))}</p>`)}
<div class="pair"><div>${panel(visit, { id: 'members', title: visit.say(WORDS.list), outcome: averages }, ({ items }) => membersTable(visit, one, items))}</div>
<div>${panel(visit, { id: 'top-ten', title: visit.say(WORDS.topTen), outcome: ranked }, (value) => topTenTable(visit, value, classFile(class_name, 'top-ten', shown?.id)))}</div></div>`,
    };
  },
});
