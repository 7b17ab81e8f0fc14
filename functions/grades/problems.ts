import { defineProblems } from '../../platform/base/problem.ts';

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
  no_open_term: {
    status: 409,
    title: { fr: 'Aucune période ouverte', en: 'No open term' },
    detail: {
      fr: 'Toutes les périodes sont closes : ouvrez-en une, ou créez la suivante.',
      en: 'All terms are closed: open one, or create the next.',
    },
  },
  term_closed: {
    status: 409,
    title: { fr: 'Période close', en: 'Term closed' },
    detail: {
      fr: 'Cette période est close pour cette classe : ses notes, ses membres et ses coefficients ne changent plus.',
      en: 'This term is closed for this class: its marks, members and weights no longer change.',
    },
  },
  not_in_class_then: {
    status: 409,
    title: { fr: 'Pas dans la classe à cette période', en: 'Not in the class in that term' },
    detail: {
      fr: 'La période est finie, ou a été close puis rouverte : ses membres restent ceux d’alors, et cet élève n’en était pas.',
      en: 'The term is over, or was closed and opened again: its members stay those of then, and this student was not among them.',
    },
  },
  student_left: {
    status: 409,
    title: { fr: 'Élève parti', en: 'Student has left' },
    detail: {
      fr: 'Cet élève a quitté l’établissement avant la fin de la période : il n’y reçoit plus de note. Celles qu’il a restent lisibles.',
      en: 'This student left the school before the term was over and gets no further mark in it. Those they have stay readable.',
    },
  },
  term_not_found: { status: 404, title: { fr: 'Période introuvable', en: 'Term not found' } },
  term_has_marks: {
    status: 409,
    title: { fr: 'Période avec des notes', en: 'Term with marks' },
    detail: {
      fr: 'Des notes y figurent déjà : elle ne peut pas être divisée.',
      en: 'Marks stand in it already: it cannot be divided.',
    },
  },
  term_is_divided: {
    status: 409,
    title: { fr: 'Période divisée', en: 'Divided term' },
    detail: {
      fr: 'Nommez l’une des périodes qui la composent.',
      en: 'Name one of the terms that it is made of.',
    },
  },
  not_your_subject: {
    status: 404,
    title: { fr: 'Matière introuvable parmi les vôtres', en: 'Not among your subjects' },
    detail: {
      fr: 'Dans cette classe, un enseignant saisit et lit les notes de ses propres matières ; le professeur principal, toutes.',
      en: 'In this class a teacher enters and reads the marks of their own subjects; the head teacher, all.',
    },
  },
  not_head_teacher: {
    status: 404,
    title: { fr: 'Réservé au professeur principal', en: 'For the head teacher' },
    detail: {
      fr: 'Les fiches, les bulletins et l’historique d’une classe reviennent à son professeur principal et aux administrateurs.',
      en: 'The sheets, report cards and history of a class are for its head teacher and administrators.',
    },
  },
  term_not_closed: {
    status: 409,
    title: { fr: 'Période non close', en: 'Term not closed' },
    detail: {
      fr: 'Les bulletins figent ce qui ne change plus : closez d’abord la période pour cette classe.',
      en: 'Report cards freeze what changes no more: close the term for this class first.',
    },
  },
  unreleased_results: {
    status: 409,
    title: { fr: 'Résultats non publiés', en: 'Unreleased results' },
    detail: {
      fr: 'Des résultats que les familles ne peuvent pas encore voir comptent dans ces moyennes.',
      en: 'Results that families may not see yet count in these averages.',
    },
  },
  report_card_not_found: { status: 404, title: { fr: 'Bulletin introuvable', en: 'Report card not found' } },
  class_not_found: { status: 404, title: { fr: 'Classe introuvable', en: 'Class not found' } },
  result_not_found: { status: 404, title: { fr: 'Note introuvable', en: 'Result not found' } },
  assessment_not_found: { status: 404, title: { fr: 'Évaluation introuvable', en: 'Assessment not found' } },
  assessment_has_results: {
    status: 409,
    title: { fr: 'Évaluation avec des résultats', en: 'Assessment with results' },
    detail: {
      fr: 'Ajoutez `with_results=true` pour la supprimer avec ses résultats.',
      en: 'Add `with_results=true` to delete it together with its results.',
    },
  },
  score_above: {
    status: 409,
    title: { fr: 'Note supérieure au barème', en: 'Score above the maximum' },
    detail: {
      fr: 'Un résultat déjà saisi dépasse ce barème ; les notes ne sont jamais converties.',
      en: 'A result entered already exceeds this maximum; scores are never rescaled.',
    },
  },
});
