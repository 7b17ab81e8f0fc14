import type { Localized } from '../../../platform/base/language.ts';

/** What the school office is told of what it has just done: quietly, above the page that shows it. */
export const OFFICE_NEWS = {
  saved: { fr: 'Enregistré.', en: 'Saved.' },
  enrolled: { fr: 'Élève inscrit(e).', en: 'Student enrolled.' },
  accepted: { fr: 'Inscription acceptée.', en: 'Registration accepted.' },
  class_changed: { fr: 'Classe changée.', en: 'Class changed.' },
  left: { fr: 'Départ enregistré.', en: 'Departure recorded.' },
  payment_recorded: { fr: 'Paiement enregistré.', en: 'Payment recorded.' },
  waived: { fr: 'Remise enregistrée.', en: 'Waiver recorded.' },
  reversed: { fr: 'Paiement annulé.', en: 'Payment reversed.' },
  notified: {
    fr: 'Notification envoyée au service des notes.',
    en: 'The marks service has been notified.',
  },
  removed: {
    fr: 'Élève retiré(e). Pendant 30 jours, cette page peut tout rétablir.',
    en: 'Student removed. For 30 days this page can restore everything.',
  },
  restored: { fr: 'Élève rétabli(e).', en: 'Student restored.' },
  fee_charged: { fr: 'Frais ajoutés.', en: 'Fee charged.' },
  paid: { fr: 'Paiement confirmé.', en: 'Payment confirmed.' },
  term_created: { fr: 'Période créée.', en: 'Term created.' },
  term_closed: { fr: 'Période fermée.', en: 'Term closed.' },
  term_reopened: { fr: 'Période rouverte.', en: 'Term opened again.' },
  copied: { fr: 'Programme copié.', en: 'Programme copied.' },
  rolled_over: { fr: 'Passage effectué.', en: 'Roll-over done.' },
  rollover_unfinished: {
    fr: 'Le passage n’est pas fini : renvoyez le même formulaire, il continue où il en était.',
    en: 'The roll-over is not finished: send the same form again, it goes on from there.',
  },
  product_created: { fr: 'Article créé.', en: 'Article created.' },
  retired: { fr: 'Article retiré de la vente.', en: 'Article taken off sale.' },
  account_deleted: { fr: 'Compte supprimé.', en: 'Account deleted.' },
  order_shipped: { fr: 'Commande expédiée.', en: 'Order shipped.' },
  order_delivered: { fr: 'Commande livrée.', en: 'Order delivered.' },
  order_refunded: { fr: 'Commande remboursée.', en: 'Order refunded.' },
  redriven: {
    fr: 'Messages renvoyés. Ceux qui échouent de nouveau reviennent ici.',
    en: 'Messages sent again. Those that fail once more come back here.',
  },
  some_redriven: {
    fr: 'Une partie des messages est renvoyée ; renvoyez pour continuer.',
    en: 'Some of the messages were sent again; send again to go on.',
  },
  nothing_redriven: {
    fr: 'Rien n’a été renvoyé : plus rien n’attend, ou quelqu’un d’autre s’en occupe.',
    en: 'Nothing was sent again: nothing waits any more, or somebody else is at it.',
  },
} satisfies Record<string, Localized>;
