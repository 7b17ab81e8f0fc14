import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { numberFrom } from '../kit/amounts.ts';
import { attempt, Refusal, type Tagged } from '../kit/api.ts';
import type { Control, Group, Option } from '../kit/form-controls.ts';
import { formPage, tagOf } from '../kit/form-page.ts';
import { type Row, rowsOf, rowValues } from '../kit/form-rows.ts';
import type { Visit } from '../kit/visit.ts';

const Programme = z.object({
  class_name: z.string(),
  size: z.int().default(0),
  subjects: z
    .array(
      z.object({
        name: z.string(),
        coefficient: z.number(),
        teachers: z.array(z.string()).default([]),
        parent: z.string().optional(),
        counts: z.string().optional(),
        students: z.array(z.int()).optional(),
      }),
    )
    .default([]),
  categories: z.array(z.object({ name: z.string(), weight: z.number() })).default([]),
  head_teacher: z.string().optional(),
  scale: z.number().default(20),
  pass_mark: z.number().optional(),
  rank_needs: z.number().default(50),
  mentions: z.array(z.object({ label: z.string(), from: z.number() })).default([]),
  show: z.record(z.string(), z.boolean()).optional(),
});
type Programme = z.output<typeof Programme>;

const WORDS = {
  title: { fr: 'Programme', en: 'Programme' },
  all: { fr: 'Programmes des classes', en: 'Programmes of the classes' },
  text: {
    fr: 'Les professeurs se nomment par leur compte. Videz une ligne pour l’enlever. Ce qui change vaut pour les périodes encore ouvertes.',
    en: 'Teachers are named by their account. Empty a line to remove it. What changes applies to the terms that are still open.',
  },
  copy: { fr: 'Copier d’une autre classe', en: 'Copy from another class' },
  class: { fr: 'Classe', en: 'Class' },
  subject: { fr: 'Matière', en: 'Subject' },
  category: { fr: 'Catégorie', en: 'Category' },
  mention: { fr: 'Mention', en: 'Mention' },
  marking: { fr: 'Notation', en: 'Marking' },
  shown: { fr: 'Ce que voient les familles', en: 'What families see' },
} satisfies Record<string, Localized>;

const SHOW = {
  rank: { fr: 'le rang', en: 'the rank' },
  general: { fr: 'la moyenne générale', en: 'the general average' },
  class_mean: { fr: 'la moyenne de la classe', en: 'the class’s mean' },
  extremes: { fr: 'la plus haute et la plus basse', en: 'the highest and the lowest' },
} satisfies Record<string, Localized>;

const COUNTS = {
  '': { fr: 'compte', en: 'counts' },
  bonus: { fr: 'bonus', en: 'bonus' },
  never: { fr: 'ne compte pas', en: 'does not count' },
} satisfies Record<string, Localized>;

const SUBJECT = ['name', 'coefficient', 'teachers', 'parent', 'counts', 'students'] as const;
const CATEGORY = ['name', 'weight'] as const;
const MENTION = ['label', 'from'] as const;

const written = (visit: Visit, value: number): string => String(value).replace('.', visit.say({ fr: ',', en: '.' }));

const subjectRows = (visit: Visit, { subjects }: Programme): Row<(typeof SUBJECT)[number]>[] =>
  rowsOf(
    visit,
    'subjects',
    SUBJECT,
    subjects.map(({ name, coefficient, teachers, parent, counts, students }) => ({
      ...{ name, parent, coefficient: written(visit, coefficient), teachers: teachers.join(', ') },
      ...{ counts: counts === 'always' ? '' : counts, students: students?.join(', ') },
    })),
  );

const categoryRows = (visit: Visit, { categories }: Programme): Row<(typeof CATEGORY)[number]>[] =>
  rowsOf(
    visit,
    'categories',
    CATEGORY,
    categories.map(({ name, weight }) => ({ name, weight: written(visit, weight) })),
  );

