import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { Refusal } from '../kit/api.ts';
import type { Control } from '../kit/form-controls.ts';
import { formPage } from '../kit/form-page.ts';
import { recordPath } from './record.ts';

const WORDS = {
  title: { fr: 'Rétablir un élève retiré', en: 'Restore a removed student' },
  text: {
    fr: 'Dans les 30 jours, avec ses paiements, ses responsables et ses notes.',
    en: 'Within 30 days, with their payments, guardians and marks.',
  },
  students: { fr: 'Élèves', en: 'Students' },
  without: {
    fr: 'Si quelqu’un d’autre a pris entre-temps',
    en: 'If somebody else has taken meanwhile',
  },
  unknown: {
    fr: 'Aucun élève de ce numéro n’a été retiré depuis moins de 30 jours',
    en: 'No student of this number was removed less than 30 days ago',
  },
} satisfies Record<string, Localized>;

/** What a student can be restored without. */
const DISTINCTIONS = {
  email: { fr: 'rétablir sans l’e-mail', en: 'restore without the e-mail' },
  phone: { fr: 'rétablir sans le téléphone', en: 'restore without the phone' },
  matricule: { fr: 'rétablir sans le matricule', en: 'restore without the matricule' },
  username: { fr: 'rétablir sans le compte', en: 'restore without the account' },
} satisfies Record<string, Localized>;

const ticks: readonly Control[] = Object.entries(DISTINCTIONS).map(([name, label]) => ({ name, label, as: 'tick' }));

/** `/portal/students/restore`: by the number, since whoever was removed is in no list. */
export const restorePage = formPage({
  path: '/portal/students/restore',
  know: async () => undefined,
  title: (visit) => visit.say(WORDS.title),
  back: (visit) => ({ path: '/portal/students', text: visit.say(WORDS.students) }),
  above: (visit) => html`<p class="lead">${visit.say(WORDS.text)}</p>`,
  groups: (visit) => [
    {
      controls: [
        {
          name: 'id',
          label: { fr: 'Numéro de l’élève', en: 'Number of the student' },
          required: true,
          inputMode: 'numeric',
          maxLength: 15,
        },
      ],
    },
    { legend: visit.say(WORDS.without), folded: true, controls: ticks },
  ],
  values: (visit) => ({ id: visit.query.get('id') ?? '' }),
  codes: {
    student_not_found: 'id',
    email_taken: 'email',
    phone_taken: 'phone',
    matricule_taken: 'matricule',
    account_already_registered: 'username',
  },
  button: { fr: 'Rétablir', en: 'Restore' },
  async send(visit) {
    const id = /^[1-9]\d{0,14}$/.exec(visit.typed('id').trim())?.[0];
    if (!id) throw Refusal.of('id', visit.say(WORDS.unknown));
    const without = Object.keys(DISTINCTIONS).filter((name) => visit.typed(name) === 'yes');
    await visit.api.send('POST', `/students/${id}/restore`, { body: { without } });
    return { to: recordPath(id), news: 'restored' };
  },
});
