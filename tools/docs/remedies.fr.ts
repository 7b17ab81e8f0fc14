import { remediesOfMarksInFrench } from './remedies-of-marks.ts';
import { remediesOfStudentsInFrench } from './remedies-of-students.ts';
import type { Remedy } from './remedy.ts';

/** What `remedies.ts` says, in French: the pages under `/problems` show both. One for each code; a test compares. */
export const remediesInFrench: Readonly<Record<string, Remedy>> = {
  ...remediesOfMarksInFrench,
  ...remediesOfStudentsInFrench,
  malformed_json: {
    cause: 'Le corps n’est pas un seul objet JSON en UTF-8, répète une clé, ou dépasse 32 niveaux d’imbrication.',
    remedy:
      'Affichez le corps tel qu’il quitte votre programme. Une clé répétée est refusée, car deux lecteurs la comprendraient autrement.',
  },
  malformed_address: {
    cause:
      'Le chemin contient un `%` qui ne commence aucun échappement, ou des échappements d’un autre codage que l’UTF-8 (`%E9` pour `é`).',
    remedy:
      'Codez en UTF-8 ce que vous mettez dans un chemin (`é` devient `%C3%A9`), comme le fait `encodeURIComponent`.',
  },
  invalid_input: {
    cause:
      'Un champ du corps, du chemin, de la requête ou d’un en-tête manque, est inconnu, n’a pas le bon type ou enfreint une règle.',
    remedy:
      'Lisez `errors` : chaque élément dit où (`pointer` ou `parameter`), un `code` stable et une phrase. Les champs inconnus sont refusés exprès.',
  },
  list_too_long: {
    cause: 'La liste compte plus de 4000 lignes, soit cent pages de PDF.',
    remedy: 'Filtrez-la, par classe ou par nom, ou prenez un autre format : le CSV et le XLSX n’ont pas cette limite.',
  },
  printing_unavailable: {
    cause:
      'Campus tourne sur une machine pour laquelle le moteur de composition n’a pas de binaire : il existe pour Linux, macOS et Windows, sur x64 et arm64. Ou npm a laissé de côté les dépendances facultatives.',
    remedy:
      'Installez avec `npm ci`, sans `--omit=optional` ; `npm run doctor` dit ce qui manque. Tout fonctionne sans lui, sauf les PDF.',
  },
  not_acceptable: {
    cause: 'L’en-tête `Accept` n’admet aucun des types de contenu que cette opération peut donner.',
    remedy: 'Demandez `application/json`, ou ce que la description de l’opération nomme ; ou omettez l’en-tête.',
  },
  invalid_cursor: {
    cause: 'Le `cursor` a été altéré, ou appartient à une autre liste, à d’autres filtres ou à un autre appelant.',
    remedy: 'Suivez tel quel l’en-tête `Link` de la page précédente ; sinon, reprenez à la première page.',
  },
  reserved_header: {
    cause: 'La requête porte un en-tête par lequel l’émulateur local la laisserait choisir son identité.',
    remedy: 'Omettez `sls-offline-authorizer-override` et envoyez un jeton.',
  },
  too_many_pending_orders: {
    cause:
      'L’acheteur a autant de commandes impayées qu’il peut en avoir (`PENDING_ORDERS_LIMIT`) : chacune retient du stock.',
    remedy: 'Payez-en une, annulez-en une, ou attendez que l’une expire, 15 minutes après avoir été passée.',
  },
  credit_limit_reached: {
    cause:
      'Avec cet achat, l’acheteur devrait plus que permis dans cette monnaie (`ACCOUNT_CREDIT_LIMIT`), ses autres achats non rendus compris.',
    remedy:
      'Passez une commande (`POST /orders`) et payez-la. Un remboursement par un administrateur réduit ce qui est dû.',
  },
  unknown_username: {
    cause:
      'Un dossier devait être lié à un `username` qu’aucun compte ne porte, ou par un enseignant au compte d’un administrateur. Lié à un nom libre, il serait lu par qui le prendrait ensuite.',
    remedy:
      'Omettez `username`. Une fois la personne inscrite, liez le dossier à son compte, ou remettez-lui un code : `POST /students/{id}/claim-code` ou `POST /persons/{id}/claim-code`.',
  },
  claim_code_not_found: {
    cause: 'Le code est mal tapé, a déjà servi, a été remplacé par un plus récent, ou a plus de 30 jours.',
    remedy: 'Comparez-le à ce que le bureau a noté ; sinon, demandez-en un autre. Dix essais par heure sont comptés.',
  },
  already_claimed: {
    cause: 'Un code a été demandé pour un dossier qui appartient déjà à un compte.',
    remedy: 'Retirez d’abord le `username` du dossier, si ce n’est pas le bon.',
  },
  unauthenticated: {
    cause: 'Aucun jeton, ou un jeton altéré, expiré ou d’une session terminée.',
    remedy:
      'Connectez-vous (`POST /auth/login`) ou renouvelez la session (`POST /auth/refresh`), puis envoyez `Authorization: Bearer <access_token>`.',
  },
  forbidden: {
    cause:
      'Le rôle inscrit dans le jeton ne permet pas cette opération, quel que soit le dossier, ou pas de cette manière : seul un administrateur consigne l’argent reçu.',
    remedy:
      'Demandez à quelqu’un qui a l’un des rôles que l’opération nomme ; un administrateur donne les rôles (`PUT /users/{username}`).',
  },
  not_found: {
    cause: 'Aucune opération n’a cette méthode et ce chemin.',
    remedy: 'Cherchez le chemin dans `/docs`. À une adresse déployée, l’étape (`/dev`) vient d’abord.',
  },
  method_not_allowed: {
    cause: 'Le chemin existe, la méthode non.',
    remedy: 'L’en-tête `Allow` nomme les méthodes qui conviennent ; `/docs` décrit les opérations.',
  },
  stale_version: {
    cause: 'L’`ETag` de `If-Match` n’est pas la version présente : quelqu’un a changé l’objet depuis sa lecture.',
    remedy: 'Relisez-le, appliquez votre changement à ce qu’il est devenu, et envoyez le nouvel `ETag`.',
  },
  already_there: {
    cause: 'La requête porte `If-None-Match`, et ce qu’elle changerait existe (`*`) ou a la version de son étiquette.',
    remedy: 'Omettez l’en-tête pour changer ce qui existe. Contre les changements d’autrui, envoyez `If-Match`.',
  },
  payload_too_large: { cause: 'Le corps dépasse 1 Mio.', remedy: 'Envoyez-en moins à la fois.' },
  unsupported_media_type: {
    cause: 'Le `Content-Type` manque ou n’est pas de ceux que l’opération lit.',
    remedy: 'Envoyez `Content-Type: application/json` en UTF-8, sauf si l’opération nomme un autre type.',
  },
  unsupported_content_coding: {
    cause: 'Le `Content-Encoding` dit que le corps est compressé, par `gzip` par exemple.',
    remedy: 'Envoyez le corps tel quel, sans cet en-tête ; l’`Accept-Encoding` de la réponse le dit aux programmes.',
  },
  idempotency_key_reused: {
    cause: 'L’`Idempotency-Key` a déjà servi, dans les 24 heures, pour une autre de vos requêtes.',
    remedy: 'Faites une clé nouvelle pour chaque intention (un UUID) ; ne la répétez qu’avec la même requête.',
  },
  too_many_requests: {
    cause: 'La passerelle n’accepte pas plus de requêtes par seconde que l’étape n’en permet.',
    remedy: 'Attendez `Retry-After` secondes et renvoyez la même requête ; attendez plus longtemps chaque fois.',
  },
  busy: {
    cause:
      'DynamoDB n’a pas suivi ou pas répondu, trop de changements se sont rencontrés, ou trop de mots de passe sont en cours de hachage.',
    remedy: 'Attendez `Retry-After` secondes et renvoyez la même requête, avec la même `Idempotency-Key`.',
  },
  peer_unavailable: {
    cause:
      'Un service que celui-ci doit interroger est arrêté, a répondu par une erreur ou a mis plus de deux secondes. Rien n’a été enregistré.',
    remedy: 'Attendez `Retry-After` secondes et renvoyez la même requête.',
  },
  internal_error: {
    cause: 'Une faute de notre part. Le journal en dit la raison sous `request_id` ; la réponse, jamais.',
    remedy: 'Signalez le `request_id`. Une requête avec `Idempotency-Key` se répète sans dommage.',
  },
  person_not_found: {
    cause: 'Personne n’a cet identifiant, ou le dossier est celui d’un autre : on ne peut les distinguer.',
    remedy: 'Vérifiez l’identifiant par `GET /persons?q=`.',
  },
  health_not_found: {
    cause: 'La personne existe, et rien n’a jamais été mesuré, ou tout a été supprimé.',
    remedy: 'Ajoutez une mesure par `POST /health/{person_id}`.',
  },
  username_taken: {
    cause: 'Un compte a ce nom ; ni les majuscules ni les écritures équivalentes ne comptent.',
    remedy: 'Choisissez un autre nom.',
  },
  user_not_found: {
    cause: 'Aucun compte n’a ce nom, ou vous n’avez pas à le voir.',
    remedy: 'Vérifiez le nom ; un administrateur peut lister les comptes (`GET /users?q=`).',
  },
  session_not_found: {
    cause: 'Aucune de vos sessions ouvertes n’a cet identifiant ; elle vient peut-être de finir.',
    remedy: 'Listez vos sessions par `GET /auth/sessions`.',
  },
  own_admin_rights: {
    cause: 'Un administrateur a voulu se retirer ses droits, ce qui pourrait ne laisser personne pour les rendre.',
    remedy: 'Laissez un autre administrateur le faire.',
  },
  invalid_credentials: {
    cause: 'Le nom ou le mot de passe est faux, ou le compte est désactivé : la réponse ne dit pas lequel.',
    remedy: 'Réessayez avec soin : chaque échec fait attendre l’essai suivant.',
  },
  invalid_token: {
    cause: 'Le jeton d’accès est altéré, expiré, ou d’une session terminée.',
    remedy: 'Renouvelez la session, ou reconnectez-vous.',
  },
  invalid_refresh_token: {
    cause:
      'Le jeton de renouvellement a déjà servi, ou sa session est terminée. Un second usage termine la session, car l’un des deux usagers l’a volé.',
    remedy: 'Reconnectez-vous. Ne gardez que la paire de jetons la plus récente.',
  },
  invalid_code: {
    cause:
      'Le code a déjà servi, a plus d’une minute, ou fut donné à un programme d’un autre secret ou d’une autre adresse ; ou la session où il fut donné est terminée.',
    remedy: 'Recommencez la connexion par le navigateur.',
  },
  refresh_in_progress: {
    cause: 'Deux appels ont échangé le même jeton de renouvellement au même moment ; l’autre l’a emporté.',
    remedy: 'Utilisez les jetons de l’autre appel ; qu’une seule partie de votre programme renouvelle.',
  },
  reserved_username: {
    cause:
      'Le nom est gardé pour l’école (`admin`, `root`…), ou peut être pris pour elle ou pour le nom d’un enseignant ou d’un administrateur : accents, points et lettres ressemblantes n’y changent rien.',
    remedy: 'Prenez un autre nom. Le premier administrateur se crée par `npm run admin:create`.',
  },
  too_many_attempts: {
    cause:
      'Trop de mots de passe faux pour ce compte ou depuis cette adresse, trop de connexions à la fois à un compte, ou trop d’inscriptions d’un même réseau en une heure.',
    remedy: 'Attendez `Retry-After` secondes ; chaque nouvel échec double l’attente.',
  },
  article_not_found: {
    cause: 'Aucun article en vente n’a cet identifiant.',
    remedy: 'Listez les articles par `GET /orders/articles` ou `GET /products`.',
  },
  order_not_found: {
    cause: 'Aucune commande n’a cet identifiant, ou elle est à un autre : on ne peut les distinguer.',
    remedy: 'Listez vos commandes par `GET /orders`.',
  },
  out_of_stock: {
    cause: 'Il reste moins de pièces que demandé. Rien de la commande n’a été réservé.',
    remedy: 'Demandez-en moins, ou retirez l’article ; les réservations impayées tombent après 15 minutes.',
  },
  mixed_currencies: {
    cause: 'Les articles d’une même commande ont des prix en monnaies différentes.',
    remedy: 'Passez une commande par monnaie.',
  },
  too_many_changes: {
    cause: 'Un seul changement toucherait plus d’articles qu’une transaction n’en peut tenir.',
    remedy: 'Changez la commande en plusieurs étapes.',
  },
  illegal_transition: {
    cause:
      'Une commande n’avance que selon sa vie (voir la page d’architecture) : payée, elle ne s’annule pas mais se rembourse, par exemple.',
    remedy: 'Lisez l’état de la commande et choisissez un pas qui en part.',
  },
  account_disabled: {
    cause: 'Le compte de l’acheteur est désactivé.',
    remedy: 'Demandez à un administrateur de l’activer.',
  },
  card_declined: {
    cause: 'Le prestataire de paiement a refusé la carte. Rien n’a été débité.',
    remedy: 'Payez avec une autre carte ou autrement ; une commande attend jusqu’à la fin de sa réservation.',
  },
  insufficient_funds: {
    cause: 'Le compte de la carte ne contient pas ce montant. Rien n’a été débité.',
    remedy: 'Payez avec une autre carte ou autrement.',
  },
  payment_unconfirmed: {
    cause: 'La réponse du prestataire de paiement n’est pas arrivée à temps : il a peut-être débité, peut-être pas.',
    remedy: 'Renvoyez la même requête : le prestataire la reconnaît et ne débite qu’une fois.',
  },
  refund_above_payment: {
    cause: 'Les remboursements d’une commande dépasseraient ce qui en a été payé.',
    remedy: 'Remboursez au plus ce qui reste du paiement.',
  },
};
