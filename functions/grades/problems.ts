import { defineProblems } from '../../platform/http/problem.ts';

export const problem = defineProblems({
  student_not_found: {
    status: 404,
    title: { fr: 'Étudiant introuvable', en: 'Student not found' },
  },
  student_deleted: {
    status: 409,
    title: { fr: 'Étudiant supprimé', en: 'Student deleted' },
    detail: {
      fr: 'L’inscription a supprimé cet étudiant ; son espace notes ne peut pas être rouvert ici.',
      en: 'Registration deleted this student; the space for their marks cannot be opened again here.',
    },
  },
});
