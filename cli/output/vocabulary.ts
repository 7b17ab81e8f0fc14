import type { Language } from '../language.ts';

/** The API's words for states and roles, in French; in English they are what they are. */
const FRENCH: Readonly<Record<string, string>> = {
  admin: 'admin',
  teacher: 'enseignant',
  student: 'étudiant',
  guardian: 'parent',
  pending: 'en attente',
  enrolled: 'inscrit',
  left: 'parti',
  open: 'ouverte',
  closing: 'en fermeture',
  closed: 'fermée',
  absent: 'absent',
  exempt: 'dispensé',
  missing: 'non rendu',
  always: 'toujours',
  bonus: 'bonus',
  never: 'jamais',
  paid: 'payée',
  shipped: 'expédiée',
  delivered: 'livrée',
  cancelled: 'annulée',
  expired: 'expirée',
  refunded: 'remboursée',
  stored: 'enregistré',
  unchanged: 'inchangé',
  stale_version: 'modifié entre-temps',
  refused: 'refusé',
  student_not_in_class: 'pas dans la classe',
  score_above_out_of: 'au-dessus du barème',
  read: 'lecture',
  read_history: "lecture de l'historique",
  add: 'ajout',
  replace: 'remplacement',
  delete: 'suppression',
};

/** A word of the API as the reader has it; one that is not known stays as it is. */
export const inLanguage = (word: string, language: Language): string =>
  language === 'fr' && Object.hasOwn(FRENCH, word) ? (FRENCH[word] ?? word) : word.replaceAll('_', ' ');
