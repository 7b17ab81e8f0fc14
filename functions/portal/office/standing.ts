import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import type { Option } from '../kit/form-controls.ts';
import { formPage } from '../kit/form-page.ts';
import type { Visit } from '../kit/visit.ts';
import { classOptions } from './enrol.ts';
import { backToRecord, recordPath, type Student, studentIdIn, studentOf } from './record.ts';

const WORDS = {
  class: { fr: 'Changer de classe', en: 'Change class' },
  classText: {
    fr: 'Les notes déjà données restent. L’ancienne classe garde sa trace dans la scolarité.',
    en: 'Marks already given stay. The old class keeps its line in the record.',
  },
  accept: { fr: 'Accepter l’inscription', en: 'Accept the registration' },
  acceptText: {
    fr: 'L’élève s’est inscrit lui-même. Une fois accepté, il entre dans la classe et les frais courent.',
    en: 'The student registered by themself. Once accepted they enter the class, and fees begin.',
  },
  leave: { fr: 'Enregistrer un départ', en: 'Record a departure' },
  leaveText: {
    fr: 'À partir de ce jour, l’élève n’est plus dans les listes, les rangs et les moyennes. Son dossier et ses bulletins restent.',
    en: 'From that day the student is out of lists, ranks and means. Their record and report cards stay.',
  },
  remove: { fr: 'Retirer cet élève', en: 'Remove this student' },
  removeText: {
    fr: 'Pour une erreur de saisie seulement : qui s’en va vraiment quitte l’école. Tout est effacé après 30 jours ; d’ici là on peut rétablir.',
    en: 'Only for a mistake of entry: whoever really goes leaves the school. All is erased after 30 days; until then it can be restored.',
  },
  notify: { fr: 'Notifier le service des notes', en: 'Notify the marks service' },
  notifyText: {
    fr: 'Le service des notes apprend le nom et la classe de l’élève. Répéter ne fait perdre aucune note.',
    en: 'The marks service learns the student’s name and class. Repeating it loses no mark.',
  },
} satisfies Record<string, Localized>;

interface Placed {
  readonly student: Student;
  readonly options: readonly Option[];
}

async function placedOf(visit: Visit): Promise<Placed> {
  const [student, options] = await Promise.all([studentOf(visit), classOptions(visit)]);
  return { student, options };
}

const back = (visit: Visit, { student }: Placed) => backToRecord(visit, student);

const path = (student: Student): string => `/students/${student.id}`;

/** `/portal/students/{id}/class`: ends one stay and begins the next, on a day. */
export const changeClassPage = formPage<Placed>({
  path: '/portal/students/{id}/class',
  know: placedOf,
  title: (visit) => visit.say(WORDS.class),
  back,
  above: (visit) => html`<p class="lead">${visit.say(WORDS.classText)}</p>`,
  groups: (_, { options }) => [
    {
      controls: [
        {
          name: 'class_name',
          label: { fr: 'Nouvelle classe', en: 'New class' },
          required: true,
          maxLength: 100,
          options,
        },
        {
          name: 'from',
          label: { fr: 'À partir du', en: 'From' },
          hint: { fr: 'Aujourd’hui si vous ne dites rien', en: 'Today if you do not say' },
          as: 'date',
        },
      ],
    },
  ],
  values: (_, { student }) => ({ class_name: student.class_name ?? '' }),
  button: { fr: 'Changer de classe', en: 'Change class' },
  async send(visit, { student }) {
    await visit.api.send('PATCH', path(student), { body: { ...visit.form?.filled('class_name', 'from') } });
    return { to: recordPath(student.id), news: 'class_changed' };
  },
});

/** `/portal/students/{id}/accept`: a registration that somebody made for themself. */
export const acceptPage = formPage<Placed>({
  path: '/portal/students/{id}/accept',
  know: placedOf,
  title: (visit) => visit.say(WORDS.accept),
  back,
  above: (visit) => html`<p class="lead">${visit.say(WORDS.acceptText)}</p>`,
  groups: (_, { options }) => [
    {
      controls: [
        {
          name: 'class_name',
          label: { fr: 'Classe', en: 'Class' },
          hint: { fr: 'Celle qui est demandée, ou une autre', en: 'The one that is asked for, or another' },
          maxLength: 100,
          options,
        },
      ],
    },
  ],
  values: (_, { student }) => ({ class_name: student.requested_class ?? '' }),
  button: { fr: 'Accepter', en: 'Accept' },
  async send(visit, { student }) {
    const body = { status: 'enrolled', ...visit.form?.filled('class_name') };
    await visit.api.send('PATCH', path(student), { body });
    return { to: recordPath(student.id), news: 'accepted' };
  },
});

/** `/portal/students/{id}/leave`. */
export const leavePage = formPage<Student>({
  path: '/portal/students/{id}/leave',
  know: studentOf,
  title: (visit) => visit.say(WORDS.leave),
  back: backToRecord,
  above: (visit) => html`<p class="lead">${visit.say(WORDS.leaveText)}</p>`,
  groups: () => [
    {
      controls: [
        { name: 'on', label: { fr: 'Dernier jour', en: 'Last day' }, as: 'date', required: true },
        {
          name: 'reason',
          label: { fr: 'Raison', en: 'Reason' },
          hint: { fr: 'Déménagement, autre école…', en: 'Moving away, another school…' },
          required: true,
          maxLength: 500,
        },
      ],
    },
  ],
  button: { fr: 'Enregistrer le départ', en: 'Record the departure' },
  danger: true,
  async send(visit, student) {
    const body = { on: visit.typed('on'), reason: visit.typed('reason') };
    await visit.api.send('POST', `${path(student)}/leave`, { body });
    return { to: recordPath(student.id), news: 'left' };
  },
});

/** `/portal/students/{id}/notify`: the button of the record does it at once; where it fails, it is tried again here. */
export const notifyPage = formPage<Student>({
  path: '/portal/students/{id}/notify',
  know: studentOf,
  title: (visit) => visit.say(WORDS.notify),
  back: backToRecord,
  above: (visit) => html`<p class="lead">${visit.say(WORDS.notifyText)}</p>`,
  button: { fr: 'Notifier', en: 'Notify' },
  async send(visit, { id }) {
    await visit.api.send('POST', `/notify_grades/${id}`);
    return { to: recordPath(id), news: 'notified' };
  },
});

/** `/portal/students/{id}/remove`. */
export const removePage = formPage<Student>({
  path: '/portal/students/{id}/remove',
  know: studentOf,
  title: (visit) => visit.say(WORDS.remove),
  back: backToRecord,
  above: (visit, { name }) => html`<p class="lead">${name}. ${visit.say(WORDS.removeText)}</p>`,
  button: { fr: 'Retirer', en: 'Remove' },
  danger: true,
  async send(visit, student) {
    await visit.api.send('DELETE', path(student));
    return { to: `/portal/students/restore?id=${studentIdIn(visit)}`, news: 'removed' };
  },
});
