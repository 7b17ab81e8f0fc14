import type { Localized } from './language.ts';

/** One row of a catalogue of problems: what the client reads for a stable code. */
export interface ProblemKind {
  readonly status: number;
  readonly title: Localized;
  /** What to do about it; the title serves where there is no more to say. */
  readonly detail?: Localized;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number;
  /** Headers that go with it. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is wrong with one field of the input. */
export interface InvalidField {
  /** Where in the body: a JSON pointer as a fragment (RFC 6901, 6), `#/items/0/quantity`. */
  readonly pointer?: string;
  /** Which parameter of the path or the query. */
  readonly parameter?: string;
  /** Which header. */
  readonly header?: string;
  readonly detail: string;
  readonly code: string;
}

/** The most invalid fields that one answer names; of the rest it tells the number. */
export const MOST_ERRORS = 20;

/** What is said of one occurrence of a problem. */
export interface Occurrence {
  /** What to do about this very occurrence, in place of what the kind says. */
  readonly detail?: Localized;
  /** Headers of this occurrence, beside those of the kind. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly InvalidField[];
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** An expected refusal, answered as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  readonly code: string;
  readonly kind: ProblemKind;
  /** What is said of it, in each language. */
  readonly detail: Localized;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly InvalidField[] | undefined;
  /** How many invalid fields there are beyond those that {@link errors} names. */
  readonly moreErrors: number | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: string, kind: ProblemKind, { detail, headers, errors, retryAfter, cause }: Occurrence = {}) {
    super(code, { cause });
    this.name = 'Problem';
    this.code = code;
    this.kind = kind;
    this.detail = detail ?? kind.detail ?? kind.title;
    this.headers = { ...kind.headers, ...headers };
    this.errors = errors?.slice(0, MOST_ERRORS);
    this.moreErrors = errors && errors.length > MOST_ERRORS ? errors.length - MOST_ERRORS : undefined;
    this.retryAfter = retryAfter ?? kind.retryAfter;
  }
}

/** Makes the problem of one code, for `throw`; carries the code and status for the documentation. */
export interface ProblemFactory {
  (occurrence?: Occurrence): Problem;
  readonly code: string;
  readonly kind: ProblemKind;
}

/** Every problem that the loaded code can answer, by code: what `docs/problems` and OpenAPI are held against. */
export const allProblems = new Map<string, ProblemKind>();

/** Declares a closed catalogue of problems; gives one factory for each code. */
export function defineProblems<const C extends Record<string, ProblemKind>>(catalogue: C) {
  const factories = Object.entries(catalogue).map(([code, kind]) => {
    allProblems.set(code, kind);
    const factory = (occurrence?: Occurrence) => new Problem(code, kind, occurrence);
    return [code, Object.assign(factory, { code, kind })];
  });
  return Object.fromEntries(factories) as { readonly [K in keyof C]: ProblemFactory };
}
