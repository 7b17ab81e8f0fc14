import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt } from '../kit/api.ts';
import { tokenField } from '../kit/frame.ts';
import { page, type Screen, withQuery } from '../kit/page.ts';
import { empty, panel, table } from '../kit/parts.ts';
import {
  aroundRows,
  asksForRows,
  type Fate,
  fateCell,
  fatesSaid,
  hiddenCells,
  rowsAttributes,
  rowsTold,
  type SentRow,
  sentRows,
} from '../kit/saved-rows.ts';
import type { Visit } from '../kit/visit.ts';
import { number } from '../kit/write.ts';
import { Averages, Stats, statsPart } from './class-stats.ts';
import { enterLines, typedOver, waitingRows } from './lines.ts';
import {
  Class,
  classHead,
  classOf,
  leavesOf,
  subjectsOf,
  type Term,
  Terms,
  termAsked,
  termShown,
  termTabs,
} from './teaching.ts';

const Remarks = z.array(
  z.object({ student_id: z.int(), name: z.string(), text: z.string().nullable(), version: z.int() }),
);
type Remarks = z.output<typeof Remarks>;

const WORDS = {
  title: { fr: 'Appréciations', en: 'Remarks' },
  lead: {
    fr: 'Une phrase par élève, pour le bulletin. Chacune s’enregistre dès que vous la quittez.',
    en: 'A sentence for each student, for the report card. Each is saved as you leave it.',
  },
  subjects: { fr: 'Matières', en: 'Subjects' },
  student: { fr: 'Élève', en: 'Student' },
  general: { fr: 'Moyenne générale', en: 'General average' },
  remark: { fr: 'Appréciation', en: 'Remark' },
  state: { fr: 'État', en: 'State' },
  save: { fr: 'Enregistrer les appréciations', en: 'Save the remarks' },
  none: { fr: 'Personne ne suit cette matière dans la classe.', en: 'Nobody takes this subject in the class.' },
  noSubject: {
    fr: 'Cette classe n’a pas encore de programme, ou vous n’y enseignez aucune matière : l’administration le prépare.',
    en: 'This class has no programme yet, or you teach no subject in it: the school office prepares it.',
  },
  figures: { fr: 'La classe en', en: 'The class in' },
  nothing: { fr: 'rien', en: 'nothing' },
} satisfies Record<string, Localized>;

const NAMES = ['text'] as const;

const cellsOf = ({ text }: Pick<Remarks[number], 'text'>) => ({ text: text ?? '' });

/** The subject that is asked for, else the first of the visitor's. */
const subjectShown = (visit: Visit, one: Class): string | undefined => {
  const names = subjectsOf(visit, one);
  return names.find((name) => name === visit.query.get('subject')) ?? names[0];
};

function subjectTabs(visit: Visit, one: Class, current: string): Html | undefined {
  const names = subjectsOf(visit, one);
  const link = (name: string) =>
    html`<li><a href="${visit.to(withQuery(visit.path, { term: termAsked(visit), subject: name }))}"${name === current && html` aria-current="page"`}>${name}</a></li>`;
  return names.length < 2
    ? undefined
    : html`<nav aria-label="${visit.say(WORDS.subjects)}"><ul class="tabs">${names.map(link)}</ul></nav>`;
}

/** What is shown, and what was typed over it. */
interface Typed extends Over {
  readonly about: Readonly<Record<string, string | undefined>>;
}

interface Over {
  readonly typed: readonly SentRow[];
  readonly fates: ReadonlyMap<number, Fate>;
}

