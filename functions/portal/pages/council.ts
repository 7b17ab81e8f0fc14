import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html, type Part } from '../../../platform/http/html.ts';
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
  type Row,
  rowsAttributes,
  rowsTold,
  type SentRow,
  sentRows,
} from '../kit/saved-rows.ts';
import type { Visit } from '../kit/visit.ts';
import { number } from '../kit/write.ts';
import { Averages, Stats, statsPart } from './class-stats.ts';
import { typedOver, waitingRows } from './lines.ts';
import { cellsOf, DECISIONS, enterSheets, isDecision, NAMES, type Sheet, Sheets } from './sheets.ts';
import {
  Class,
  classHead,
  classOf,
  leavesOf,
  type Term,
  Terms,
  termBefore,
  termShown,
  termTabs,
  yearsOf,
} from './teaching.ts';

const WORDS = {
  title: { fr: 'Conseil de classe', en: 'Class council' },
  student: { fr: 'Élève', en: 'Student' },
  absences: { fr: 'Absences et retards', en: 'Absences and lateness' },
  absences_excused: { fr: 'Absences justifiées', en: 'Excused absences' },
  absences_unexcused: { fr: 'Absences non justifiées', en: 'Unexcused absences' },
  late: { fr: 'Retards', en: 'Times late' },
  short: { fr: 'Just. / non just. / retards', en: 'Exc. / unexc. / late' },
  remark: { fr: 'Appréciation du conseil', en: 'Remark of the council' },
  mention: { fr: 'Mention', en: 'Mention' },
  conduct: { fr: 'Conduite', en: 'Conduct' },
  decision: { fr: 'Décision', en: 'Decision' },
  mentionConduct: { fr: 'Mention, conduite', en: 'Mention, conduct' },
  proposed: { fr: 'Proposée', en: 'Proposed' },
  state: { fr: 'État', en: 'State' },
  save: { fr: 'Enregistrer les fiches', en: 'Save the sheets' },
  none: { fr: 'Personne n’est dans cette classe dans cette période.', en: 'Nobody is in this class in this term.' },
  since: { fr: 'depuis', en: 'since' },
  same: { fr: 'comme avant', en: 'as before' },
  noAverage: { fr: 'pas de moyenne', en: 'no average' },
  order: { fr: 'Ordre', en: 'Order' },
  name: { fr: 'Par nom', en: 'By name' },
  average: { fr: 'Par moyenne', en: 'By average' },
  moved: { fr: 'Ceux qui ont baissé d’abord', en: 'Those who dropped first' },
  figures: { fr: 'Moyennes de la classe', en: 'Averages of the class' },
  lead: {
    fr: 'Une ligne par élève ; chaque fiche s’enregistre dès que vous la quittez.',
    en: 'A row for each student; each sheet is saved as you leave it.',
  },
} satisfies Record<string, Localized>;

/** What is shown of the class, and what was typed over it. */
interface Shown {
  readonly one: Class;
  readonly term: Term;
  readonly before: Term | undefined;
  readonly sheets: Sheets;
  /** The averages of the term before. */
  readonly earlier: ReadonlyMap<number, number | null>;
  readonly typed: readonly SentRow[];
  readonly fates: ReadonlyMap<number, Fate>;
}

/** By how much an average moved; undefined where there are not two. */
function changeOf({ student_id, general }: Sheet, earlier: Shown['earlier']): number | undefined {
  const was = earlier.get(student_id);
  return general === undefined || typeof was !== 'number' ? undefined : Math.round((general - was) * 100) / 100;
}

function figurePart(visit: Visit, sheet: Sheet, { earlier, before, one }: Shown): Html {
  const { name, general } = sheet;
  const change = changeOf(sheet, earlier);
  const figure =
    general === undefined
      ? html`<small>${visit.say(WORDS.noAverage)}</small>`
      : html`<span class="price">${number(general, visit.language, 2)}</span><small>/${one.scale}</small>`;
  const moved =
    change !== undefined &&
    before &&
    (change === 0
      ? html`<small>${visit.say(WORDS.same)}</small>`
      : html`<small class="${change > 0 ? 'up' : 'fallen'}">${change > 0 ? '▲ +' : '▼ −'}${number(Math.abs(change), visit.language, 2)}<span class="hidden"> ${visit.say(WORDS.since)} ${before.name}</span></small>`);
  return html`<span class="who-stands"><strong>${name}</strong><span>${figure} ${moved}</span></span>`;
}