const mentionRows = (visit: Visit, { mentions }: Programme): Row<(typeof MENTION)[number]>[] =>
  rowsOf(
    visit,
    'mentions',
    MENTION,
    mentions.map(({ label, from }) => ({ label, from: written(visit, from) })),
  );

const plain = { maxLength: 100, autocomplete: 'off', bare: true } as const;
const decimal = { inputMode: 'decimal', maxLength: 6, autocomplete: 'off', bare: true } as const;

const subjectControls = (visit: Visit, i: number): readonly Control[] => [
  { ...plain, name: `subjects.${i}.name`, label: { fr: 'Nom', en: 'Name' } },
  { ...decimal, name: `subjects.${i}.coefficient`, label: { fr: 'Coefficient', en: 'Coefficient' } },
  {
    ...plain,
    name: `subjects.${i}.teachers`,
    label: { fr: 'Professeurs', en: 'Teachers' },
    maxLength: 700,
  },
  { ...plain, name: `subjects.${i}.parent`, label: { fr: 'Partie de', en: 'Part of' } },
  {
    name: `subjects.${i}.counts`,
    label: { fr: 'Dans la moyenne', en: 'In the average' },
    as: 'choice',
    bare: true,
    options: Object.entries(COUNTS).map(([value, text]) => ({ value, text: visit.say(text) })),
  },
  {
    ...plain,
    name: `subjects.${i}.students`,
    label: { fr: 'Option : n°', en: 'Option: no.' },
    maxLength: 4000,
  },
];

const categoryControls = (i: number): readonly Control[] => [
  { ...plain, name: `categories.${i}.name`, label: { fr: 'Nom', en: 'Name' } },
  { ...decimal, name: `categories.${i}.weight`, label: { fr: 'Poids', en: 'Weight' } },
];

const mentionControls = (i: number): readonly Control[] => [
  { ...plain, name: `mentions.${i}.label`, label: { fr: 'Mention', en: 'Mention' }, maxLength: 60 },
  { ...decimal, name: `mentions.${i}.from`, label: { fr: 'À partir de', en: 'From' } },
];

const SCALES: readonly Option[] = [20, 10, 100].map((scale) => ({ value: String(scale), text: String(scale) }));

const settingControls: readonly Control[] = [
  {
    name: 'head_teacher',
    label: { fr: 'Professeur principal', en: 'Head teacher' },
    maxLength: 64,
    bare: true,
    autocomplete: 'off',
  },
  { name: 'scale', label: { fr: 'Barème', en: 'Scale' }, as: 'choice', required: true, options: SCALES },
  {
    name: 'pass_mark',
    bare: true,
    label: { fr: 'Note de passage', en: 'Pass mark' },
    inputMode: 'decimal',
    maxLength: 6,
  },
  {
    name: 'rank_needs',
    bare: true,
    label: { fr: 'Classé à partir de (%)', en: 'Ranked from (%)' },
    inputMode: 'numeric',
    maxLength: 3,
  },
];

const showControls: readonly Control[] = Object.entries(SHOW).map(([name, label]) => ({
  name: `show_${name}`,
  label,
  as: 'tick',
}));

const rowGroups = (count: number, legend: string, controls: (i: number) => readonly Control[]): Group[] =>
  Array.from({ length: count }, (_, i) => ({ legend: `${legend} ${i + 1}`, row: true, controls: controls(i) }));

const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[,;]/)
    .map((one) => one.trim())
    .filter(Boolean);

/** A number in a row; what is none is said at it. */
const numberAt = (visit: Visit, name: string, text: string | undefined): number | undefined =>
  text === undefined ? undefined : numberFrom(visit, name, text);

