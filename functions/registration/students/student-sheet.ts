import type * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import type { Sheet } from '../../../platform/files/sheet.ts';
import type { ContactView } from './contact.ts';
import { type Student, StudentView } from './student.ts';

const STATUS: Readonly<Record<string, Localized>> = {
  pending: { fr: 'en attente', en: 'pending' },
  enrolled: { fr: 'inscrit', en: 'enrolled' },
  left: { fr: 'parti', en: 'left' },
};

/** `Awa Diop (mère) +221771234567 awa@campus.example`. */
const contact = ({ name, relation, phone, email }: z.output<typeof ContactView>): string =>
  [`${name} (${relation})`, phone, email].filter(Boolean).join(' ');

const joined = (parts: readonly string[] | undefined): string | undefined => parts?.join(' ; ') || undefined;

/** Students as a table. The headers are among those that an import knows. */
export const studentSheet: Sheet<Student> = {
  title: { fr: 'Élèves', en: 'Students' },
  shown: (student) => StudentView.parse(student),
  columns: [
    { header: { fr: 'Id', en: 'Id' }, width: 8, of: ({ id }) => id },
    { header: { fr: 'Matricule', en: 'Matricule' }, width: 14, printed: true, of: ({ matricule }) => matricule },
    { header: { fr: 'Nom', en: 'Last name' }, width: 20, of: ({ last_name }) => last_name },
    { header: { fr: 'Prénom', en: 'First name' }, width: 20, of: ({ first_name }) => first_name },
    { header: { fr: 'Nom complet', en: 'Full name' }, width: 28, printed: true, of: ({ name }) => name },
    { header: { fr: 'Classe', en: 'Class' }, width: 14, printed: true, of: ({ class_name }) => class_name },
    {
      header: { fr: 'Statut', en: 'Status' },
      width: 11,
      of: ({ status = 'enrolled' }, language) => STATUS[status]?.[language],
    },
    { header: { fr: 'Sexe', en: 'Sex' }, width: 6, of: ({ sex }) => sex },
    {
      header: { fr: 'Date de naissance', en: 'Birth date' },
      kind: 'day',
      width: 17,
      of: ({ birth_date }) => birth_date,
    },
    { header: { fr: 'Lieu de naissance', en: 'Birth place' }, width: 20, of: ({ birth_place }) => birth_place },
    { header: { fr: 'Téléphone', en: 'Phone' }, width: 16, printed: true, of: ({ phone }) => phone },
    { header: { fr: 'E-mail', en: 'E-mail' }, width: 28, printed: true, of: ({ email }) => email },
    { header: { fr: 'Compte', en: 'Account' }, width: 16, of: ({ username }) => username },
    { header: { fr: 'Contacts', en: 'Contacts' }, width: 40, of: ({ contacts }) => joined(contacts?.map(contact)) },
    { header: { fr: 'Responsables', en: 'Guardians' }, width: 20, of: ({ guardians }) => joined(guardians) },
    {
      header: { fr: 'Classe demandée', en: 'Requested class' },
      width: 16,
      of: ({ requested_class }) => requested_class,
    },
    { header: { fr: 'Payé', en: 'Paid' }, width: 6, printed: true, of: ({ paid }) => paid },
    {
      header: { fr: 'Inscrit le', en: 'Registered on' },
      kind: 'day',
      width: 14,
      of: ({ registered_at }) => registered_at.slice(0, 10),
    },
    { header: { fr: 'Parti le', en: 'Left on' }, kind: 'day', width: 12, of: ({ left_on }) => left_on },
    { header: { fr: 'Motif du départ', en: 'Reason for leaving' }, width: 24, of: ({ left_reason }) => left_reason },
  ],
};
