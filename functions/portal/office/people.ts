import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import type { Tagged } from '../kit/api.ts';
import type { Control, Group } from '../kit/form-controls.ts';
import { formPage, tagOf } from '../kit/form-page.ts';
import { type Row, rowsOf, rowValues } from '../kit/form-rows.ts';
import type { Visit } from '../kit/visit.ts';
import { backToRecord, recordPath, Student, studentIdIn } from './record.ts';

const WORDS = {
  guardians: { fr: 'Responsables', en: 'Guardians' },
  guardiansText: {
    fr: 'Chaque responsable a un compte et voit ce que voit l’élève : notes, bulletins, frais. Videz une ligne pour l’enlever.',
    en: 'Each guardian has an account and sees what the student sees: marks, report cards, fees. Empty a line to remove it.',
  },
  guardian: { fr: 'Responsable', en: 'Guardian' },
  contacts: { fr: 'Contacts', en: 'Contacts' },
  contactsText: {
    fr: 'Qui appeler. Un contact sans compte ne voit rien. Videz une ligne pour l’enlever.',
    en: 'Whom to call. A contact without an account sees nothing. Empty a line to remove it.',
  },
  contact: { fr: 'Contact', en: 'Contact' },
} satisfies Record<string, Localized>;

const SAVE: Localized = { fr: 'Enregistrer', en: 'Save' };

const RELATION: Localized = { fr: 'Lien', en: 'Relation' };
const LEGAL: Localized = { fr: 'Responsable légal', en: 'Legal guardian' };

const isYes = (text: string | undefined): boolean => text === 'yes';

/** As many groups as there are rows, and some empty ones to add with. */
const groupsOf = (count: number, legend: string, controls: (i: number) => readonly Control[]): Group[] =>
  Array.from({ length: count }, (_, i) => ({ legend: `${legend} ${i + 1}`, row: true, controls: controls(i) }));

const SPARE = 2;

const Named = z.object({
  username: z.string(),
  relation: z.string().optional(),
  legal: z.boolean().optional(),
});

interface Guarded {
  readonly student: Tagged<Student>;
  readonly guardians: readonly z.output<typeof Named>[];
}

/** Who is named now, with what is known of them: the newest line of the history says it. */
async function guardedOf(visit: Visit): Promise<Guarded> {
  const id = studentIdIn(visit);
  const [student, [newest]] = await Promise.all([
    visit.api.tagged(`/students/${id}`, Student),
    visit.api.get(`/students/${id}/guardians/history?limit=1`, z.array(z.object({ guardians: z.array(Named) }))),
  ]);
  const known = new Map(newest?.guardians.map((one) => [one.username, one]));
  return { student, guardians: student.value.guardians.map((username) => known.get(username) ?? { username }) };
}

const GUARDIAN_NAMES = ['username', 'relation', 'legal'] as const;

const guardianRows = (visit: Visit, { guardians }: Guarded): Row<(typeof GUARDIAN_NAMES)[number]>[] =>
  rowsOf(
    visit,
    'guardians',
    GUARDIAN_NAMES,
    guardians.map(({ username, relation, legal }) => ({
      username,
      relation,
      ...(legal && { legal: 'yes' }),
    })),
  );

const guardianControls = (i: number): Control[] => [
  {
    name: `guardians.${i}.username`,
    label: { fr: 'Compte', en: 'Account' },
    maxLength: 64,
    autocomplete: 'off',
    bare: true,
  },
  { name: `guardians.${i}.relation`, label: RELATION, maxLength: 50, autocomplete: 'off', bare: true },
  { name: `guardians.${i}.legal`, label: LEGAL, as: 'tick' },
];

