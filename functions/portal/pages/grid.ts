import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html, type Part } from '../../../platform/http/html.ts';
import { attempt, type Outcome } from '../kit/api.ts';
import { histogram } from '../kit/charts.ts';
import { tokenField } from '../kit/frame.ts';
import { page, type Screen, withQuery } from '../kit/page.ts';
import { empty, table } from '../kit/parts.ts';
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
import { day, moment, number } from '../kit/write.ts';
import { COUNTS, ShownAssessment } from './assessment.ts';
import { assessmentId } from './change-assessment.ts';
import { cellsOf, enterMarks, NAMES } from './enter-marks.ts';
import { typedOver, waitingRows } from './lines.ts';
import { entryOf, Results, type Spread, type Standing, spreadOf } from './results.ts';
import { classPath, isClosedFor, Terms } from './teaching.ts';

const WORDS = {
  student: { fr: 'Élève', en: 'Student' },
  mark: { fr: 'Note', en: 'Mark' },
  comment: { fr: 'Commentaire', en: 'Comment' },
  state: { fr: 'État', en: 'State' },
  save: { fr: 'Enregistrer les notes', en: 'Save the marks' },
  all: { fr: 'Évaluations', en: 'Assessments' },
  edit: { fr: 'Modifier l’évaluation', en: 'Edit the assessment' },
  withComments: { fr: 'Ajouter des commentaires', en: 'Add comments' },
  without: { fr: 'Masquer les commentaires', en: 'Hide comments' },
  none: { fr: 'Personne ne suit cette matière dans la classe.', en: 'Nobody takes this subject in the class.' },
  closed: {
    fr: 'La période est close pour cette classe : ses notes ne changent plus.',
    en: 'The term is closed for this class: its marks no longer change.',
  },
  hidden: { fr: 'Cachée aux familles jusqu’au', en: 'Hidden from families until' },
  how: { fr: 'Comment saisir', en: 'How to enter' },
  help: {
    fr: 'Tapez la note (12,5), puis Entrée pour descendre. a : absent(e), d : dispensé(e), n : non rendu, qui compte zéro ; vide : pas encore noté.',
    en: 'Type the mark (12.5), then Enter to go down. a: absent, d: exempt, n: not handed in, which counts as zero; empty: not marked yet.',
  },
  paste: {
    fr: 'Une colonne copiée d’un tableur se colle sur la première case ; avec les noms à côté, chaque note va à son élève. Ctrl+D recopie une note vers le bas.',
    en: 'A column copied from a spreadsheet is pasted onto the first cell; with the names beside it each mark goes to its student. Ctrl+D copies a mark down.',
  },
  tools: { fr: 'Pour la case où vous êtes', en: 'For the cell you are in' },
  absent: { fr: 'Absent(e)', en: 'Absent' },
  exempt: { fr: 'Dispensé(e)', en: 'Exempt' },
  missing: { fr: 'Non rendu', en: 'Not handed in' },
  fill: { fr: 'Recopier vers le bas', en: 'Fill down' },
  figures: { fr: 'Répartition', en: 'Spread' },
  count: { fr: 'Notes', en: 'Marks' },
  mean: { fr: 'Moyenne', en: 'Mean' },
  median: { fr: 'Médiane', en: 'Median' },
  inNumbers: { fr: 'En chiffres', en: 'In numbers' },
  range: { fr: 'De … à', en: 'From … to' },
  students: { fr: 'Élèves', en: 'Students' },
} satisfies Record<string, Localized>;

/** A cell of the grid: what was typed stays in it until it is stored. */
const cell = (visit: Visit, { id, name, cells }: Row, which: 'score' | 'comment', label: Localized): Html =>
  html`<input name="${which}-${id}" value="${cells[which] ?? ''}" class="${which}" autocomplete="off" spellcheck="${which === 'comment' ? 'true' : 'false'}" maxlength="${which === 'comment' ? 500 : 8}" aria-label="${name}, ${visit.say(label)}" aria-describedby="fate-${id}">`;

