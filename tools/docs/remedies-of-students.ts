import type { Remedy } from './remedy.ts';

/** What `remedies.ts` says of the problems of registration. */
export const remediesOfStudents: Readonly<Record<string, Remedy>> = {
  student_not_found: {
    cause:
      'No student has this id, or the record is somebody else’s: the two cannot be told apart. The grades service knows a student only once notified.',
    remedy:
      'Check the id with `GET /students`. For marks, notify the grades service first (`POST /notify_grades/{student_id}`).',
  },
  student_deleted: {
    cause: 'Registration deleted the student; a late `init_student` must not bring the space for their marks back.',
    remedy: 'Register the person anew: a new student has a new id.',
  },
  email_taken: {
    cause: 'Another student has this e-mail address; upper and lower case do not count.',
    remedy: 'Use another address, or find the student who has it.',
  },
  phone_taken: {
    cause: 'Another student has this phone number, in whatever spelling.',
    remedy: 'Use another number, or find the student who has it (`GET /students?phone=`).',
  },
  matricule_taken: {
    cause:
      'Another student has this matricule, in whatever spelling of spaces and capitals; one who left keeps theirs.',
    remedy: 'Find the student who has it (`GET /students?matricule=`): who comes back is put into a class by `PATCH`.',
  },
  not_enrolled: {
    cause: 'Somebody who registered themself and was not accepted yet cannot leave.',
    remedy: 'Turn the registration down (`DELETE /students/{id}`), or accept it first.',
  },
  already_left: {
    cause: 'The student left on another day, or another reason was given. The same departure again is answered 200.',
    remedy:
      'Read `left_on` and `left_reason`. To put a wrong day right, take the student back into their class from that day (`PATCH` of `class_name` and `from`), then let them leave again.',
  },
  too_many_stays: {
    cause: 'The record holds a hundred stays in classes, as many as there may be.',
    remedy:
      'A stay that begins and ends on one day is replaced, so this is no ordinary life of a student: look for what changes the class again and again.',
  },
  year_not_closed: {
    cause:
      'A term of the school year `from` is still open, or is being closed: its marks and members may still change.',
    remedy:
      'Close them (`PATCH /terms/{id}` with `{"open": false}`; a school without terms has one called `default`). The dry run names them in `open_terms`.',
  },
  account_already_registered: {
    cause: 'The account in `username` already belongs to a student.',
    remedy: 'Leave `username` out, or name another account.',
  },
  reference_taken: {
    cause: 'A payment of the same `method` already has this `reference`; upper and lower case do not count.',
    remedy:
      'It was probably recorded before: look for it in the ledger (`GET /students/{id}/payments`), of a sibling too. Else correct the reference.',
  },
  nothing_due: {
    cause: 'The payment names an amount, and less than that, or nothing, is still owed. Nothing was recorded.',
    remedy:
      'Read the ledger (`GET /students/{id}/payments`): pay its balance, or find there the payment that was first.',
  },
  payment_not_found: {
    cause: 'The ledger of this student has no payment of this id.',
    remedy: 'Take the `id` of the payment from `GET /students/{id}/payments`.',
  },
  already_reversed: {
    cause: 'The payment was reversed before; a payment is reversed once.',
    remedy:
      'Nothing is left to do: the reversal stands in the ledger. Money that came in after all is a new payment (`POST /pay/{student_id}`).',
  },
  fee_not_found: {
    cause: 'The ledger of this student has no fee with this `fee_id`: each student’s line has an id of its own.',
    remedy:
      'Take the `id` of the fee from `GET /students/{id}/payments`; leave `fee_id` out to waive part of the balance.',
  },
  waiver_above_fee: {
    cause: 'The waiver is more than what was not waived yet of the fee or, without `fee_id`, more than the balance.',
    remedy:
      'Read the ledger (`GET /students/{id}/payments`) and waive no more than what is left. Money that was paid is given back by reversing its payment.',
  },
  registration_pending: {
    cause: 'One of the students registered themself and waits to be accepted; `errors` names them.',
    remedy: 'Accept them first (`PATCH /students/{id}` with a `status` or a `class_name`), or leave them out.',
  },
  fee_differs: {
    cause:
      'One of the students was charged before with a fee of the same `label` and `year`, and other instalments or another currency; `errors` names them. Nobody was charged.',
    remedy:
      'Send the instalments as they were charged (`GET /students/{id}/payments` shows them), or give the new fee another label. What was charged too much is waived.',
  },
  other_currency: {
    cause: 'The ledger of one of the students is in another currency; `errors` names them. Nobody was charged.',
    remedy:
      'Charge the fee in the currency of the ledger. A payment may come in another one: `POST /pay/{student_id}` takes it at the office’s rate.',
  },
  has_published_cards: {
    cause:
      'A report card of this student was published. Deleting is for mistakes, and what a family was shown is none.',
    remedy:
      'Have the student leave the school instead: they are out of lists and ranks from that day, and their cards stay readable.',
  },
  unreadable_file: {
    cause:
      '`errors` names one of: `empty_file`, `empty_sheet` (nothing below the headers), `no_header`, `not_a_table` (neither CSV nor XLSX, whatever it is called), `old_workbook` (.xls, or a password), `broken_workbook`, `too_large_unpacked`, `too_many_columns`, `too_many_rows`, `repeated_column`, `unknown_column`.',
    remedy:
      'Save the sheet anew as XLSX or CSV. Where headers are not recognised, name the columns in order by `columns`, and their row by `header_row`; docs/importing.md lists the headers that are known.',
  },
  import_not_found: {
    cause: 'No import has this id. Imports are kept for thirty days.',
    remedy: 'Take the `id` that `POST /imports` answered, or announce the file anew.',
  },
  not_uploaded: {
    cause: 'Nothing was uploaded to the address that `POST /imports` gave, or something of another size.',
    remedy:
      'Send the file by PUT to `upload.url` with exactly `upload.headers`, within the hour; then start. An address that has expired is replaced by a new import.',
  },
};