/** The programme that was typed, as the service takes it. */
function bodyOf(visit: Visit, programme: Programme): Record<string, unknown> {
  const subjects = subjectRows(visit, programme).map(
    ({ name = '', coefficient, teachers, parent, counts, students }, i) => ({
      ...{ name, teachers: listed(teachers), coefficient: numberAt(visit, `subjects.${i}.coefficient`, coefficient) },
      ...(parent && { parent }),
      ...(counts && { counts }),
      ...(students && { students: listed(students).map(Number) }),
    }),
  );
  const categories = categoryRows(visit, programme).map(({ name = '', weight }, i) => ({
    name,
    weight: numberAt(visit, `categories.${i}.weight`, weight),
  }));
  const mentions = mentionRows(visit, programme).map(({ label = '', from }, i) => ({
    label,
    from: numberAt(visit, `mentions.${i}.from`, from),
  }));
  return {
    ...{ subjects, categories, mentions, scale: Number(visit.typed('scale')) },
    ...visit.form?.filled('head_teacher'),
    ...{ pass_mark: numberFrom(visit, 'pass_mark'), rank_needs: numberFrom(visit, 'rank_needs') },
    show: Object.fromEntries(Object.keys(SHOW).map((name) => [name, visit.typed(`show_${name}`) === 'yes'])),
  };
}

const pathOf = ({ variables }: Visit): string => `/classes/${encodeURIComponent(variables.class ?? '')}`;

/** The programme of the address; an empty one for a class that nobody is in yet. */
async function programmeOf(visit: Visit): Promise<Tagged<Programme>> {
  const outcome = await attempt(visit.api.tagged(pathOf(visit), Programme));
  if ('value' in outcome) return outcome.value;
  const { failure } = outcome;
  if (!(failure instanceof Refusal && failure.code === 'class_not_found')) throw failure;
  return { value: Programme.parse({ class_name: visit.variables.class }), tag: undefined };
}

/** Where a class's programme is kept. */
export const programmePath = (name: string): string => `/portal/programme/${encodeURIComponent(name)}`;

/** `/portal/programme/{class}`: what a class is taught, by whom, and how it is marked. */
export const programmePage = formPage<Tagged<Programme>>({
  path: '/portal/programme/{class}',
  wide: true,
  know: programmeOf,
  title: (visit, { value }) => `${visit.say(WORDS.title)} · ${value.class_name}`,
  back: (visit) => ({ path: '/portal/programme', text: visit.say(WORDS.all) }),
  above: (visit, { value }) =>
    html`<p class="lead">${visit.say(WORDS.text)}</p><p><a class="button quiet" href="${visit.to(`${programmePath(value.class_name)}/copy`)}">${visit.say(WORDS.copy)}</a></p>`,
  groups: (visit, { value }) => [
    { legend: visit.say(WORDS.marking), row: true, controls: settingControls },
    { legend: visit.say(WORDS.shown), row: true, controls: showControls },
    ...rowGroups(subjectRows(visit, value).length + 2, visit.say(WORDS.subject), (i) => subjectControls(visit, i)),
    ...rowGroups(categoryRows(visit, value).length + 1, visit.say(WORDS.category), categoryControls),
    ...rowGroups(mentionRows(visit, value).length + 1, visit.say(WORDS.mention), mentionControls),
  ],
  values: (visit, { value }) => ({
    head_teacher: value.head_teacher ?? '',
    scale: String(value.scale),
    pass_mark: value.pass_mark === undefined ? '' : written(visit, value.pass_mark),
    rank_needs: String(value.rank_needs),
    ...Object.fromEntries(Object.keys(SHOW).map((name) => [`show_${name}`, (value.show?.[name] ?? true) ? 'yes' : ''])),
    ...rowValues('subjects', subjectRows(visit, value)),
    ...rowValues('categories', categoryRows(visit, value)),
    ...rowValues('mentions', mentionRows(visit, value)),
  }),
  tag: ({ tag }) => tag,
  button: { fr: 'Enregistrer le programme', en: 'Save the programme' },
  async send(visit, { value }) {
    await visit.api.send('PUT', pathOf(visit), { body: bodyOf(visit, value), tag: tagOf(visit) });
    return { to: programmePath(value.class_name), news: 'saved' };
  },
});
