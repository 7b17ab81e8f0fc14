import { defineProblems } from '../../platform/base/problem.ts';
import { CARD_REFUSALS } from '../../platform/schema/card.ts';

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
  matricule_taken: {
    status: 409,
    title: { fr: 'Matricule déjà pris', en: 'Matricule already taken' },
    detail: { fr: 'Un autre étudiant a ce matricule.', en: 'Another student has this matricule.' },
  },
  account_already_registered: {
    status: 409,
    title: { fr: 'Compte déjà inscrit', en: 'Account already registered' },
    detail: { fr: 'Ce compte est déjà celui d’un étudiant.', en: 'This account already belongs to a student.' },
  },
  not_enrolled: {
    status: 409,
    title: { fr: 'Pas encore inscrit', en: 'Not enrolled yet' },
    detail: {
      fr: 'Cette inscription attend d’être acceptée : refusez-la en la supprimant.',
      en: 'This registration waits to be accepted: turn it down by deleting it.',
    },
  },
  already_left: {
    status: 409,
    title: { fr: 'Déjà parti', en: 'Already left' },
    detail: {
      fr: 'Cet étudiant est déjà parti, un autre jour ou pour une autre raison.',
      en: 'This student has left already, on another day or for another reason.',
    },
  },
  too_many_stays: {
    status: 409,
    title: { fr: 'Trop de changements de classe', en: 'Too many changes of class' },
    detail: {
      fr: 'Cet étudiant a déjà changé de classe cent fois.',
      en: 'This student has changed class a hundred times already.',
    },
  },
  year_not_closed: {
    status: 409,
    title: { fr: 'Année scolaire non close', en: 'School year not closed' },
    detail: {
      fr: 'Fermez d’abord les périodes de l’année que l’on quitte. Rien n’a été changé.',
      en: 'Close the terms of the year that is left first. Nothing was changed.',
    },
  },
  nothing_due: {
    status: 409,
    title: { fr: 'Rien de tel à payer', en: 'Nothing due' },
    detail: {
      fr: 'Il reste moins à payer que ce montant, ou plus rien. Rien n’a été enregistré.',
      en: 'Less than this amount is still owed, or nothing at all. Nothing was recorded.',
    },
  },
  reference_taken: {
    status: 409,
    title: { fr: 'Référence déjà enregistrée', en: 'Reference already recorded' },
    detail: {
      fr: 'Un paiement de ce moyen a déjà cette référence. Rien n’a été enregistré.',
      en: 'A payment by this method already has this reference. Nothing was recorded.',
    },
  },
  payment_not_found: { status: 404, title: { fr: 'Paiement introuvable', en: 'Payment not found' } },
  already_reversed: {
    status: 409,
    title: { fr: 'Paiement déjà annulé', en: 'Payment already reversed' },
    detail: {
      fr: 'Ce paiement a été annulé, une fois pour toutes.',
      en: 'This payment was reversed, once and for all.',
    },
  },
  fee_not_found: { status: 404, title: { fr: 'Frais introuvables', en: 'Fee not found' } },
  waiver_above_fee: {
    status: 409,
    title: { fr: 'Remise trop élevée', en: 'Waiver too high' },
    detail: {
      fr: 'Il reste moins à remettre que ce montant, ou plus rien. Rien n’a été enregistré.',
      en: 'Less than this amount is left to waive, or nothing at all. Nothing was recorded.',
    },
  },
  class_not_found: { status: 404, title: { fr: 'Classe introuvable', en: 'Class not found' } },
  registration_pending: {
    status: 409,
    title: { fr: 'Inscription en attente', en: 'Registration pending' },
    detail: {
      fr: 'Une inscription qui attend d’être acceptée ne doit rien. Personne n’a été débité.',
      en: 'A registration that waits to be accepted owes nothing. Nobody was charged.',
    },
  },
  fee_differs: {
    status: 409,
    title: { fr: 'Frais de ce nom avec d’autres montants', en: 'A fee of this name with other amounts' },
    detail: {
      fr: 'Des frais de ce libellé et de cette année ont d’autres échéances. Personne n’a été débité.',
      en: 'A fee of this label and year has other instalments. Nobody was charged.',
    },
  },
  other_currency: {
    status: 409,
    title: { fr: 'Autre devise', en: 'Another currency' },
    detail: {
      fr: 'Tout ce qu’un étudiant doit est dans une devise. Personne n’a été débité.',
      en: 'All that a student owes is in one currency. Nobody was charged.',
    },
  },
  has_published_cards: {
    status: 409,
    title: { fr: 'Des bulletins sont publiés', en: 'Report cards are published' },
    detail: {
      fr: 'Cet étudiant a un bulletin publié : il peut quitter l’école, mais pas être supprimé.',
      en: 'This student has a published report card: they may leave the school, and cannot be deleted.',
    },
  },
  import_not_found: {
    status: 404,
    title: { fr: 'Importation introuvable', en: 'Import not found' },
  },
  not_uploaded: {
    status: 409,
    title: { fr: 'Fichier pas encore déposé', en: 'File not uploaded yet' },
    detail: {
      fr: 'Déposez d’abord le fichier, de la taille annoncée, à l’adresse que POST /imports a donnée.',
      en: 'Upload the file first, of the size that was announced, to the address that POST /imports gave.',
    },
  },
  unreadable_file: {
    status: 400,
    title: { fr: 'Fichier illisible', en: 'Unreadable file' },
    detail: {
      fr: 'On ne peut rien faire de ce fichier : `errors` dit pourquoi. Rien n’a été importé.',
      en: 'Nothing can be made of this file: `errors` says why. Nothing was imported.',
    },
  },
  ...CARD_REFUSALS,
});