function rowParts(visit: Visit, row: Row, standing: Standing, withComments: boolean): Part[] {
  const hidden =
    withComments || html`<input type="hidden" name="comment-${row.id}" value="${row.cells.comment ?? ''}">`;
  return [
    row.name,
    html`${cell(visit, row, 'score', WORDS.mark)}${hidden === true ? undefined : hidden}${hiddenCells(row, cellsOf(visit, standing))}`,
    ...(withComments ? [cell(visit, row, 'comment', WORDS.comment)] : []),
    fateCell(visit, row),
  ];
}

const written = (visit: Visit, value: number | undefined): string =>
  value === undefined ? '–' : number(value, visit.language, 2);

/** How the marks are spread, which moves as one types. */
function spreadPart(visit: Visit, { count, mean, median, bins }: Spread, most: number): Html {
  const title = visit.say(WORDS.figures);
  const figures = [
    ['count', String(count)],
    ['mean', written(visit, mean)],
    ['median', written(visit, median)],
  ] as const;
  const step = most / bins.length;
  const range = (i: number) => `${number(i * step, visit.language)}–${number((i + 1) * step, visit.language)}`;
  const columns = [{ name: visit.say(WORDS.range) }, { name: visit.say(WORDS.students), numeric: true }];
  const description = bins.flatMap((one, i) => (one > 0 ? [range(i) + visit.colon + one] : [])).join(' ; ');
  return html`<aside class="card beside" aria-labelledby="spread"><h2 id="spread">${title}</h2>
<dl class="figures">${figures.map(([name, value]) => html`<div><dt>${visit.say(WORDS[name])}</dt><dd data-figure="${name}">${value}</dd></div>`)}</dl>
${histogram({ id: 'bins', title, description, counts: bins, scale: most, mean, moves: true })}
<details><summary>${visit.say(WORDS.inNumbers)}</summary>${table(
    title,
    columns,
    bins.map((one, i) => [range(i), one]),
  )}</details></aside>`;
}

const toolbar = (visit: Visit): Html => html`<div class="tools" role="group" aria-label="${visit.say(WORDS.tools)}">
${(
  [
    ['a', WORDS.absent],
    ['d', WORDS.exempt],
    ['n', WORDS.missing],
  ] as const
).map(([letter, text]) => html`<button type="button" class="quiet" data-put="${letter}">${visit.say(text)}</button>`)}
<button type="button" class="quiet" data-put="down">${visit.say(WORDS.fill)}</button></div>`;

/** What is shown: the assessment, what stands, and what was typed over it, with what became of it. */
interface Shown {
  readonly assessment: ShownAssessment;
  readonly results: Results;
  readonly isClosed: boolean;
  readonly typed: readonly SentRow[];
  readonly fates: ReadonlyMap<number, Fate>;
}

async function gridForm(visit: Visit, shown: Shown): Promise<Html> {
  const { assessment, results, isClosed, typed, fates } = shown;
  const withComments = visit.query.get('comments') === '1';
  const { out_of } = assessment;
  const rows = typedOver(results, (one) => cellsOf(visit, one), typed, fates);
  const columns = [
    { name: visit.say(WORDS.student) },
    { name: `${visit.say(WORDS.mark)} /${number(out_of, visit.language)}` },
    ...(withComments ? [{ name: visit.say(WORDS.comment) }] : []),
    { name: visit.say(WORDS.state) },
  ];
  const parts = rows.map(({ row, standing }) => rowParts(visit, row, standing, withComments));
  const entries = rows.map(({ row }) => entryOf(row.cells.score ?? ''));
  const here = withQuery(visit.path, { comments: withComments ? undefined : '1' });
  const action = withQuery(visit.path, { comments: withComments ? '1' : undefined });
  return html`${fates.size > 0 && html`<p class="news${[...fates.values()].some(({ kind }) => kind !== 'saved') && ' warning'}" role="status">${fatesSaid(visit, fates)}</p>`}
<div class="desk"><div><form class="rows marks" method="post" action="${visit.to(action)}" ${rowsAttributes(visit, { most: out_of })}>${tokenField(await visit.formToken())}
${toolbar(visit)}<fieldset class="bare"${isClosed && html` disabled`}><legend class="hidden">${assessment.title}</legend>${table(assessment.title, columns, parts)}</fieldset>
<p class="actions"><button${isClosed && html` disabled`}>${visit.say(WORDS.save)}</button> <a class="button quiet" href="${visit.to(here)}">${visit.say(withComments ? WORDS.without : WORDS.withComments)}</a></p></form>
${await aroundRows(visit)}</div>
${spreadPart(visit, spreadOf(entries, out_of), out_of)}</div>`;
}

