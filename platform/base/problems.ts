import { defineProblems } from './problem.ts';

/** The problems that any operation may answer. Each context adds its own catalogue. */
export const problem = defineProblems({
  malformed_json: {
    status: 400,
    title: { fr: 'Corps JSON illisible', en: 'Malformed JSON body' },
    detail: {
      fr: 'Le corps doit être un seul objet JSON en UTF-8, sans clé répétée.',
      en: 'The body must be a single JSON object in UTF-8 without repeated keys.',
    },
  },
  malformed_address: {
    status: 400,
    title: { fr: 'Adresse illisible', en: 'Malformed address' },
    detail: {
      fr: 'Un % de l’adresse n’est pas suivi de deux chiffres hexadécimaux, ou ce qu’il code n’est pas de l’UTF-8.',
      en: 'A % in the address is not followed by two hexadecimal digits, or what it encodes is not UTF-8.',
    },
  },
  invalid_input: {
    status: 400,
    title: { fr: 'Données invalides', en: 'Invalid input' },
    detail: {
      fr: 'Voyez `errors` : un élément par champ refusé.',
      en: 'See `errors`: one item for each refused field.',
    },
  },
  invalid_cursor: {
    status: 400,
    title: { fr: 'Curseur invalide', en: 'Invalid cursor' },
    detail: {
      fr: 'Reprenez la liste depuis sa première page.',
      en: 'Start the list again from its first page.',
    },
  },
  reserved_header: {
    status: 400,
    title: { fr: 'En-tête réservé', en: 'Reserved header' },
  },
  unauthenticated: {
    status: 401,
    title: { fr: 'Authentification requise', en: 'Authentication required' },
    detail: {
      fr: 'Connectez-vous (POST /auth/login) et envoyez l’en-tête Authorization: Bearer suivi du jeton reçu.',
      en: 'Sign in (POST /auth/login) and send the header Authorization: Bearer with the token that you get.',
    },
  },
  forbidden: {
    status: 403,
    title: { fr: 'Acces interdit', en: 'Forbidden' },
    detail: { fr: 'Votre rôle ne permet pas cette opération.', en: 'Your role does not allow this operation.' },
  },
  not_found: {
    status: 404,
    title: { fr: 'Introuvable', en: 'Not found' },
    detail: {
      fr: 'Rien ne se trouve à cette adresse. Voyez la documentation : /docs.',
      en: 'There is nothing at this address. See the documentation: /docs.',
    },
  },
  method_not_allowed: {
    status: 405,
    title: { fr: 'Méthode non permise', en: 'Method not allowed' },
    detail: {
      fr: 'L’adresse existe, mais pas avec cette méthode. L’en-tête Allow nomme celles qui conviennent.',
      en: 'The address exists, but not with this method. The Allow header names those that fit.',
    },
  },
  not_acceptable: {
    status: 406,
    title: { fr: 'Aucun format acceptable', en: 'Not acceptable' },
    detail: {
      fr: 'Aucun des types de contenu que votre en-tête Accept admet n’est disponible ici.',
      en: 'None of the media types that your Accept header admits is available here.',
    },
  },
  stale_version: {
    status: 412,
    title: { fr: 'Version périmée', en: 'Stale version' },
    detail: {
      fr: 'L’objet a changé depuis votre lecture : relisez-le puis recommencez.',
      en: 'The object has changed since you read it: read it again and retry.',
    },
  },
  already_there: {
    status: 412,
    title: { fr: 'Objet déjà présent', en: 'Already there' },
    detail: {
      fr: 'Votre en-tête If-None-Match interdit de changer ce qui existe : rien n’a été changé.',
      en: 'Your If-None-Match header forbids changing what exists: nothing was changed.',
    },
  },
  payload_too_large: {
    status: 413,
    title: { fr: 'Corps trop volumineux', en: 'Body too large' },
    detail: { fr: 'Le corps peut compter 1 Mio au plus.', en: 'The body may have 1 MiB at most.' },
  },
  unsupported_media_type: {
    status: 415,
    title: { fr: 'Type de contenu non pris en charge', en: 'Unsupported media type' },
    detail: { fr: 'Envoyez application/json en UTF-8.', en: 'Send application/json in UTF-8.' },
  },
  unsupported_content_coding: {
    status: 415,
    title: { fr: 'Codage du contenu non pris en charge', en: 'Unsupported content coding' },
    detail: {
      fr: 'Envoyez le corps tel quel, sans compression ni en-tête Content-Encoding.',
      en: 'Send the body as it is, without compression and without a Content-Encoding header.',
    },
    // How a client learns what would be taken (RFC 9110, 12.5.3).
    headers: { 'Accept-Encoding': 'identity' },
  },
  idempotency_key_reused: {
    status: 422,
    title: { fr: 'Clé d’idempotence déjà utilisée', en: 'Idempotency key already used' },
    detail: {
      fr: 'Cette clé a servi pour une autre requête : prenez-en une nouvelle.',
      en: 'This key was used for another request: use a new one.',
    },
  },
  too_many_requests: {
    status: 429,
    title: { fr: 'Trop de requêtes', en: 'Too many requests' },
    retryAfter: 1,
  },
  busy: {
    status: 503,
    title: { fr: 'Service momentanément saturé', en: 'Service momentarily busy' },
    retryAfter: 1,
  },
  peer_unavailable: {
    status: 503,
    title: { fr: 'Service interne indisponible', en: 'Internal service unavailable' },
    detail: {
      fr: 'Un service dont celui-ci dépend ne répond pas. Rien n’a été enregistré ; réessayez plus tard.',
      en: 'A service that this one depends on does not answer. Nothing was stored; try again later.',
    },
    retryAfter: 1,
  },
  list_too_long: {
    status: 400,
    title: { fr: 'Liste trop longue pour un PDF', en: 'List too long for a PDF' },
    detail: {
      fr: 'Un PDF compte 4000 lignes au plus : filtrez la liste, ou prenez-la en CSV ou en XLSX.',
      en: 'A PDF has 4000 lines at most: filter the list, or take it as CSV or XLSX.',
    },
  },
  printing_unavailable: {
    status: 501,
    title: { fr: 'Impression impossible ici', en: 'Printing is impossible here' },
    detail: {
      fr: 'Le moteur qui compose les PDF n’existe pas pour la machine qui fait tourner Campus. Tout le reste fonctionne.',
      en: 'The engine that typesets PDFs does not exist for the machine that Campus runs on. All else works.',
    },
  },
  internal_error: {
    status: 500,
    title: { fr: 'Erreur interne', en: 'Internal error' },
    detail: {
      fr: 'L’erreur est enregistrée sous `request_id`.',
      en: 'The error is recorded under `request_id`.',
    },
  },
});
