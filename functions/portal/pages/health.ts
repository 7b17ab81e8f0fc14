import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, type Outcome, Refusal } from '../kit/api.ts';
import { lineChart } from '../kit/charts.ts';
import { keep } from '../kit/cookies.ts';
import { errorSummary, type Field, fieldRow } from '../kit/fields.ts';
import { tokenField } from '../kit/frame.ts';
import { page, type Screen } from '../kit/page.ts';
import { empty, panel, table } from '../kit/parts.ts';
import type { Visit } from '../kit/visit.ts';
import { day, number } from '../kit/write.ts';
import { endsOf } from './report.ts';

const Vitals = z.object({
  weight: z.number().optional(),
  height: z.number().optional(),
  heart_rate: z.number().optional(),
  blood_pressure: z.object({ systolic: z.number(), diastolic: z.number() }).optional(),
  bmi: z.number().optional(),
  measured_at: z.string(),
});
type Vitals = z.output<typeof Vitals>;

const FIELD: Field = {
  name: 'person',
  label: { fr: 'Numéro de votre fiche', en: 'Number of your record' },
  hint: {
    fr: 'L’infirmerie ou le secrétariat vous l’a donné avec votre fiche',
    en: 'The school nurse or the office gave it to you with your record',
  },
  required: true,
  maxLength: 15,
  inputMode: 'numeric',
};

const WORDS = {
  title: { fr: 'Santé', en: 'Health' },
  show: { fr: 'Montrer la fiche', en: 'Show the record' },
  none: {
    fr: 'Aucune mesure à ce numéro, ou la fiche n’est pas à vous.',
    en: 'No measurement under this number, or the record is not yours.',
  },
  current: { fr: 'Aujourd’hui', en: 'Today' },
  history: { fr: 'Mesures', en: 'Measurements' },
  date: { fr: 'Date', en: 'Date' },
  weight: { fr: 'Poids', en: 'Weight' },
  height: { fr: 'Taille', en: 'Height' },
  heart: { fr: 'Pouls', en: 'Heart rate' },
  pressure: { fr: 'Tension', en: 'Blood pressure' },
  bmi: { fr: 'IMC', en: 'BMI' },
  perMinute: { fr: '/min', en: '/min' },
} satisfies Record<string, Localized>;

const personOf = ({ cookies }: Visit): number | undefined =>
  /^[1-9]\d{0,14}$/.test(cookies.person ?? '') ? Number(cookies.person) : undefined;

function shown(visit: Visit, { weight, height, heart_rate, blood_pressure }: Vitals): readonly string[] {
  const figure = (value: number | undefined, unit: string) =>
    value === undefined ? '–' : `${number(value, visit.language)} ${unit}`;
  const pressure = blood_pressure && `${blood_pressure.systolic}/${blood_pressure.diastolic} mmHg`;
  return [figure(weight, 'kg'), figure(height, 'cm'), figure(heart_rate, visit.say(WORDS.perMinute)), pressure ?? '–'];
}

const NAMES = ['weight', 'height', 'heart', 'pressure'] as const;

function currentCards(visit: Visit, vitals: Vitals): Html {
  const values = shown(visit, vitals);
  const cards = NAMES.map(
    (name, i) => html`<li class="card"><h3>${visit.say(WORDS[name])}</h3><p class="price">${values[i]}</p></li>`,
  );
  const bmi =
    vitals.bmi !== undefined &&
    html`<li class="card"><h3>${visit.say(WORDS.bmi)}</h3><p class="price">${number(vitals.bmi, visit.language)}</p></li>`;
  return html`<ul class="cards">${cards}${bmi}</ul>`;
}

/** One vital over time; undefined where there are not two of it. */
function chartOf(visit: Visit, name: 'weight' | 'heart', history: readonly Vitals[]): Html | undefined {
  const key = name === 'weight' ? 'weight' : 'heart_rate';
  const dots = history
    .flatMap((one) => (one[key] === undefined ? [] : [{ at: one.measured_at, value: one[key] }]))
    .map((dot) => ({ ...dot, label: day(dot.at, visit) + visit.colon + number(dot.value, visit.language) }))
    .sort((a, b) => a.at.localeCompare(b.at));
  if (dots.length < 2) return undefined;
  const values = dots.map(({ value }) => value);
  const title = visit.say(WORDS[name]);
  const [from, to] = [Math.floor(Math.min(...values) - 2), Math.ceil(Math.max(...values) + 2)];
  const description = dots.map(({ label }) => label).join(' ; ');
  return html`<div class="card"><h3>${title}</h3>${lineChart({ id: name, title, description, dots, from, to, ends: endsOf(visit, dots) })}</div>`;
}

function historyPart(visit: Visit, history: readonly Vitals[]): Html {
  if (history.length === 0) return empty(visit.say(WORDS.none));
  const columns = [WORDS.date, ...NAMES.map((name) => WORDS[name])].map((name) => ({ name: visit.say(name) }));
  const rows = history.map((one) => [day(one.measured_at, visit), ...shown(visit, one)]);
  return html`<div class="pair">${chartOf(visit, 'weight', history)}${chartOf(visit, 'heart', history)}</div>
<div class="above">${table(visit.say(WORDS.history), columns, rows)}</div>`;
}

/** Asks which record: no service tells an account the number of its own. */
async function ask(visit: Visit, refusal?: Refusal): Promise<Html> {
  return html`<div class="narrow">${errorSummary(visit, refusal, [FIELD])}<form class="stack" method="post" action="${visit.to('/portal/health')}">${tokenField(await visit.formToken())}
${fieldRow(visit, FIELD, visit.typed('person') || (visit.cookies.person ?? ''), refusal)}<button>${visit.say(WORDS.show)}</button></form></div>`;
}

async function screen(visit: Visit): Promise<Screen> {
  const title = visit.say(WORDS.title);
  const person = personOf(visit);
  if (!person) return { title, body: html`<h1>${title}</h1>${await ask(visit)}` };
  const [current, history]: [Outcome<Vitals>, Outcome<Vitals[]>] = await Promise.all([
    attempt(visit.api.get(`/health/${person}`, Vitals)),
    attempt(visit.api.get(`/health/${person}/history?limit=50`, z.array(Vitals))),
  ]);
  const missing = 'failure' in current && current.failure instanceof Refusal && current.failure.status === 404;
  if (missing) {
    const refusal = Refusal.of('person', visit.say(WORDS.none), 404);
    return { title, status: 404, body: html`<h1>${title}</h1>${await ask(visit, refusal)}` };
  }
  return {
    title,
    body: html`<h1>${title}</h1>
${panel(visit, { id: 'current', title: visit.say(WORDS.current), outcome: current }, (one) => currentCards(visit, one))}
${panel(visit, { id: 'history', title: visit.say(WORDS.history), outcome: history }, (all) => historyPart(visit, all))}
<details><summary>${visit.say(FIELD.label)}</summary>${await ask(visit)}</details>`,
  };
}

/** `/portal/health`: one's own measurements. */
export const healthPage = page({
  path: '/portal/health',
  get: screen,
  async post(visit) {
    const person = /^[1-9]\d{0,14}$/.exec(visit.typed('person').trim())?.[0];
    return { to: '/portal/health', cookies: [keep('person', person ?? '0')] };
  },
});
