import type { Language, Words } from './language.ts';
import { words } from './language.ts';

/** Exit codes, a kind of failure each: scripts may go by them. */
export const EXIT = {
  done: 0,
  failed: 1,
  misused: 2,
  invalid: 3,
  signedOut: 4,
  forbidden: 5,
  missing: 6,
  conflict: 7,
  unreachable: 8,
  interrupted: 130,
} as const;

/** What each exit code says. */
export const EXIT_WORDS: Readonly<Record<number, Words>> = {
  [EXIT.done]: words('done', 'fait'),
  [EXIT.failed]: words('failed, for a reason that no other code has', 'échec, pour une raison sans code à elle'),
  [EXIT.misused]: words('the command line cannot be meant', 'la ligne de commande ne se comprend pas'),
  [EXIT.invalid]: words('what was given is refused (400, 413, 415, 422)', 'saisie refusée (400, 413, 415, 422)'),
  [EXIT.signedOut]: words('nobody is signed in, or no longer (401)', "personne n'est connecté, ou plus (401)"),
  [EXIT.forbidden]: words('the role does not allow it (403)', 'le rôle ne le permet pas (403)'),
  [EXIT.missing]: words('there is no such thing (404)', "cela n'existe pas (404)"),
  [EXIT.conflict]: words('it contradicts what is there (409, 412)', 'cela contredit ce qui est là (409, 412)'),
  [EXIT.unreachable]: words(
    'the school does not answer, or asks to wait (network, 429, 5xx)',
    "l'école ne répond pas, ou demande d'attendre (réseau, 429, 5xx)",
  ),
  [EXIT.interrupted]: words('interrupted by Ctrl-C', 'interrompu par Ctrl-C'),
};

/** A failure told to whoever sits at the terminal: in their language, with its exit code, and what may be done. */
export class Failure extends Error {
  readonly said: Words;
  readonly exit: number;
  readonly hint: Words | undefined;
  constructor(said: Words, exit: number = EXIT.failed, hint?: Words) {
    super(said.en);
    this.said = said;
    this.exit = exit;
    this.hint = hint;
  }
}

/** A command line that cannot be meant. */
export class Misuse extends Failure {
  constructor(said: Words, hint?: Words) {
    super(said, EXIT.misused, hint);
  }
}

/** Somebody pressed Ctrl-C, or Escape at the first question. */
export class Interrupted extends Error {}

/** An answer of the API that is a refusal. */
export interface Refusal {
  readonly status: number;
  readonly code?: string | undefined;
  readonly title?: string | undefined;
  readonly detail?: string | undefined;
  readonly request_id?: string | undefined;
  readonly errors?: readonly { readonly pointer?: string; readonly detail: string; readonly code?: string }[];
}

const KINDS: Readonly<Record<number, number>> = {
  400: EXIT.invalid,
  413: EXIT.invalid,
  415: EXIT.invalid,
  422: EXIT.invalid,
  401: EXIT.signedOut,
  403: EXIT.forbidden,
  404: EXIT.missing,
  409: EXIT.conflict,
  412: EXIT.conflict,
  429: EXIT.unreachable,
};

/** What the API refused, in its own words. */
export class Refused extends Error {
  readonly refusal: Refusal;
  readonly exit: number;
  constructor(refusal: Refusal) {
    super(refusal.detail ?? refusal.title ?? `HTTP ${refusal.status}`);
    this.refusal = refusal;
    this.exit = KINDS[refusal.status] ?? (refusal.status >= 500 ? EXIT.unreachable : EXIT.failed);
  }

  /** Its lines for a person: the detail, and each fault with the field it is in. */
  lines(language: Language): string[] {
    const { errors = [], request_id, status } = this.refusal;
    const faults = errors.map(({ pointer, detail }) => `  ${fieldOf(pointer)}${detail}`);
    const ask = { en: 'Request', fr: 'Requête' }[language];
    return [this.message, ...faults, ...(status >= 500 && request_id ? [`  ${ask} ${request_id}`] : [])];
  }
}

const fieldOf = (pointer = ''): string => {
  const field = pointer.replace(/^#?\//, '').replaceAll('/', '.');
  return field ? `${field}: ` : '';
};
