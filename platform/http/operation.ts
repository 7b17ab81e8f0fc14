import * as z from 'zod';
import type { Key, Table } from '../data/table.ts';
import type { Access, Caller } from './access.ts';
import type { Answer } from './answer.ts';
import type { Content } from './content.ts';
import type { Idempotency } from './idempotency.ts';
import { PageQuery } from './paging.ts';
import type { ProblemFactory } from './problem.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Route = `${Method} /${string}`;

/** The answers that an operation can give, by status: a schema of JSON, a body of other types, or `null` for none. */
export type Answers = Readonly<Record<number, z.ZodType | Content | null>>;

type BodyOf<D> = D extends Content<infer S> ? z.input<S> : D extends z.ZodType ? z.input<D> : undefined;

/** Where a list starts and how long its page is. */
export interface Paging {
  readonly limit: number;
  readonly after: Key | undefined;
}

/** What an operation works on, all of it validated. */
export interface Request<P, Q, B> {
  readonly path: P;
  readonly query: Q;
  readonly body: B;
  /** Absent on public operations only. */
  readonly caller: Caller;
  readonly paging: Paging;
  readonly idempotency: Idempotency;
  /** The version in `If-Match`; undefined when the caller sent none. */
  readonly ifMatch: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly sourceIp: string;
  /** When the gateway received the request, in milliseconds since the epoch. */
  readonly receivedAt: number;
}

type Typed<A extends Answers> = {
  [S in keyof A & number]: Answer<S, BodyOf<A[S]>>;
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
  readonly answers: Answers;
  readonly problems: readonly ProblemFactory[];
  /** A list: `limit` and `cursor` are understood, and `next` becomes a `Link`. */
  readonly paged: boolean;
  /** Honours `Idempotency-Key`, remembered in this table. */
  readonly idempotentIn: Table | undefined;
  /** Carries an `ETag` and understands `If-Match`. */
  readonly versioned: boolean;
  readonly handle: (request: Request<never, never, never>) => Promise<Answer>;
}

interface Declaration<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends Answers> {
  route: Route;
  aliases?: readonly Route[];
  summary: string;
  description?: string;
  access: Access;
  path?: P;
  query?: Q;
  body?: B;
  answers: A;
  problems?: readonly ProblemFactory[];
  paged?: boolean;
  idempotentIn?: Table;
  versioned?: boolean;
  handle: (request: Request<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Typed<A>>;
}

const NOTHING = z.object({});

/** Declares an operation. */
export function operation<
  const A extends Answers,
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodUndefined,
>(declaration: Declaration<P, Q, B, A>): Operation {
  const query = (declaration.query ?? NOTHING).strict();
  return {
    aliases: [],
    description: undefined,
    path: NOTHING,
    body: undefined,
    problems: [],
    paged: false,
    idempotentIn: undefined,
    versioned: false,
    ...declaration,
    // Built here, once: making a schema costs more than everything else that a request passes through.
    query: declaration.paged ? query.extend(PageQuery.shape) : query,
    handle: declaration.handle as Operation['handle'],
  };
}