type Name = (typeof NAMES)[number];

const inputOf = (
  visit: Visit,
  { id, name, cells }: Row,
  which: Exclude<Name, 'decision' | 'remark'>,
  more: Part,
): Html =>
  html`<input class="${which}" name="${which}-${id}" value="${cells[which] ?? ''}" autocomplete="off" aria-label="${name}, ${visit.say(WORDS[which])}" aria-describedby="fate-${id}"${more}>`;

function decisionOf(visit: Visit, { id, name, cells }: Row): Html {
  const options = ['', ...Object.keys(DECISIONS)];
  return html`<select name="decision-${id}" aria-label="${name}, ${visit.say(WORDS.decision)}">${options.map((one) => html`<option value="${one}"${cells.decision === one && html` selected`}>${isDecision(one) ? visit.say(DECISIONS[one]) : '–'}</option>`)}</select>`;
}

function rowParts(visit: Visit, row: Row, sheet: Sheet, shown: Shown): Part[] {
  const { proposed_mention } = sheet;
  const hint = proposed_mention && row.cells.mention !== proposed_mention;
  const isYear = shown.term.parent === undefined;
  const counted = (['absences_excused', 'absences_unexcused', 'late'] as const).map((name) =>
    inputOf(visit, row, name, html` inputmode="decimal" maxlength="7"`),
  );
  return [
    figurePart(visit, sheet, shown),
    html`<textarea name="remark-${row.id}" rows="3" maxlength="1000" aria-label="${row.name}, ${visit.say(WORDS.remark)}" aria-describedby="fate-${row.id}">${row.cells.remark}</textarea>`,
    html`<span class="cells">${inputOf(visit, row, 'mention', html` list="mentions" maxlength="60" placeholder="${visit.say(WORDS.mention)}"`)}${hint && html`<small>${visit.say(WORDS.proposed)}${visit.colon}${proposed_mention}</small>`}${inputOf(visit, row, 'conduct', html` maxlength="100" placeholder="${visit.say(WORDS.conduct)}"`)}${isYear ? decisionOf(visit, row) : html`<input type="hidden" name="decision-${row.id}" value="${row.cells.decision ?? ''}">`}</span>`,
    html`<span class="cells three">${counted}</span>`,
    html`${hiddenCells(row, cellsOf(visit, sheet))}${fateCell(visit, row)}`,
  ];
}

type Order = 'name' | 'average' | 'moved';
const orderOf = ({ query }: Visit): Order => {
  const asked = query.get('order');
  return asked === 'average' || asked === 'moved' ? asked : 'name';
};

/** What comes first: the highest average, or the largest drop; who has neither comes last. */
function sorted<T extends { readonly standing: Sheet }>(rows: readonly T[], order: Order, { earlier }: Shown): T[] {
  if (order === 'name') return [...rows];
  const worth = ({ standing }: T): number =>
    order === 'average' ? -(standing.general ?? -1) : (changeOf(standing, earlier) ?? Number.POSITIVE_INFINITY);
  return rows.toSorted((a, b) => worth(a) - worth(b) || 0);
}

function orderTabs(visit: Visit, { before, term }: Shown): Html {
  const choices: readonly Order[] = ['name', 'average', ...(before ? (['moved'] as const) : [])];
  const link = (one: Order) =>
    html`<li><a href="${visit.to(withQuery(visit.path, { term: term.id, order: one }))}"${one === orderOf(visit) && html` aria-current="true"`}>${visit.say(WORDS[one])}</a></li>`;
  return html`<nav aria-label="${visit.say(WORDS.order)}"><ul class="tabs">${choices.map(link)}</ul></nav>`;
}

