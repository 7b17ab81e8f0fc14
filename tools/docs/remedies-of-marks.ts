import type { Remedy } from './remedy.ts';

/** What `remedies.ts` says of the problems of grades. */
export const remediesOfMarks: Readonly<Record<string, Remedy>> = {
  no_open_term: {
    cause: 'Every term of the school is closed, so there is none in which a mark could stand.',
    remedy: 'Create the next term (`POST /terms`), or open one again with a reason (`PATCH /terms/{id}`).',
  },
  term_closed: {
    cause: 'The term was closed, for this class or for all: its marks, members and weights no longer change.',
    remedy:
      'An administrator may open it again with a reason: `PATCH /terms/{id}`. `release_at` may change all the same.',
  },
  not_in_class_then: {
    cause:
      'The term that takes marks was closed once, and the student came to the class, or to the school, after that.',
    remedy: 'Create or open a term that goes on: members of one that was closed stay as they were.',
  },
  student_left: {
    cause: 'The student left the school before the term that takes marks was over, so they are no member of it.',
    remedy:
      'Nothing is to be entered. Where they did not leave, or are back, registration says so, and their marks count again.',
  },
  term_not_found: {
    cause: 'No term has this id.',
    remedy: 'Look it up with `GET /terms`.',
  },
  term_has_marks: {
    cause: 'Marks stand in this term already, so it cannot be divided into terms of its own.',
    remedy: 'Create the new term beside it, or below the same parent.',
  },
  term_is_divided: {
    cause: 'Terms stand below this one; marks, assessments and figures by subject are of one of those.',
    remedy: 'Name a term that none stands below: see `GET /terms`.',
  },
  not_your_subject: {
    cause: 'The class has a programme, and this subject in it is somebody else’s.',
    remedy: 'Ask the teacher of the subject, the head teacher of the class, or an administrator.',
  },
  not_head_teacher: {
    cause: 'The class is not yours as a whole: you teach in it, and somebody else is its head teacher, or nobody is.',
    remedy: 'Ask the head teacher or an administrator, who may also name you: `PUT /classes/{class_name}`.',
  },
  term_not_closed: {
    cause: 'The term still takes marks of this class, so its cards would soon say something else.',
    remedy:
      'Close it (`PATCH /terms/{id}`, with `class_names` for some classes). `dry_run=true` tells before what is lacking.',
  },
  unreleased_results: {
    cause: 'Results count in these averages that families may not see before their `release_at`.',
    remedy:
      'Wait for that time, or release them: `PATCH /assessments/{id}` with `{"release_at": null}`, in a closed term too.',
  },
  report_card_not_found: {
    cause: 'No card of this version was published for the student in that term.',
    remedy: 'See `GET /grades/{student_id}/report-cards`; name the term, where there are cards of several.',
  },
  class_not_found: {
    cause: 'Nobody was ever in a class of this name, it has no programme in that year, or none of it is yours.',
    remedy: 'Look it up with `GET /classes`; spaces, accents and case do not count.',
  },
  result_not_found: {
    cause: 'The student has no mark of this id, and no result in an assessment of this id; or it was replaced since.',
    remedy: 'Take the id from `GET /grades/{student_id}`.',
  },
  assessment_not_found: {
    cause: 'No assessment has this id, or none of its class is yours.',
    remedy: 'Look it up with `GET /assessments?class_name=`.',
  },
  assessment_has_results: {
    cause: 'Results were entered in it, and would count no longer.',
    remedy: 'Add `with_results=true` if that is what you want.',
  },
  score_above: {
    cause: 'A student has more points in this assessment than the new `out_of` allows. Scores are never rescaled.',
    remedy: 'Correct that result first, or choose a higher `out_of`.',
  },
};

