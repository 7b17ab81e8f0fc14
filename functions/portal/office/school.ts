import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import type { Tagged } from '../kit/api.ts';
import { drop } from '../kit/cookies.ts';
import type { Control } from '../kit/form-controls.ts';
import { formPage, tagOf } from '../kit/form-page.ts';

const School = z.object({
  name: z.string(),
  address: z.string().optional(),
  phone: z.string().optional(),
  code: z.string().optional(),
  motto: z.string().optional(),
  head_name: z.string().optional(),
  country: z.string().optional(),
  time_zone: z.string(),
  logo: z.string().optional(),
  year_starts: z.string(),
});
type School = z.output<typeof School>;

const FIELDS = [
  'name',
  'address',
  'phone',
  'code',
  'motto',
  'head_name',
  'country',
  'time_zone',
  'year_starts',
] as const;

const CONTROLS: readonly Control[] = [
  { name: 'name', label: { fr: 'Nom de l’école', en: 'Name of the school' }, required: true, maxLength: 200 },
  { name: 'address', label: { fr: 'Adresse', en: 'Address' }, as: 'lines', required: true, maxLength: 500 },
  { name: 'phone', label: { fr: 'Téléphone', en: 'Phone' }, as: 'tel', required: true, maxLength: 40 },
  {
    name: 'head_name',
    label: { fr: 'Chef d’établissement', en: 'Head of the school' },
    required: true,
    maxLength: 100,
  },
  { name: 'code', label: { fr: 'Code de l’établissement', en: 'Code of the school' }, maxLength: 50 },
  { name: 'motto', label: { fr: 'Devise', en: 'Motto' }, maxLength: 200 },
  {
    name: 'country',
    label: { fr: 'Pays', en: 'Country' },
    hint: { fr: 'Code de deux lettres : SN, CI, FR…', en: 'Two-letter code: SN, CI, FR…' },
    required: true,
    maxLength: 8,
  },
  {
    name: 'time_zone',
    label: { fr: 'Fuseau horaire', en: 'Time zone' },
    required: true,
    maxLength: 64,
    options: ['Africa/Dakar', 'Africa/Abidjan', 'Africa/Douala', 'Europe/Paris'].map((value) => ({
      value,
      text: value,
    })),
  },
  {
    name: 'year_starts',
    label: { fr: 'Début de l’année scolaire', en: 'Begin of the school year' },
    hint: { fr: 'Mois et jour : 08-01', en: 'Month and day: 08-01' },
    required: true,
    maxLength: 5,
  },
];

const WORDS = {
  title: { fr: 'L’école', en: 'The school' },
  text: {
    fr: 'Ce qui figure sur les bulletins et les reçus.',
    en: 'What stands on report cards and receipts.',
  },
  year: { fr: 'Année scolaire', en: 'School year' },
} satisfies Record<string, Localized>;

/** `/portal/school`: the logo, which no form without a file can send, stays as it is. */
export const schoolPage = formPage<Tagged<School>>({
  path: '/portal/school',
  know: (visit) => visit.api.tagged('/school', School),
  title: (visit) => visit.say(WORDS.title),
  back: (visit) => ({ path: '/portal/year', text: visit.say(WORDS.year) }),
  above: (visit) => html`<p class="lead">${visit.say(WORDS.text)}</p>`,
  groups: () => [{ controls: CONTROLS }],
  values: (_, { value }) => Object.fromEntries(FIELDS.map((name) => [name, value[name] ?? ''])),
  tag: ({ tag }) => tag,
  button: { fr: 'Enregistrer', en: 'Save' },
  async send(visit, { value: { logo } }) {
    const body = { ...visit.form?.filled(...FIELDS), ...(logo && { logo }) };
    await visit.api.send('PUT', '/school', { body, tag: tagOf(visit) });
    return { to: '/portal/school', news: 'saved', cookies: [drop('zone')] };
  },
});
