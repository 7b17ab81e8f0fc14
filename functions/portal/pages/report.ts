import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { bar, type Dot, lineChart } from '../kit/charts.ts';
import { section, table } from '../kit/parts.ts';
import type { Visit } from '../kit/visit.ts';
import { day, number } from '../kit/write.ts';

const Among = z.object({ mean: z.number().optional(), min: z.number().optional(), max: z.number().optional() });

const ResultLine = z.object({
  id: z.string(),
  title: z.string().optional(),
  subject: z.string().optional(),
  out_of: z.number(),
  coefficient: z.number(),
  counts: z.string(),
  score: z.number().optional(),
  status: z.enum(['absent', 'exempt', 'missing']).optional(),
  comment: z.string().optional(),
  date: z.string().optional(),
  at: z.string().optional(),
});
type ResultLine = z.output<typeof ResultLine>;

const Subject = z.object({
  name: z.string().optional(),
  figure: z.number().optional(),
  coefficient: z.number(),
  counts: z.string(),
  class: Among.optional(),
});
type Subject = z.output<typeof Subject>;

/** `GET /grades/{student_id}`: what a student has in a term, and what it comes to. */
export const Report = z.object({
  student_id: z.int(),
  name: z.string(),
  class_name: z.string().optional(),
  term: z.object({ id: z.string(), name: z.string(), state: z.string() }),
  scale: z.number(),
  pass_mark: z.number(),
  results: z.array(ResultLine),
  subjects: z.array(Subject),
  general: z.number().optional(),
  class: Among.optional(),
  rank: z.int().nullable().optional(),
  ranked: z.int().optional(),
  size: z.int().optional(),
  change: z.number().optional(),
});
export type Report = z.output<typeof Report>;

const WORDS = {
  general: { fr: 'Moyenne générale', en: 'General average' },
  noFigure: { fr: 'Pas encore de moyenne', en: 'No average yet' },
  classMean: { fr: 'Classe', en: 'Class' },
  between: { fr: 'de', en: 'from' },
  and: { fr: 'à', en: 'to' },
  rank: { fr: 'Rang', en: 'Rank' },
  of: { fr: 'sur', en: 'of' },
  noRank: { fr: 'pas encore classé(e)', en: 'not ranked yet' },
  since: { fr: 'depuis la période précédente', en: 'since the term before' },
  coefficient: { fr: 'coefficient', en: 'coefficient' },
  bonus: { fr: 'bonus', en: 'bonus' },
  marks: { fr: 'Les notes une à une', en: 'Mark by mark' },
  subject: { fr: 'Matière', en: 'Subject' },
  title: { fr: 'Évaluation', en: 'Assessment' },
  date: { fr: 'Date', en: 'Date' },
  mark: { fr: 'Note', en: 'Mark' },
  comment: { fr: 'Commentaire', en: 'Comment' },
  other: { fr: 'Sans matière', en: 'Without subject' },
  chart: { fr: 'Au fil de la période', en: 'Over the term' },
  passMark: { fr: 'seuil de réussite', en: 'pass mark' },
  absent: { fr: 'absent(e)', en: 'absent' },
  exempt: { fr: 'dispensé(e)', en: 'exempt' },
  missing: { fr: 'non rendu', en: 'not handed in' },
  bySubject: { fr: 'Par matière', en: 'By subject' },
} satisfies Record<string, Localized>;

const outOf = (value: number, most: number, visit: Visit, digits = 2): Html =>
  html`${number(value, visit.language, digits)}<small>/${number(most, visit.language)}</small>`;

function amongWords(visit: Visit, among: z.output<typeof Among> | undefined): string | undefined {
  if (among?.mean === undefined && among?.min === undefined) return undefined;
  const figure = (value: number) => number(value, visit.language, 2);
  const range =
    among.min !== undefined && among.max !== undefined
      ? ` (${visit.say(WORDS.between)} ${figure(among.min)} ${visit.say(WORDS.and)} ${figure(among.max)})`
      : '';
  return `${visit.say(WORDS.classMean)} ${among.mean === undefined ? '' : figure(among.mean)}${range}`;
}

function rankWords(visit: Visit, { rank, ranked }: Report): string | undefined {
  if (rank === undefined) return undefined;
  const said = rank === null ? visit.say(WORDS.noRank) : `${rank} ${visit.say(WORDS.of)} ${ranked ?? ''}`;
  return visit.say(WORDS.rank) + visit.colon + said;
}

