import { defineProblems } from '../../platform/base/problem.ts';

export const problem = defineProblems({
  person_not_found: {
    status: 404,
    title: { fr: 'Personne introuvable', en: 'Person not found' },
  },
  health_not_found: {
    status: 404,
    title: { fr: 'Aucune donnée de santé', en: 'No health data' },
    detail: { fr: 'Rien n’a été mesuré pour cette personne.', en: 'Nothing was measured for this person.' },
  },
});
