import type { Localized } from '../../../platform/base/language.ts';
import type { Tagged } from '../kit/api.ts';
import { formPage, tagOf } from '../kit/form-page.ts';
import { NAMES, particulars, REACHED, STUDENT_CODES } from './enrol.ts';
import { backToRecord, recordPath, Student, studentIdIn } from './record.ts';

const WORDS = {
  title: { fr: 'Modifier les renseignements', en: 'Edit the particulars' },
  reach: { fr: 'Comment joindre l’élève', en: 'How to reach the student' },
  more: { fr: 'État civil et compte', en: 'Civil status and account' },
} satisfies Record<string, Localized>;

const FIELDS = [
  ...['first_name', 'last_name', 'phone', 'email'],
  ...['matricule', 'birth_date', 'birth_place', 'sex', 'username'],
] as const;

/** `/portal/students/{id}/edit`: what is emptied is erased, and a colleague's change meanwhile is not undone unseen. */
export const editPage = formPage<Tagged<Student>>({
  path: '/portal/students/{id}/edit',
  know: (visit) => visit.api.tagged(`/students/${studentIdIn(visit)}`, Student),
  title: (visit) => visit.say(WORDS.title),
  back: (visit, { value }) => backToRecord(visit, value),
  groups: (visit) => [
    { controls: NAMES },
    { legend: visit.say(WORDS.reach), controls: REACHED },
    { legend: visit.say(WORDS.more), controls: particulars(visit) },
  ],
  values: (_, { value }) => {
    const stored: Readonly<Record<string, unknown>> = { ...value };
    return Object.fromEntries(FIELDS.map((name) => [name, String(stored[name] ?? '')]));
  },
  tag: ({ tag }) => tag,
  codes: STUDENT_CODES,
  button: { fr: 'Enregistrer', en: 'Save' },
  async send(visit, { value: { id } }) {
    const fields = FIELDS.map((name) => [name, visit.typed(name).trim() === '' ? null : visit.typed(name)]);
    const body = Object.fromEntries(fields);
    await visit.api.send('PATCH', `/students/${id}`, { body, tag: tagOf(visit) });
    return { to: recordPath(id), news: 'saved' };
  },
});
