import type { Localized } from '../../../platform/base/language.ts';
import { OFFICE_NEWS } from './office-news.ts';

/** What a page may have to tell of what was done on the one before. */
export const NEWS = {
  bought: { fr: 'Achat enregistré. Il figure en tête de vos achats.', en: 'Purchase recorded. It stands first below.' },
  signed_up: {
    fr: 'Votre compte est créé, et vous êtes connecté(e).',
    en: 'Your account is made, and you are signed in.',
  },
  signed_out: { fr: 'Vous êtes déconnecté(e).', en: 'You are signed out.' },
  session_over: {
    fr: 'Votre session est terminée. Connectez-vous pour revenir où vous étiez.',
    en: 'Your session has ended. Sign in to get back to where you were.',
  },
  cancelled: { fr: 'Commande annulée.', en: 'Order cancelled.' },
  profile_saved: { fr: 'Profil enregistré.', en: 'Profile saved.' },
  password_changed: {
    fr: 'Mot de passe changé. Vos autres sessions sont terminées.',
    en: 'Password changed. Your other sessions have ended.',
  },
  session_ended: { fr: 'Session terminée.', en: 'Session ended.' },
  assessment_made: {
    fr: 'Évaluation créée. Saisissez les notes ; elles s’enregistrent une à une.',
    en: 'Assessment created. Enter the marks; each is saved as you go.',
  },
  assessment_saved: { fr: 'Évaluation enregistrée.', en: 'Assessment saved.' },
  assessment_deleted: { fr: 'Évaluation supprimée.', en: 'Assessment deleted.' },
  class_closed: {
    fr: 'Période close pour cette classe. Les bulletins peuvent être publiés.',
    en: 'Term closed for this class. Its report cards can be published.',
  },
  class_opened: { fr: 'Période rouverte pour cette classe.', en: 'Term opened again for this class.' },
  cards_published: {
    fr: 'Bulletins publiés. Les familles les voient dès maintenant.',
    en: 'Report cards published. Families see them from now on.',
  },
  card_read: { fr: 'Lecture confirmée. L’école le voit.', en: 'Reading confirmed. The school sees it.' },
  ...OFFICE_NEWS,
} satisfies Record<string, Localized>;
export type News = keyof typeof NEWS;

/** Whether a browser brings back something that is ours to tell. */
export const isNews = (text: string | undefined): text is News => text !== undefined && Object.hasOwn(NEWS, text);
