import * as z from 'zod';
import type { ProblemFactory } from '../base/problem.ts';
import type { Paging, Table } from '../data/table.ts';
import type { Access, Caller } from './access.ts';
import type { Answer, Answers } from './answer.ts';
import type { Commit } from './commit.ts';
import type { Content } from './content.ts';
import type { FileBody } from './file-body.ts';
import { PageQuery } from './paging.ts';
import type { Preconditions } from './preconditions.ts';
import type { ReadOnly } from './read-only.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Route = `${Method} /${string}`;

/** What every operation works on, all of it validated. */
interface Sent<P, Q, B> {
  readonly path: P;
  readonly query: Q;
  readonly body: B;
  readonly headers: Readonly<Record<string, string>>;
  readonly sourceIp: string;
  /** When the gateway received the request, in milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** Whoever calls: known wherever an operation is not public. */
interface Called {
  readonly caller: Caller;
}

/** The page that is asked for, of a list. */
interface Paged {
  readonly paging: Paging;
}

/** What a change of a versioned record is conditional on: for one that is made unread; `commit` holds it otherwise. */
interface Matched {
  readonly preconditions: Preconditions;
}

/** The file that a body is, where an operation takes one. */
interface Filed {
  readonly file: Uint8Array;
}

/** The way to change something: given to an operation that says in which table. */
interface Committing<V> {
  readonly commit: Commit<V>;
}

/** What an operation says of itself beyond schemas, and what its request therefore holds. */
interface Traits {
  access: Access;
  paged: boolean;
  versioned: boolean;
  changes: Table | undefined;
  file: FileBody | undefined;
}

type Given<T extends Traits> = (T['access'] extends { public: false } ? Called : unknown) &
  (T['paged'] extends true ? Paged : unknown) &
  (T['versioned'] extends true ? Matched : unknown) &
  (T['file'] extends FileBody ? Filed : unknown) &
  (T['changes'] extends Table ? Committing<T['versioned']> : unknown);

type BodyOf<D> = D extends Content<infer S> ? z.input<S> : D extends z.ZodType ? z.input<D> : undefined;

/** An answer with a body tells the version of what it shows, where there are versions. */
type Tagged<Versioned, D> = Versioned extends true ? (D extends null ? unknown : { readonly etag: number }) : unknown;

type Typed<A extends Answers, Versioned> = {
  [S in keyof A & number]: Answer<S, BodyOf<A[S]>> & Tagged<Versioned, A[S]>;
}[keyof A & number];

/**
 * One operation of the API, whole: the gateway's routes, OpenAPI and the authorisation matrix are held against it.
 * The platform parses `path`, `query` and `body` (unknown names are refused), checks `access`, then calls `handle`.
 */
export interface Operation {
  readonly route: Route;
  /** The same operation under another address. */
  readonly aliases: readonly Route[];
  readonly summary: string;
  readonly description: string | undefined;
  readonly access: Access;
  readonly path: z.ZodObject;
  /** Strict, and with the parameters of a page where the operation is a list. */
  readonly query: z.ZodObject;
  readonly body: z.ZodType | undefined;
  /** The body is a file, taken as it is. */
  readonly file: FileBody | undefined;
  /** Members beside the body's that may be sent back as they were read. */
  readonly readOnly: ReadOnly | undefined;
  readonly answers: Answers;
  readonly problems: readonly ProblemFactory[];
  /** A list: `limit` and `cursor` are understood, and `next` becomes a `Link`. */
  readonly paged: boolean;
  /** Carries an `ETag` and understands `If-Match`. */
  readonly versioned: boolean;
  /** Its answer may come from a cache, and `X-Cache` says so: it answers by `okCached`. */
  readonly cached: boolean;
  /** The table that it changes. */
  readonly changes: Table | undefined;
  /** Honours `Idempotency-Key`. */
  readonly idempotent: boolean;
  /**
   * Whether what it makes or deletes may be erased: answers remembered under an `Idempotency-Key` then forget it. Not
   * where it is never erased, as an order, or where its context erases the copies itself, as health does.
   */
  readonly erasable: boolean;
  readonly handle: (request: never) => Promise<Answer>;
}

interface Declaration<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  A extends Answers,
  T extends Traits,
> {
  route: Route;
  aliases?: readonly Route[];
  summary: string;
  description?: string;
  access: T['access'];
  path?: P;
  query?: Q;
  body?: B;
  file?: T['file'];
  /** Of an operation that changes by `commit(read, …)`. */
  readOnly?: T['changes'] extends Table ? ReadOnly : undefined;
  answers: A;
  problems?: readonly ProblemFactory[];
  paged?: T['paged'];
  versioned?: T['versioned'];
  cached?: true;
  changes?: T['changes'];
  /** Only what is committed can be remembered under a key. */
  idempotent?: T['changes'] extends Table ? boolean : false;
  erasable?: false;
  handle: (request: Sent<z.output<P>, z.output<Q>, z.output<B>> & Given<T>) => Promise<Typed<A, T['versioned']>>;
}

const NOTHING = z.object({});

/** Declares an operation. */
export function operation<
  const A extends Answers,
  X extends Access,
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodUndefined,
  L extends boolean = false,
  V extends boolean = false,
  W extends Table | undefined = undefined,
  F extends FileBody | undefined = undefined,
>(declaration: Declaration<P, Q, B, A, { access: X; paged: L; versioned: V; changes: W; file: F }>): Operation {
  const query = (declaration.query ?? NOTHING).strict();
  return {
    aliases: [],
    description: undefined,
    path: NOTHING,
    body: undefined,
    file: undefined,
    readOnly: undefined,
    problems: [],
    paged: false,
    versioned: false,
    cached: false,
    changes: undefined,
    idempotent: false,
    erasable: true,
    ...declaration,
    // Built here, once: making a schema costs more than everything else that a request passes through.
    query: declaration.paged ? query.extend(PageQuery.shape) : query,
    handle: declaration.handle as Operation['handle'],
  };
}
