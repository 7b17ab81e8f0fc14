import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { attempt } from '../kit/api.ts';
import type { Control, Option } from '../kit/form-controls.ts';
import { formPage, keyOf } from '../kit/form-page.ts';
import type { Visit } from '../kit/visit.ts';
import { Classes } from '../pages/classes.ts';
import { recordPath } from './record.ts';

/** What a service says of a student as a whole that is about one of their fields. */
export const STUDENT_CODES = {
  email_taken: 'email',
  phone_taken: 'phone',
  matricule_taken: 'matricule',
  account_already_registered: 'username',
  unknown_username: 'username',
} as const;

const SEX = [
  { value: '', text: { fr: 'Non précisé', en: 'Not said' } },
  { value: 'F', text: { fr: 'Féminin', en: 'Female' } },
  { value: 'M', text: { fr: 'Masculin', en: 'Male' } },
];

/** The classes of this year, to choose from or not: a class begins with its first student. */
export async function classOptions(visit: Visit): Promise<Option[]> {
  const outcome = await attempt(visit.api.get('/classes?limit=200', Classes));
  return 'value' in outcome ? outcome.value.map(({ class_name }) => ({ value: class_name, text: class_name })) : [];
}

export const NAMES: readonly Control[] = [
  {
    name: 'first_name',
    label: { fr: 'Prénom', en: 'First name' },
    required: true,
    maxLength: 100,
    autocomplete: 'off',
  },
  { name: 'last_name', label: { fr: 'Nom', en: 'Last name' }, required: true, maxLength: 100, autocomplete: 'off' },
];

export const REACHED: readonly Control[] = [
  {
    name: 'phone',
    label: { fr: 'Téléphone', en: 'Phone' },
    hint: { fr: 'Par exemple 77 123 45 67', en: 'For example 77 123 45 67' },
    as: 'tel',
    maxLength: 40,
    autocomplete: 'off',
  },
  { name: 'email', label: { fr: 'E-mail', en: 'E-mail' }, as: 'email', maxLength: 254, autocomplete: 'off' },
];

/** What else a school keeps of a student. */
export const particulars = (visit: Visit): readonly Control[] => [
  { name: 'matricule', label: { fr: 'Matricule', en: 'Matricule' }, maxLength: 160, autocomplete: 'off' },
  { name: 'birth_date', label: { fr: 'Date de naissance', en: 'Date of birth' }, as: 'date', autocomplete: 'off' },
  {
    name: 'birth_place',
    label: { fr: 'Lieu de naissance', en: 'Place of birth' },
    maxLength: 100,
    autocomplete: 'off',
  },
  {
    name: 'sex',
    label: { fr: 'Sexe', en: 'Sex' },
    as: 'choice',
    options: SEX.map(({ value, text }) => ({ value, text: visit.say(text) })),
  },
  {
    name: 'username',
    label: { fr: 'Compte de l’élève', en: 'The student’s account' },
    hint: { fr: 'Son nom d’utilisateur, s’il en a déjà un', en: 'Their username, if they have one already' },
    maxLength: 64,
    autocomplete: 'off',
  },
];

const CONTACT: readonly Control[] = [
  {
    name: 'contacts.0.name',
    label: { fr: 'Nom du contact', en: 'Name of the contact' },
    maxLength: 100,
    autocomplete: 'off',
  },
  {
    name: 'contacts.0.relation',
    label: { fr: 'Lien avec l’élève', en: 'Relation to the student' },
    hint: { fr: 'Mère, père, tante…', en: 'Mother, father, aunt…' },
    maxLength: 50,
    autocomplete: 'off',
  },
  {
    name: 'contacts.0.phone',
    label: { fr: 'Téléphone du contact', en: 'Phone of the contact' },
    as: 'tel',
    maxLength: 40,
    autocomplete: 'off',
  },
];

const WORDS = {
  title: { fr: 'Inscrire un élève', en: 'Enrol a student' },
  students: { fr: 'Élèves', en: 'Students' },
  reach: { fr: 'Comment joindre la famille', en: 'How to reach the family' },
  more: { fr: 'Plus de renseignements', en: 'More particulars' },
} satisfies Record<string, Localized>;

/** The contact that was typed; none where all of it was left empty. */
function contactsIn(visit: Visit) {
  const filled = visit.form?.filled('contacts.0.name', 'contacts.0.relation', 'contacts.0.phone') ?? {};
  if (Object.keys(filled).length === 0) return {};
  const { 'contacts.0.phone': phone, 'contacts.0.name': name = '', 'contacts.0.relation': relation = '' } = filled;
  return { contacts: [{ name, relation, ...(phone && { phone }) }] };
}

/** `/portal/students/new`: four fields and a button; the rest can wait. */
export const enrolPage = formPage({
  path: '/portal/students/new',
  know: classOptions,
  title: (visit) => visit.say(WORDS.title),
  back: (visit) => ({ path: '/portal/students', text: visit.say(WORDS.students) }),
  groups: (visit, options) => [
    {
      controls: [
        ...NAMES,
        { name: 'class_name', label: { fr: 'Classe', en: 'Class' }, maxLength: 100, options, autocomplete: 'off' },
      ],
    },
    { legend: visit.say(WORDS.reach), controls: [...REACHED, ...CONTACT] },
    { legend: visit.say(WORDS.more), folded: true, controls: particulars(visit) },
  ],
  values: (visit) => Object.fromEntries(CONTACT.map(({ name }) => [name, visit.typed(name)])),
  codes: STUDENT_CODES,
  button: { fr: 'Inscrire', en: 'Enrol' },
  async send(visit) {
    const said = visit.form?.filled(
      ...['first_name', 'last_name', 'class_name', 'phone', 'email'],
      ...['matricule', 'birth_date', 'birth_place', 'sex', 'username'],
    );
    const name = `${visit.typed('first_name')} ${visit.typed('last_name')}`.trim();
    const body = { name, ...said, ...contactsIn(visit) };
    const { id } = z
      .object({ id: z.int() })
      .parse(await visit.api.send('POST', '/register', { body, key: keyOf(visit) }));
    return { to: recordPath(id), news: 'enrolled' };
  },
});
