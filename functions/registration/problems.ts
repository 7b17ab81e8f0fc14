import { defineProblems } from '../../platform/http/problem.ts';

export const problem = defineProblems({
  student_not_found: {
    status: 404,
    title: { fr: 'Étudiant introuvable', en: 'Student not found' },
  },
  email_taken: {
    status: 409,
    title: { fr: 'Adresse e-mail déjà prise', en: 'Email already taken' },
    detail: { fr: 'Un autre étudiant a cette adresse.', en: 'Another student has this address.' },
  },
  phone_taken: {
    status: 409,
    title: { fr: 'Numéro de téléphone déjà pris', en: 'Phone number already taken' },
    detail: { fr: 'Un autre étudiant a ce numéro.', en: 'Another student has this number.' },
  },
  account_already_registered: {
    status: 409,
    title: { fr: 'Compte déjà inscrit', en: 'Account already registered' },
    detail: { fr: 'Ce compte est déjà celui d’un étudiant.', en: 'This account already belongs to a student.' },
  },
});