/** `/portal/students/{id}/guardians`: who may see what the student sees. */
export const guardiansPage = formPage<Guarded>({
  path: '/portal/students/{id}/guardians',
  wide: true,
  know: guardedOf,
  title: (visit) => visit.say(WORDS.guardians),
  back: (visit, { student }) => backToRecord(visit, student.value),
  above: (visit) => html`<p class="lead">${visit.say(WORDS.guardiansText)}</p>`,
  groups: (visit, known) =>
    groupsOf(guardianRows(visit, known).length + SPARE, visit.say(WORDS.guardian), guardianControls),
  values: (visit, known) => rowValues('guardians', guardianRows(visit, known)),
  tag: ({ student }) => student.tag,
  button: SAVE,
  async send(visit, known) {
    const body = guardianRows(visit, known).map(({ username = '', relation, legal }) => ({
      username,
      ...(relation && { relation }),
      legal: isYes(legal),
    }));
    const { id } = known.student.value;
    await visit.api.send('PUT', `/students/${id}/guardians`, { body, tag: tagOf(visit) });
    return { to: recordPath(id), news: 'saved' };
  },
});

const CONTACT_NAMES = ['name', 'relation', 'phone', 'email', 'username', 'legal', 'pays'] as const;

const contactRows = (visit: Visit, { value }: Tagged<Student>): Row<(typeof CONTACT_NAMES)[number]>[] =>
  rowsOf(
    visit,
    'contacts',
    CONTACT_NAMES,
    value.contacts.map(({ legal, pays, ...texts }) => ({
      ...texts,
      ...(legal && { legal: 'yes' }),
      ...(pays && { pays: 'yes' }),
    })),
  );

const contactControls = (i: number): Control[] => [
  { name: `contacts.${i}.name`, label: { fr: 'Nom', en: 'Name' }, maxLength: 100, autocomplete: 'off', bare: true },
  { name: `contacts.${i}.relation`, label: RELATION, maxLength: 50, autocomplete: 'off', bare: true },
  {
    name: `contacts.${i}.phone`,
    label: { fr: 'Téléphone', en: 'Phone' },
    as: 'tel',
    maxLength: 40,
    autocomplete: 'off',
    bare: true,
  },
  {
    name: `contacts.${i}.email`,
    label: { fr: 'E-mail', en: 'E-mail' },
    as: 'email',
    maxLength: 254,
    autocomplete: 'off',
    bare: true,
  },
  {
    name: `contacts.${i}.username`,
    label: { fr: 'Compte', en: 'Account' },
    maxLength: 64,
    autocomplete: 'off',
    bare: true,
  },
  { name: `contacts.${i}.legal`, label: LEGAL, as: 'tick' },
  { name: `contacts.${i}.pays`, label: { fr: 'Paie les frais', en: 'Pays the fees' }, as: 'tick' },
];

/** `/portal/students/{id}/contacts`: whom the school may call. */
export const contactsPage = formPage<Tagged<Student>>({
  path: '/portal/students/{id}/contacts',
  wide: true,
  know: (visit) => visit.api.tagged(`/students/${studentIdIn(visit)}`, Student),
  title: (visit) => visit.say(WORDS.contacts),
  back: (visit, { value }) => backToRecord(visit, value),
  above: (visit) => html`<p class="lead">${visit.say(WORDS.contactsText)}</p>`,
  groups: (visit, known) =>
    groupsOf(contactRows(visit, known).length + SPARE, visit.say(WORDS.contact), contactControls),
  values: (visit, known) => rowValues('contacts', contactRows(visit, known)),
  tag: ({ tag }) => tag,
  button: SAVE,
  async send(visit, known) {
    const contacts = contactRows(visit, known).map(({ name = '', relation = '', legal, pays, ...rest }) => ({
      ...{ name, relation, ...rest },
      ...(isYes(legal) && { legal: true }),
      ...(isYes(pays) && { pays: true }),
    }));
    const { id } = known.value;
    const body = { contacts: contacts.length > 0 ? contacts : null };
    await visit.api.send('PATCH', `/students/${id}`, { body, tag: tagOf(visit) });
    return { to: recordPath(id), news: 'saved' };
  },
});
