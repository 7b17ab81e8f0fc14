import type { Localized } from './language.ts';

/** One row of a catalogue of problems: what the client reads for a stable code. */
export interface ProblemKind {
  readonly status: number;
  readonly title: Localized;
  /** What to do about it; the title serves where there is no more to say. */
  readonly detail?: Localized;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number;
}

/** What is wrong with one field of the input. `pointer` is `#/field` in the body, else `query/limit`, `path/id`, … */
export interface InvalidField {
  readonly pointer: string;
  readonly detail: string;
  readonly code: string;
}

interface Circumstances {
  readonly errors?: readonly InvalidField[];
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** An expected refusal, answered as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  readonly code: string;
  readonly kind: ProblemKind;
  readonly errors: readonly InvalidField[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: string, kind: ProblemKind, { errors, retryAfter, cause }: Circumstances = {}) {
    super(code, { cause });
    this.name = 'Problem';
    this.code = code;
    this.kind = kind;
    this.errors = errors;
    this.retryAfter = retryAfter ?? kind.retryAfter;
  }
}

/** Makes the problem of one code, for `throw`; carries the code and status for the documentation. */
export interface ProblemFactory {
  (circumstances?: Circumstances): Problem;
  readonly code: string;
  readonly kind: ProblemKind;
}

/** Every problem that the loaded code can answer, by code: what `docs/problems` and OpenAPI are held against. */
export const allProblems = new Map<string, ProblemKind>();

/** Declares a closed catalogue of problems; gives one factory for each code. */
export function defineProblems<const C extends Record<string, ProblemKind>>(catalogue: C) {
  const factories = Object.entries(catalogue).map(([code, kind]) => {
    allProblems.set(code, kind);
    const factory = (circumstances?: Circumstances) => new Problem(code, kind, circumstances);
    return [code, Object.assign(factory, { code, kind })];
  });
  return Object.fromEntries(factories) as { readonly [K in keyof C]: ProblemFactory };
}