/** The same in French. */
export const remediesOfMarksInFrench: Readonly<Record<string, Remedy>> = {
  no_open_term: {
    cause: 'Toutes les périodes de l’école sont closes : aucune ne peut recevoir de note.',
    remedy: 'Créez la suivante (`POST /terms`), ou rouvrez-en une en disant pourquoi (`PATCH /terms/{id}`).',
  },
  term_closed: {
    cause:
      'La période a été close, pour cette classe ou pour toutes : ses notes, ses membres et ses coefficients ne changent plus.',
    remedy:
      'Un administrateur peut la rouvrir en disant pourquoi : `PATCH /terms/{id}`. `release_at` peut changer malgré tout.',
  },
  not_in_class_then: {
    cause:
      'La période qui reçoit les notes a été close une fois, et l’élève est arrivé dans la classe, ou dans l’école, après.',
    remedy: 'Créez ou ouvrez une période qui se poursuit : les membres de celle qui a été close restent les mêmes.',
  },
  student_left: {
    cause: 'L’élève a quitté l’école avant la fin de la période qui reçoit les notes : il n’en est plus membre.',
    remedy:
      'Il n’y a rien à saisir. S’il n’est pas parti, ou s’il est revenu, l’inscription le dit, et ses notes comptent de nouveau.',
  },
  term_not_found: {
    cause: 'Aucune période n’a cet identifiant.',
    remedy: 'Cherchez-la avec `GET /terms`.',
  },
  term_has_marks: {
    cause: 'Des notes figurent déjà dans cette période : elle ne peut pas être divisée.',
    remedy: 'Créez la nouvelle période à côté, ou sous la même période parente.',
  },
  term_is_divided: {
    cause:
      'D’autres périodes composent celle-ci ; notes, évaluations et moyennes par matière appartiennent à l’une d’elles.',
    remedy: 'Nommez une période qui n’est pas divisée : voyez `GET /terms`.',
  },
  not_your_subject: {
    cause: 'La classe a un programme, et cette matière y est celle de quelqu’un d’autre.',
    remedy: 'Adressez-vous à l’enseignant de la matière, au professeur principal ou à un administrateur.',
  },
  not_head_teacher: {
    cause:
      'La classe n’est pas la vôtre tout entière : vous y enseignez, et quelqu’un d’autre en est le professeur principal, ou personne.',
    remedy:
      'Adressez-vous au professeur principal ou à un administrateur, qui peut aussi vous nommer : `PUT /classes/{class_name}`.',
  },
  term_not_closed: {
    cause: 'La période reçoit encore des notes de cette classe : ses bulletins diraient bientôt autre chose.',
    remedy:
      'Closez-la (`PATCH /terms/{id}`, avec `class_names` pour quelques classes). `dry_run=true` dit avant ce qui manque.',
  },
  unreleased_results: {
    cause: 'Des résultats que les familles ne peuvent pas voir avant leur `release_at` comptent dans ces moyennes.',
    remedy:
      'Attendez ce moment, ou publiez-les : `PATCH /assessments/{id}` avec `{"release_at": null}`, même dans une période close.',
  },
  report_card_not_found: {
    cause: 'Aucun bulletin de cette version n’a été publié pour cet élève dans cette période.',
    remedy: 'Voyez `GET /grades/{student_id}/report-cards` ; nommez la période, s’il y a des bulletins de plusieurs.',
  },
  class_not_found: {
    cause:
      'Personne n’a jamais été dans une classe de ce nom, elle n’a pas de programme cette année-là, ou rien d’elle n’est à vous.',
    remedy: 'Cherchez-la avec `GET /classes` ; espaces, accents et majuscules ne comptent pas.',
  },
  result_not_found: {
    cause:
      'L’élève n’a pas de note de cet identifiant, ni de résultat dans une évaluation de cet identifiant ; ou elle a été remplacée.',
    remedy: 'Prenez l’identifiant dans `GET /grades/{student_id}`.',
  },
  assessment_not_found: {
    cause: 'Aucune évaluation n’a cet identifiant, ou rien de sa classe n’est à vous.',
    remedy: 'Cherchez-la avec `GET /assessments?class_name=`.',
  },
  assessment_has_results: {
    cause: 'Des résultats y ont été saisis, et ne compteraient plus.',
    remedy: 'Ajoutez `with_results=true` si c’est bien ce que vous voulez.',
  },
  score_above: {
    cause:
      'Un élève a plus de points dans cette évaluation que le nouveau barème n’en permet. Les notes ne sont jamais converties.',
    remedy: 'Corrigez d’abord ce résultat, ou choisissez un barème plus élevé.',
  },
};
