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
  },
  forbidden: {
    status: 403,
    title: { fr: 'Acces interdit', en: 'Forbidden' },
    detail: { fr: 'Votre rôle ne permet pas cette opération.', en: 'Your role does not allow this operation.' },
  },
  not_found: { status: 404, title: { fr: 'Introuvable', en: 'Not found' } },
  method_not_allowed: { status: 405, title: { fr: 'Méthode non permise', en: 'Method not allowed' } },
  stale_version: {
    status: 412,
    title: { fr: 'Version périmée', en: 'Stale version' },
    detail: {
      fr: 'L’objet a changé depuis votre lecture : relisez-le puis recommencez.',
      en: 'The object has changed since you read it: read it again and retry.',
    },
  },
  payload_too_large: { status: 413, title: { fr: 'Corps trop volumineux', en: 'Body too large' } },
  unsupported_media_type: {
    status: 415,
    title: { fr: 'Type de contenu non pris en charge', en: 'Unsupported media type' },
    detail: { fr: 'Envoyez application/json en UTF-8.', en: 'Send application/json in UTF-8.' },
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
  internal_error: {
    status: 500,
    title: { fr: 'Erreur interne', en: 'Internal error' },
    detail: {
      fr: 'L’erreur est enregistrée sous `request_id`.',
      en: 'The error is recorded under `request_id`.',
    },
  },
});