/** What `remedies.fr.ts` says of them. */
export const remediesOfStudentsInFrench: Readonly<Record<string, Remedy>> = {
  student_not_found: {
    cause:
      'Aucun étudiant n’a cet identifiant, ou le dossier est celui d’un autre : on ne peut les distinguer. Le service des notes ne connaît un étudiant qu’une fois averti.',
    remedy:
      'Vérifiez l’identifiant par `GET /students`. Pour les notes, avertissez d’abord le service (`POST /notify_grades/{student_id}`).',
  },
  student_deleted: {
    cause:
      'L’étudiant a été supprimé à l’inscription ; un `init_student` tardif ne doit pas rouvrir la place de ses notes.',
    remedy: 'Inscrivez la personne à nouveau : un nouvel étudiant a un nouvel identifiant.',
  },
  email_taken: {
    cause: 'Un autre étudiant a cette adresse ; majuscules et minuscules ne comptent pas.',
    remedy: 'Prenez une autre adresse, ou retrouvez l’étudiant qui l’a.',
  },
  phone_taken: {
    cause: 'Un autre étudiant a ce numéro de téléphone, quelle que soit son écriture.',
    remedy: 'Prenez un autre numéro, ou retrouvez l’étudiant qui l’a (`GET /students?phone=`).',
  },
  matricule_taken: {
    cause:
      'Un autre étudiant a ce matricule, quels que soient les espaces et les majuscules ; qui est parti garde le sien.',
    remedy:
      'Retrouvez l’étudiant qui l’a (`GET /students?matricule=`) : qui revient est remis dans une classe par `PATCH`.',
  },
  not_enrolled: {
    cause: 'Qui s’est inscrit seul et n’est pas encore accepté ne peut pas partir.',
    remedy: 'Refusez l’inscription (`DELETE /students/{id}`), ou acceptez-la d’abord.',
  },
  already_left: {
    cause:
      'L’étudiant est parti un autre jour, ou pour une autre raison. Le même départ, répété, obtient la réponse 200.',
    remedy:
      'Lisez `left_on` et `left_reason`. Pour corriger une date, reprenez l’étudiant dans sa classe à partir de ce jour (`PATCH` de `class_name` et `from`), puis enregistrez de nouveau le départ.',
  },
  too_many_stays: {
    cause: 'La fiche contient cent séjours en classe, le plus qu’il peut y en avoir.',
    remedy:
      'Un séjour qui commence et finit le même jour est remplacé, ce n’est donc pas la vie ordinaire d’un étudiant : cherchez ce qui change la classe sans cesse.',
  },
  year_not_closed: {
    cause:
      'Une période de l’année scolaire `from` est encore ouverte, ou en cours de fermeture : ses notes et ses effectifs peuvent encore changer.',
    remedy:
      'Fermez-les (`PATCH /terms/{id}` avec `{"open": false}` ; une école sans périodes en a une, `default`). L’essai à blanc les nomme dans `open_terms`.',
  },
  account_already_registered: {
    cause: 'Le compte de `username` appartient déjà à un étudiant.',
    remedy: 'Omettez `username`, ou nommez un autre compte.',
  },
  reference_taken: {
    cause: 'Un paiement du même `method` a déjà cette `reference` ; majuscules et minuscules ne comptent pas.',
    remedy:
      'Il a sans doute été consigné : cherchez-le au registre (`GET /students/{id}/payments`), celui d’un frère ou d’une sœur aussi. Sinon, corrigez la référence.',
  },
  nothing_due: {
    cause: 'Le paiement nomme un montant, et il reste dû moins, ou rien. Rien n’a été consigné.',
    remedy:
      'Lisez le registre (`GET /students/{id}/payments`) : payez son solde, ou trouvez-y le paiement arrivé avant.',
  },
  payment_not_found: {
    cause: 'Le registre de cet étudiant n’a aucun paiement de cet identifiant.',
    remedy: 'Prenez l’`id` du paiement dans `GET /students/{id}/payments`.',
  },
  already_reversed: {
    cause: 'Le paiement a déjà été annulé ; un paiement s’annule une fois.',
    remedy:
      'Il ne reste rien à faire : l’annulation est au registre. L’argent finalement reçu est un nouveau paiement (`POST /pay/{student_id}`).',
  },
  fee_not_found: {
    cause:
      'Le registre de cet étudiant n’a aucuns frais de ce `fee_id` : la ligne de chaque étudiant a son propre identifiant.',
    remedy: 'Prenez l’`id` des frais dans `GET /students/{id}/payments` ; sans `fee_id`, la remise porte sur le solde.',
  },
  waiver_above_fee: {
    cause: 'La remise dépasse ce qui n’est pas encore remis des frais ou, sans `fee_id`, le solde.',
    remedy:
      'Lisez le registre (`GET /students/{id}/payments`) et ne remettez pas plus que ce qui reste. L’argent payé se rend en annulant son paiement.',
  },
  registration_pending: {
    cause: 'L’un des étudiants s’est inscrit lui-même et attend d’être accepté ; `errors` les nomme.',
    remedy:
      'Acceptez-les d’abord (`PATCH /students/{id}` avec un `status` ou un `class_name`), ou laissez-les de côté.',
  },
  fee_differs: {
    cause:
      'L’un des étudiants a déjà des frais du même `label` et de la même `year`, avec d’autres échéances ou une autre devise ; `errors` les nomme. Personne n’a été débité.',
    remedy:
      'Renvoyez les échéances telles qu’elles sont (`GET /students/{id}/payments` les montre), ou donnez un autre libellé aux nouveaux frais. Le trop-facturé se remet.',
  },
  other_currency: {
    cause: 'Le registre de l’un des étudiants est dans une autre devise ; `errors` les nomme. Personne n’a été débité.',
    remedy:
      'Facturez dans la devise du registre. Un paiement peut venir dans une autre : `POST /pay/{student_id}` le prend au taux du bureau.',
  },
  has_published_cards: {
    cause:
      'Un bulletin de cet étudiant est publié. Supprimer sert aux erreurs, et ce qu’une famille a vu n’en est pas une.',
    remedy:
      'Faites plutôt quitter l’école à l’étudiant : il sort des listes et des rangs ce jour-là, et ses bulletins restent lisibles.',
  },
  unreadable_file: {
    cause:
      '`errors` nomme l’un de : `empty_file`, `empty_sheet` (rien sous les titres), `no_header`, `not_a_table` (ni CSV ni XLSX, quel que soit son nom), `old_workbook` (.xls, ou un mot de passe), `broken_workbook`, `too_large_unpacked`, `too_many_columns`, `too_many_rows`, `repeated_column`, `unknown_column`.',
    remedy:
      'Enregistrez la feuille à nouveau, en XLSX ou en CSV. Si les titres ne sont pas reconnus, nommez les colonnes dans l’ordre par `columns`, et leur ligne par `header_row` ; docs/importing.md donne les titres connus.',
  },
  import_not_found: {
    cause: 'Aucune importation n’a cet identifiant. Elles sont gardées trente jours.',
    remedy: 'Prenez l’`id` que `POST /imports` a donné, ou annoncez le fichier à nouveau.',
  },
  not_uploaded: {
    cause: 'Rien n’a été déposé à l’adresse que `POST /imports` a donnée, ou rien de cette taille.',
    remedy:
      'Envoyez le fichier par PUT à `upload.url`, avec exactement `upload.headers`, dans l’heure ; puis lancez. Une adresse expirée se remplace par une nouvelle importation.',
  },
};