async function remarksForm(
  visit: Visit,
  remarks: Remarks,
  averages: ReadonlyMap<number, number | null>,
  { typed, fates, about }: Typed,
): Promise<Html> {
  if (remarks.length === 0) return empty(visit.say(WORDS.none));
  const columns = [
    { name: visit.say(WORDS.student) },
    { name: visit.say(WORDS.general), numeric: true },
    { name: visit.say(WORDS.remark) },
    { name: visit.say(WORDS.state) },
  ];
  const rows = typedOver(remarks, cellsOf, typed, fates).map(({ row, standing }) => {
    const average = averages.get(row.id);
    return [
      row.name,
      typeof average === 'number' ? number(average, visit.language, 2) : '–',
      html`<textarea name="text-${row.id}" rows="2" maxlength="1000" aria-label="${row.name}, ${visit.say(WORDS.remark)}" aria-describedby="fate-${row.id}">${row.cells.text}</textarea>${hiddenCells(row, cellsOf(standing))}`,
      fateCell(visit, row),
    ];
  });
  const action = withQuery(visit.path, about);
  return html`${fates.size > 0 && html`<p class="news" role="status">${fatesSaid(visit, fates)}</p>`}
<form class="rows wide" method="post" action="${visit.to(action)}" ${rowsAttributes(visit, { about: Object.values(about).join(' ') })}>${tokenField(await visit.formToken())}
${table(visit.say(WORDS.title), columns, rows)}<p class="actions"><button>${visit.say(WORDS.save)}</button></p></form>${await aroundRows(visit)}`;
}

const pathOf = (visit: Visit, subject: string, term: Term | undefined, rest = ''): string =>
  withQuery(`/classes/${classOf(visit)}/${rest}`, {
    subject,
    term: term?.id,
    ...(rest === 'remarks' && { limit: '200' }),
  });

const NOTHING: Over = { typed: [], fates: new Map() };

async function screen(visit: Visit, over = NOTHING): Promise<Screen> {
  const [one, terms] = await Promise.all([
    visit.api.get(`/classes/${classOf(visit)}`, Class),
    visit.api.get('/terms', Terms),
  ]);
  const [title, term, subject] = [visit.say(WORDS.title), termShown(visit, terms), subjectShown(visit, one)];
  const head = html`${classHead(visit, one, '/remarks')}${termTabs(visit, leavesOf(visit, terms), term, { subject })}`;
  if (!subject) return { title, body: html`${head}${empty(visit.say(WORDS.noSubject))}` };
  const [stats, remarks, averages] = await Promise.all([
    attempt(visit.api.get(pathOf(visit, subject, term, 'stats'), Stats)),
    visit.api.get(pathOf(visit, subject, term, 'remarks'), Remarks),
    attempt(
      visit.api.get(withQuery('/grades', { class_name: one.class_name, term: term?.id, limit: '200' }), Averages),
    ),
  ]);
  const known = 'value' in averages ? averages.value : [];
  const by = new Map(known.map(({ student_id, average }) => [student_id, average]));
  const form = await remarksForm(visit, remarks, by, { ...over, about: { subject, term: term?.id } });
  return {
    title: `${title} · ${one.class_name}`,
    ...(remarks.length > 0 && { script: 'grid.js' }),
    body: html`${head}${subjectTabs(visit, one, subject)}
<h2 class="above">${title} · ${subject}</h2><p class="quiet">${visit.say(WORDS.lead)}</p>${form}
${panel(visit, { id: 'figures', title: `${visit.say(WORDS.figures)} ${subject}`, outcome: stats }, (value) => statsPart(visit, value, one.scale))}`,
  };
}

async function enter(visit: Visit, rows: readonly SentRow[]): Promise<ReadonlyMap<number, Fate>> {
  const subject = visit.query.get('subject') ?? '';
  return enterLines(visit, {
    path: withQuery(`/classes/${classOf(visit)}/remarks`, { subject, term: termAsked(visit) }),
    rows,
    line: ({ text = '' }) => ({ text: text.trim() || null }),
    hint: WORDS.nothing,
    cells: ({ text }) => ({ text: typeof text === 'string' ? text : '' }),
    said: ({ text }) => (text ? `« ${text} »` : visit.say(WORDS.nothing)),
  });
}

/** `/portal/classes/{class}/remarks`: how a class stands in a subject, and what its teacher says of each. */
export const remarksPage = page({
  path: '/portal/classes/{class}/remarks',
  get: (visit) => screen(visit),
  async post(visit) {
    const typed = sentRows(visit, NAMES);
    const fates = await enter(visit, typed);
    return asksForRows(visit) ? rowsTold(fates) : screen(visit, { typed, fates });
  },
  async again(visit) {
    const typed = sentRows(visit, NAMES);
    return screen(visit, { typed, fates: waitingRows(visit, typed) });
  },
});