function isClosedIn(terms: Outcome<Terms>, { term, class_name }: ShownAssessment): boolean {
  const found = 'value' in terms ? terms.value.find(({ id }) => id === term) : undefined;
  return found !== undefined && isClosedFor(found, class_name);
}

function leadOf(visit: Visit, assessment: ShownAssessment): Html {
  const { subject, category, counts, coefficient, date, release_at } = assessment;
  const { language } = visit;
  const weight = `coef. ${number(coefficient, language)}`;
  const facts = [subject, category, date && day(date, visit), weight, counts !== 'always' && visit.say(COUNTS[counts])];
  const isHidden = release_at !== undefined && Date.parse(release_at) > Date.now();
  return html`<p class="lead">${facts.filter(Boolean).join(' · ')}</p>
${isHidden && html`<p class="badge warning">${visit.say(WORDS.hidden)} ${moment(release_at, visit)}</p>`}`;
}

async function gridScreen(
  visit: Visit,
  typed: readonly SentRow[] = [],
  fates: ReadonlyMap<number, Fate> = new Map(),
): Promise<Screen> {
  const path = `/assessments/${assessmentId(visit)}`;
  const [assessment, results, terms] = await Promise.all([
    visit.api.get(path, ShownAssessment),
    visit.api.get(`${path}/results?limit=200`, Results),
    attempt(visit.api.get('/terms', Terms)),
  ]);
  const { title, class_name } = assessment;
  const isClosed = isClosedIn(terms, assessment);
  const list = classPath(class_name, '/assessments');
  return {
    title: `${title} · ${class_name}`,
    script: 'grid.js',
    body: html`<p><a href="${visit.to(classPath(class_name))}">${class_name}</a> · <a href="${visit.to(list)}">${visit.say(WORDS.all)}</a></p>
<h1>${title}</h1>${leadOf(visit, assessment)}
${isClosed && html`<p class="news warning">${visit.say(WORDS.closed)}</p>`}
<details class="how"><summary>${visit.say(WORDS.how)}</summary><p>${visit.say(WORDS.help)}</p><p>${visit.say(WORDS.paste)}</p></details>
${results.length === 0 ? empty(visit.say(WORDS.none)) : await gridForm(visit, { assessment, results, isClosed, typed, fates })}
<p><a href="${visit.to(classPath(class_name, `${path}/edit`))}">${visit.say(WORDS.edit)}</a></p>`,
  };
}

/** `/portal/classes/{class}/assessments/{id}`: the marks grid. */
export const gridPage = page({
  path: '/portal/classes/{class}/assessments/{id}',
  get: (visit) => gridScreen(visit),
  async post(visit) {
    const typed = sentRows(visit, NAMES);
    const fates = await enterMarks(visit, assessmentId(visit), typed);
    return asksForRows(visit) ? rowsTold(fates) : gridScreen(visit, typed, fates);
  },
  async again(visit) {
    const typed = sentRows(visit, NAMES);
    return gridScreen(visit, typed, waitingRows(visit, typed));
  },
});
