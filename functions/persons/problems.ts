import { defineProblems } from '../../platform/base/problem.ts';

export const problem = defineProblems({
  person_not_found: {
    status: 404,
    title: { fr: 'Personne introuvable', en: 'Person not found' },
  },
});
