import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { instantOf, localTime } from '../../../platform/base/local-time.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import type { Refusal } from '../kit/api.ts';
import { errorSummary, type Field, fieldRow } from '../kit/fields.ts';
import { controlRow, type Option } from '../kit/form-controls.ts';
import type { Visit } from '../kit/visit.ts';
import { type Class, subjectsOf, type Term } from './teaching.ts';

/** An assessment as the staff reads it. */
export const ShownAssessment = z.object({
  id: z.string(),
  class_name: z.string(),
  term: z.string(),
  subject: z.string().optional(),
  category: z.string().optional(),
  title: z.string(),
  out_of: z.number(),
  coefficient: z.number(),
  counts: z.enum(['always', 'bonus', 'never']),
  date: z.string().optional(),
  release_at: z.string().optional(),
});
export type ShownAssessment = z.output<typeof ShownAssessment>;

export const COUNTS = {
  always: { fr: 'Compte dans la moyenne', en: 'Counts in the average' },
  bonus: { fr: 'Bonus : ne peut que relever la moyenne', en: 'Bonus: can only raise the average' },
  never: { fr: 'Ne compte pas', en: 'Does not count' },
} satisfies Record<ShownAssessment['counts'], Localized>;

const LABELS = {
  title: { fr: 'Titre', en: 'Title' },
  subject: { fr: 'Matière', en: 'Subject' },
  category: { fr: 'Catégorie', en: 'Category' },
  term: { fr: 'Période', en: 'Term' },
  out_of: { fr: 'Notée sur', en: 'Out of' },
  coefficient: { fr: 'Coefficient', en: 'Coefficient' },
  counts: { fr: 'Comment elle compte', en: 'How it counts' },
  date: { fr: 'Date', en: 'Date' },
  release_at: { fr: 'Visible par les familles à partir du', en: 'Seen by families from' },
  titleHint: { fr: 'Par exemple : Devoir 2, Composition', en: 'For example: Test 2, Exam' },
  none: { fr: 'Sans matière', en: 'Without subject' },
} satisfies Record<string, Localized>;

/** Which clocks a moment is typed by. */
const releaseHint = (zone: string): Localized => ({
  fr: `Heure de l’école (${zone}). Laissez vide pour montrer chaque note dès sa saisie.`,
  en: `The school’s time (${zone}). Leave it empty to show each mark as soon as it is entered.`,
});

const TITLE: Field = { name: 'title', label: LABELS.title, hint: LABELS.titleHint, required: true, maxLength: 200 };
const SUBJECT: Field = { name: 'subject', label: LABELS.subject, maxLength: 100 };
const OUT_OF: Field = { name: 'out_of', label: LABELS.out_of, required: true, inputMode: 'decimal', maxLength: 7 };
const COEFFICIENT: Field = { ...OUT_OF, name: 'coefficient', label: LABELS.coefficient };

/** What an error summary names the fields by. */
const NAMED: readonly Field[] = [
  ...[TITLE, SUBJECT, OUT_OF, COEFFICIENT],
  ...(['category', 'term', 'counts', 'date', 'release_at'] as const).map((name) => ({ name, label: LABELS[name] })),
];

/** What the fields of the form hold, by name. */
export type Values = (name: string) => string;

const optionsOf = (names: readonly string[]): Option[] => names.map((name) => ({ value: name, text: name }));

function subjectRow(visit: Visit, one: Class, value: string, refusal?: Refusal): Html {
  const names = subjectsOf(visit, one);
  if (one.subjects.length === 0) return fieldRow(visit, SUBJECT, value, refusal);
  const options = optionsOf(names);
  return controlRow(
    visit,
    { name: 'subject', label: LABELS.subject, as: 'choice', required: true, options },
    value,
    refusal,
  );
}

/** What a form is made for: a new assessment of one of these terms, or one that stands. */
export interface Making {
  readonly one: Class;
  /** The open terms, of which one is chosen; none for an assessment that stands. */
  readonly terms: readonly Term[];
  readonly isNew: boolean;
  /** The time zone in which moments are shown and typed. */
  readonly zone: string;
}

/** The fields of an assessment. */
export function assessmentFields(
  visit: Visit,
  { one, terms, isNew, zone }: Making,
  value: Values,
  refusal?: Refusal,
): Html {
  const choices = Object.entries(COUNTS).map(([name, text]) => ({ value: name, text: visit.say(text) }));
  const categories = optionsOf(one.categories.map(({ name }) => name));
  const leaves = terms.map(({ id, name }) => ({ value: id, text: name }));
  const select = (name: keyof typeof LABELS, options: readonly Option[]) =>
    controlRow(visit, { name, label: LABELS[name], as: 'choice', required: true, options }, value(name), refusal);
  return html`${errorSummary(visit, refusal, NAMED)}
${fieldRow(visit, TITLE, value('title'), refusal)}
${isNew && subjectRow(visit, one, value('subject'), refusal)}
${isNew && leaves.length > 0 && select('term', leaves)}
${categories.length > 0 && select('category', categories)}
<div class="duo">${fieldRow(visit, OUT_OF, value('out_of'), refusal)}${fieldRow(visit, COEFFICIENT, value('coefficient'), refusal)}</div>
${select('counts', choices)}
${controlRow(visit, { name: 'date', label: LABELS.date, as: 'date' }, value('date'), refusal)}
<input type="hidden" name="zone" value="${zone}">
${controlRow(visit, { name: 'release_at', label: LABELS.release_at, hint: releaseHint(zone), as: 'datetime-local' }, value('release_at'), refusal)}`;
}

/** What people typed as a number, with a comma or a point; the text itself where it is none, for the service to refuse. */
const numberTyped = (text: string): number | string => {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || Number.isNaN(value) ? text : value;
};

/** A moment as a field shows it; what is none, as it is. */
const shownMoment = (zone: string, at: string | undefined): string =>
  at === undefined || Number.isNaN(Date.parse(at)) ? (at ?? '') : localTime(zone, at);

/** What was typed, as a service takes it: null where an optional field is empty, and for it to refuse what is none. */
export const typedAssessment = (typed: Values, zone: string): Record<string, unknown> => ({
  title: typed('title'),
  category: typed('category') || null,
  out_of: numberTyped(typed('out_of')),
  coefficient: numberTyped(typed('coefficient')),
  counts: typed('counts'),
  date: typed('date') || null,
  release_at: typed('release_at') ? (instantOf(zone, typed('release_at')) ?? typed('release_at')) : null,
});

/** What the form of an assessment that stands holds. */
export function valuesOf(assessment: ShownAssessment, zone: string, written: (value: number) => string): Values {
  const { title, subject = '', category = '', out_of, coefficient, counts, date = '', release_at } = assessment;
  const texts = { title, subject, category, counts, date, release_at: shownMoment(zone, release_at) };
  const all: Record<string, string> = { ...texts, out_of: written(out_of), coefficient: written(coefficient) };
  return (name) => all[name] ?? '';
}

/** Of what was typed, what differs from what stands: in a closed term little may change. */
export function differing(
  typed: Record<string, unknown>,
  assessment: ShownAssessment,
  zone: string,
): Record<string, unknown> {
  const before: Record<string, unknown> = { ...assessment };
  const plain = (name: string, value: unknown): unknown =>
    name === 'release_at' && typeof value === 'string' ? shownMoment(zone, value) : (value ?? undefined);
  return Object.fromEntries(
    Object.entries(typed).filter(([name, value]) => plain(name, value) !== plain(name, before[name])),
  );
}
