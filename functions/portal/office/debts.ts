import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, type Listed } from '../kit/api.ts';
import { type Control, controlRow, type Option } from '../kit/form-controls.ts';
import { type Show, withQuery } from '../kit/page.ts';
import { empty, panel, table } from '../kit/parts.ts';
import type { Visit } from '../kit/visit.ts';
import { day, money } from '../kit/write.ts';
import { classOptions } from './enrol.ts';
import { recordPath } from './record.ts';

const Debts = z.array(
  z.object({
    student_id: z.int(),
    name: z.string(),
    class_name: z.string().optional(),
    due: z.int(),
    since: z.string(),
    balance: z.int(),
    currency: z.string(),
  }),
);
type Debts = z.output<typeof Debts>;

const WORDS = {
  title: { fr: 'Frais', en: 'Fees' },
  charge: { fr: 'Ajouter des frais', en: 'Charge a fee' },
  due: { fr: 'Qui doit quoi', en: 'Who owes what' },
  show: { fr: 'Afficher', en: 'Show' },
  name: { fr: 'Élève', en: 'Student' },
  class: { fr: 'Classe', en: 'Class' },
  since: { fr: 'Dû depuis', en: 'Due since' },
  owed: { fr: 'Dû à ce jour', en: 'Due by that day' },
  balance: { fr: 'Reste en tout', en: 'Owed in all' },
  nobody: { fr: 'Personne ne doit rien à cette date.', en: 'Nobody owes anything by that day.' },
  all: { fr: 'Tous les élèves', en: 'All students' },
  next: { fr: 'Suite', en: 'Next' },
  more: { fr: 'Suite de la liste', en: 'More of the list' },
} satisfies Record<string, Localized>;

const filters = (options: readonly Option[]): readonly Control[] => [
  { name: 'class_name', label: WORDS.class, maxLength: 100, options, autocomplete: 'off', bare: true },
  { name: 'on', label: { fr: 'Au', en: 'By the day' }, as: 'date', bare: true },
];

function debtTable(
  visit: Visit,
  { items, next }: Listed<Debts>,
  query: Readonly<Record<string, string | undefined>>,
): Html {
  if (items.length === 0 && !next) return empty(visit.say(WORDS.nobody));
  const { language } = visit;
  const columns = [
    ...(['name', 'class', 'since'] as const).map((name) => ({ name: visit.say(WORDS[name]) })),
    ...(['owed', 'balance'] as const).map((name) => ({ name: visit.say(WORDS[name]), numeric: true })),
  ];
  const rows = items.map((one) => [
    html`<a href="${visit.to(recordPath(one.student_id))}">${one.name}</a>`,
    one.class_name ?? '–',
    day(one.since, visit),
    money(one.due, one.currency, language),
    money(one.balance, one.currency, language),
  ]);
  const onward = next && withQuery('/portal/fees', { ...query, cursor: next });
  return html`${table(visit.say(WORDS.due), columns, rows)}
${onward && html`<nav class="pager" aria-label="${visit.say(WORDS.more)}"><a href="${visit.to(onward)}">${visit.say(WORDS.next)}</a></nav>`}`;
}

/** `/portal/fees` as the office sees it: who owes what on a day, and the way to charge a fee. */
export const debts: Show = async (visit) => {
  const given = (name: string) => visit.query.get(name)?.trim() || undefined;
  const query = { class_name: given('class_name'), on: given('on') };
  const path = withQuery('/fees/due', { ...query, limit: '50', cursor: given('cursor') });
  const [outcome, options] = await Promise.all([attempt(visit.api.list(path, Debts)), classOptions(visit)]);
  const title = visit.say(WORDS.title);
  return {
    title,
    body: html`<div class="heading"><h1>${title}</h1><a class="button" href="${visit.to('/portal/fees/new')}">${visit.say(WORDS.charge)}</a></div>
<form class="search" action="${visit.to('/portal/fees')}">${filters(options).map((one) => controlRow(visit, one, visit.query.get(one.name) ?? ''))}<button>${visit.say(WORDS.show)}</button></form>
${panel(visit, { id: 'due', title: visit.say(WORDS.due), outcome }, (one) => debtTable(visit, one, query))}`,
  };
};