async function sheetsForm(visit: Visit, shown: Shown): Promise<Html> {
  const { one, term, sheets, typed, fates } = shown;
  if (sheets.length === 0) return empty(visit.say(WORDS.none));
  const rows = sorted(
    typedOver(sheets, (sheet) => cellsOf(visit, sheet), typed, fates),
    orderOf(visit),
    shown,
  );
  const columns = [WORDS.student, WORDS.remark, WORDS.mentionConduct, WORDS.short, WORDS.state].map((name) => ({
    name: visit.say(name),
  }));
  const action = withQuery(visit.path, { term: term.id, order: visit.query.get('order') ?? undefined });
  const parts = rows.map(({ row, standing }) => rowParts(visit, row, standing, shown));
  return html`${fates.size > 0 && html`<p class="news" role="status">${fatesSaid(visit, fates)}</p>`}${orderTabs(visit, shown)}
<form class="rows wide council" method="post" action="${visit.to(action)}" ${rowsAttributes(visit, { about: term.id })}>${tokenField(await visit.formToken())}
<datalist id="mentions">${one.mentions.map(({ label }) => html`<option value="${label}">`)}</datalist>
${table(visit.say(WORDS.title), columns, parts)}<p class="actions"><button>${visit.say(WORDS.save)}</button></p></form>${await aroundRows(visit)}`;
}

interface Over {
  readonly typed: readonly SentRow[];
  readonly fates: ReadonlyMap<number, Fate>;
}

async function councilScreen(visit: Visit, over: Over = { typed: [], fates: new Map() }): Promise<Screen> {
  const [one, terms] = await Promise.all([
    visit.api.get(`/classes/${classOf(visit)}`, Class),
    visit.api.get('/terms', Terms),
  ]);
  const term = termShown(visit, terms);
  const title = `${visit.say(WORDS.title)} · ${one.class_name}`;
  if (!term) return { title, body: html`${classHead(visit, one, '/council')}${empty(visit.say(WORDS.none))}` };
  const before = termBefore(visit, terms, term);
  const of = { class_name: one.class_name, limit: '200' };
  const [sheets, earlier, stats] = await Promise.all([
    visit.api.get(withQuery(`/classes/${classOf(visit)}/sheets`, { term: term.id, limit: '200' }), Sheets),
    before ? attempt(visit.api.get(withQuery('/grades', { ...of, term: before.id }), Averages)) : { value: [] },
    attempt(visit.api.get(withQuery(`/classes/${classOf(visit)}/stats`, { term: term.id }), Stats)),
  ]);
  const known = 'value' in earlier ? earlier.value : [];
  const by = new Map(known.map(({ student_id, average }) => [student_id, average]));
  return {
    title,
    ...(sheets.length > 0 && { script: 'grid.js' }),
    body: html`${classHead(visit, one, '/council')}${termTabs(visit, [...leavesOf(visit, terms), ...yearsOf(visit, terms)], term)}
<h2 class="above">${visit.say(WORDS.title)} · ${term.name}</h2><p class="quiet">${visit.say(WORDS.lead)}</p>
${await sheetsForm(visit, { one, term, before, sheets, earlier: by, ...over })}
${panel(visit, { id: 'figures', title: visit.say(WORDS.figures), outcome: stats }, (value) => statsPart(visit, value, one.scale))}`,
  };
}

/** `/portal/classes/{class}/council`: the sheet of a class council, on one page. */
export const councilPage = page({
  path: '/portal/classes/{class}/council',
  get: (visit) => councilScreen(visit),
  async post(visit) {
    const typed = sentRows(visit, NAMES);
    const fates = await enterSheets(visit, typed);
    return asksForRows(visit) ? rowsTold(fates) : councilScreen(visit, { typed, fates });
  },
  async again(visit) {
    const typed = sentRows(visit, NAMES);
    return councilScreen(visit, { typed, fates: waitingRows(visit, typed) });
  },
});
