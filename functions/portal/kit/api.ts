import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { textOf } from '../../../platform/base/http-client.ts';
import type { Language } from '../../../platform/base/language.ts';
import { Problem } from '../../../platform/base/problem.ts';
import { problem } from '../../../platform/base/problems.ts';
import { Stream } from '../../../platform/http/stream.ts';
import { VISITOR, vouchFor } from '../../../platform/http/visitor.ts';
import { nextPage } from '../../../platform/peer/next-page.ts';
import { Peer, type Reply, type Task } from '../../../platform/peer/peer.ts';
import { type Download, pieces, received } from './download.ts';
import type { Session } from './session.ts';

const Said = z.object({
  code: z.string(),
  title: z.string().default(''),
  detail: z.string().default(''),
  errors: z.array(z.object({ pointer: z.string().optional(), detail: z.string(), code: z.string() })).default([]),
});

/** What is wrong with one field, by its name in the form, and in the visitor's language. */
export interface FieldError {
  readonly field: string;
  /** Where it stands in what was sent, as the service says it: `#/contacts/0/phone`. */
  readonly pointer?: string | undefined;
  readonly detail: string;
  readonly code: string;
}

/** A service said why it does not do what it was asked. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined;

  constructor({ status, body, headers }: Reply) {
    const { code, title, detail, errors } = Said.parse(body ?? { code: 'unauthenticated' });
    super(code);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.errors = errors.map((one) => ({ ...one, field: one.pointer?.replace(/^#\//, '').split('/')[0] ?? '' }));
    this.retryAfter = headers['retry-after'] === undefined ? undefined : Number(headers['retry-after']);
  }

  /** What a page itself finds wrong with one of its fields. */
  static of(field: string, detail: string, status = 400): Refusal {
    const errors = [{ pointer: `#/${field}`, detail, code: 'invalid' }];
    return new Refusal({ status, headers: {}, body: { code: 'invalid_input', detail, errors } });
  }
}

/** There is no such thing to show a page of. */
export const missing = (): Refusal => new Refusal({ status: 404, headers: {}, body: { code: 'missing' } });

/** The session that a page came with is over: it ended somewhere else, or its token has. */
export class SessionOver extends Error {}

/** What came of asking for something that a page can do without. */
export type Outcome<T> = { readonly value: T } | { readonly failure: Refusal | Problem };

/** Waits for something that may fail without costing the page. @throws SessionOver, and what nobody expects */
export const attempt = <T>(asked: Promise<T>): Promise<Outcome<T>> =>
  asked.then(
    (value) => ({ value }),
    (failure: unknown) => {
      if (failure instanceof Refusal || failure instanceof Problem) return { failure };
      throw failure;
    },
  );

/** What a service has, or undefined where it has nothing of the kind yet. @throws all else that it refuses */
export const ifThere = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((failure: unknown) => {
    if (failure instanceof Refusal && failure.status === 404) return undefined;
    throw failure;
  });

/** What stands at a path, and the tag by which a change says what it was made of; none where there is no tag. */
export interface Tagged<T> {
  readonly value: T;
  readonly tag: string | undefined;
}

/** A page of a list, and the cursor of the next. */
export interface Listed<T> {
  readonly items: T;
  readonly next: string | undefined;
}

/** On whose behalf the services are asked. */
interface Behalf {
  readonly language: Language;
  readonly session: Session | undefined;
  readonly address: string;
  readonly device: string | undefined;
}

/** @throws peer_unavailable */
const down = (cause: unknown): never => {
  throw problem.peer_unavailable({ cause });
};

/** A service gives no file, and says why. @throws SessionOver, Refusal; peer_unavailable where it does not say */
async function refusing(response: IncomingMessage): Promise<never> {
  const { statusCode: status = 0, headers } = response;
  const text = await textOf(response).catch(down);
  if (status === 401) throw new SessionOver();
  if (!headers['content-type']?.startsWith('application/problem+json')) throw problem.peer_unavailable();
  throw new Refusal({ status, headers, body: JSON.parse(text) });
}

interface Sent {
  readonly body?: unknown;
  /** A file, sent as it is. */
  readonly file?: Uint8Array;
  /** Of an action that must not be done twice: the `Idempotency-Key`. */
  readonly key?: string;
  /** What the change was made of: where it has changed since, nothing is done (412). */
  readonly tag?: string | undefined;
  /** How long it may take, in milliseconds, where that is more than two seconds. */
  readonly patience?: number;
}

// What is down of one service says nothing about the others: each has a breaker of its own.
const peers = new Map<string, Peer>();

function peerFor(path: string): Peer {
  const [, first = '', second = ''] = path.split('/');
  // Every service has its own dead letters.
  const service = first === 'dead-letters' ? second : first;
  const known = peers.get(service) ?? new Peer();
  peers.set(service, known);
  return known;
}

/**
 * The other contexts, over HTTP, with the visitor's own token: a page can do nothing that its visitor could not.
 * Every call throws a {@link Refusal} for what a service refuses, a problem (`peer_unavailable`) where it does not answer,
 * and {@link SessionOver}.
 */
export class Api {
  readonly #behalf: Behalf;

  constructor(behalf: Behalf) {
    this.#behalf = behalf;
  }

  /** What stands at a path. */
  async get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
    return schema.parse((await this.#exchange({ method: 'GET', path })).body);
  }

  /** What stands at a path, with its tag. */
  async tagged<S extends z.ZodType>(path: string, schema: S): Promise<Tagged<z.output<S>>> {
    const { body, headers } = await this.#exchange({ method: 'GET', path });
    return { value: schema.parse(body), tag: headers.etag };
  }

  /** A page of a list. */
  async list<S extends z.ZodType>(path: string, schema: S): Promise<Listed<z.output<S>>> {
    const { body, headers } = await this.#exchange({ method: 'GET', path });
    return { items: schema.parse(body), next: nextPage(headers)?.get('cursor') ?? undefined };
  }

  /** Has something done. @returns what was answered, unread */
  async send(
    method: Exclude<Task['method'], 'GET'>,
    path: string,
    { body, file, key, tag, patience }: Sent = {},
  ): Promise<unknown> {
    const headers = { ...(key && { 'Idempotency-Key': key }), ...(tag && { 'If-Match': tag }) };
    return (await this.#exchange({ method, path, body, file, headers, patience })).body;
  }

  /**
   * A file that a service makes, to be handed on while it comes. Its first piece is there.
   * @param accept its type: a gateway that does not stream hands on bytes to whoever asks for them by it
   */
  async file(path: string, accept: string): Promise<Download> {
    const headers = { ...(await this.#headers()), Accept: accept };
    const response = await received(path, headers).catch(down);
    if (response.statusCode !== 200) return refusing(response);
    const { 'content-type': type = accept, 'content-disposition': disposition } = response.headers;
    return { type, disposition, content: await Stream.begun(pieces(response)).catch(down) };
  }

  async #exchange(task: Task): Promise<Reply> {
    const { session } = this.#behalf;
    const reply = await peerFor(task.path).exchange({
      ...task,
      headers: { ...(await this.#headers()), ...task.headers },
    });
    if (reply.status < 400) return reply;
    if (reply.status === 401 && session) throw new SessionOver();
    throw new Refusal(reply);
  }

  async #headers(): Promise<Record<string, string>> {
    const { language, session, address, device } = this.#behalf;
    return {
      'Accept-Language': language,
      [VISITOR]: await vouchFor(address),
      ...(device && { 'User-Agent': device }),
      ...(session && { Authorization: `Bearer ${session.token}` }),
    };
  }
}