/** The general average, large, against the class. */
export function generalCard(visit: Visit, report: Report): Html {
  const { general, scale, change, class: among } = report;
  if (general === undefined)
    return html`<div class="card"><h3>${visit.say(WORDS.general)}</h3><p class="quiet">${visit.say(WORDS.noFigure)}</p></div>`;
  const rose = change !== undefined && change !== 0;
  const signed = `${(change ?? 0) > 0 ? '▲ +' : '▼ −'}${number(Math.abs(change ?? 0), visit.language, 2)}`;
  return html`<div class="card"><h3>${visit.say(WORDS.general)}</h3>
<p class="figure">${outOf(general, scale, visit)}</p>${bar(general, scale, among?.mean)}
<p class="quiet">${[amongWords(visit, among), rankWords(visit, report)].filter(Boolean).join(' · ')}</p>
${rose && html`<p class="${(change ?? 0) > 0 ? 'up' : 'fallen'}">${signed} ${visit.say(WORDS.since)}</p>`}</div>`;
}

function subjectCard(visit: Visit, { name, figure, coefficient, counts, class: among }: Subject, scale: number): Html {
  const weight =
    counts === 'bonus'
      ? visit.say(WORDS.bonus)
      : `${visit.say(WORDS.coefficient)} ${number(coefficient, visit.language)}`;
  return html`<li class="card"><h3>${name ?? visit.say(WORDS.other)}</h3><p class="quiet">${weight}</p>
${figure === undefined ? html`<p>${visit.say(WORDS.noFigure)}</p>` : html`<p class="price">${outOf(figure, scale, visit)}</p>${bar(figure, scale, among?.mean)}<p class="quiet">${amongWords(visit, among) ?? ''}</p>`}</li>`;
}

const whenOf = ({ date, at }: ResultLine): string => date ?? at ?? '';

const dotsOf = (visit: Visit, { results, scale }: Report): Dot[] =>
  results
    .flatMap((one) => (one.score === undefined || !whenOf(one) ? [] : [{ one, score: one.score }]))
    .map(({ one, score }) => ({
      at: whenOf(one),
      value: (score / one.out_of) * scale,
      label: [one.subject, one.title, `${number(score, visit.language)}/${one.out_of}`].filter(Boolean).join(' · '),
    }))
    .sort((a, b) => a.at.localeCompare(b.at));

/** The days at which a line begins and ends. */
export const endsOf = (visit: Visit, dots: readonly Dot[]): [string, string] => [
  day(dots[0]?.at ?? '', visit),
  day(dots.at(-1)?.at ?? '', visit),
];

function scoreOf(visit: Visit, { score, status, out_of }: ResultLine): Html | string {
  if (status) return visit.say(WORDS[status]);
  return score === undefined ? '' : outOf(score, out_of, visit, 0);
}

/** Every mark, newest first: the table beside the chart. */
function marksTable(visit: Visit, results: readonly ResultLine[]): Html {
  const newest = results.toSorted((a, b) => whenOf(b).localeCompare(whenOf(a)));
  const columns = [
    { name: visit.say(WORDS.subject) },
    { name: visit.say(WORDS.title) },
    { name: visit.say(WORDS.date) },
    { name: visit.say(WORDS.mark), numeric: true },
    { name: visit.say(WORDS.comment) },
  ];
  const rows = newest.map((one) => [
    one.subject ?? visit.say(WORDS.other),
    one.title ?? '–',
    whenOf(one) ? day(whenOf(one), visit) : '–',
    scoreOf(visit, one),
    one.comment ?? '–',
  ]);
  return table(visit.say(WORDS.marks), columns, rows);
}

/** A term of a student, whole: average, subjects, the line over the term, and every mark. */
export function reportBody(visit: Visit, report: Report): Html {
  const { subjects, results, scale, pass_mark } = report;
  const dots = dotsOf(visit, report);
  const title = visit.say(WORDS.chart);
  const mark = { value: pass_mark, label: visit.say(WORDS.passMark) };
  const description = dots.map(({ label }) => label).join(' ; ');
  return html`<div class="pair">${generalCard(visit, report)}${dots.length > 1 && html`<div class="card"><h3>${title}</h3>${lineChart({ id: 'over-time', title, description, dots, from: 0, to: scale, mark, ends: endsOf(visit, dots) })}</div>`}</div>
${section('subjects', visit.say(WORDS.bySubject), html`<ul class="cards">${subjects.map((one) => subjectCard(visit, one, scale))}</ul>`)}
${results.length > 0 && section('each', visit.say(WORDS.marks), marksTable(visit, results))}`;
}
