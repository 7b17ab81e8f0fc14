import { performance } from 'node:perf_hooks';
import { isNativeError } from 'node:util/types';
import pLimit, { type LimitFunction } from 'p-limit';
import * as z from 'zod';
import { Breaker } from '../base/breaker.ts';
import { required } from '../base/env.ts';
import { type HttpResponse, isConnectionError, send } from '../base/http-client.ts';
import type { ProblemFactory } from '../base/problem.ts';
import { problem } from '../base/problems.ts';
import { currentScope } from '../base/scope.ts';
import { nextPage } from './next-page.ts';

/** The longest that a peer may keep us waiting, retry included, in milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * How many questions may be under way at once. A Lambda has one request at a time; where one process serves them all, a
 * crowd must not take its own queue for a slow peer.
 */
const AT_ONCE = 16;

/** Above this share of time at work, our own event loop may be why a peer was not heard. */
const OVERWORKED = 0.9;

/** The most pages of a list: one that is longer is none that a context asks for. */
const MOST_PAGES = 50;

/** How a peer is asked where it is not for a page that somebody waits for. */
interface Manner {
  /** How long it is waited for, in milliseconds; two seconds otherwise. */
  readonly patience?: number;
  /** How many questions may be under way at once; 16 otherwise. Each may start a Lambda, and what that asks another. */
  readonly atOnce?: number;
}

/** A peer that failed so often is left alone for two seconds. */
const BREAKER = { failures: 5, openMs: 2_000 };

/** Whether our patience ended the wait. */
const isTimeout = (error: unknown): boolean => isNativeError(error) && error.name === 'AbortError';

/** On whose behalf a peer is asked: the headers of the request at hand, of which only `authorization` goes along. */
type Headers = Readonly<Record<string, string>>;

/** What a peer is asked to do. */
export interface Task {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Of the API; its variable parts encoded. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of JSON. */
  readonly file?: Uint8Array | undefined;
  readonly headers?: Headers;
  /** How long it may take, in milliseconds, where it is more than a peer is waited for otherwise: the work of a whole school. */
  readonly patience?: number | undefined;
}

/** Whether a task may be sent twice without being done twice (RFC 9110, 9.2.2), or by its key. */
const isRepeatable = ({ method, headers }: Task): boolean =>
  !['POST', 'PATCH'].includes(method) || headers?.['Idempotency-Key'] !== undefined;

async function ask(task: Task): Promise<HttpResponse> {
  const url = new URL(required('API_URL') + task.path);
  const signal = AbortSignal.timeout(task.patience ?? PATIENCE_MS);
  const requestId = currentScope()?.requestId;
  const json = task.body === undefined ? undefined : JSON.stringify(task.body);
  const body = task.file ?? json;
  const headers = {
    Accept: 'application/json',
    ...(body !== undefined && {
      'Content-Type': task.file ? 'application/octet-stream' : 'application/json',
      'Content-Length': Buffer.byteLength(body),
    }),
    ...(requestId && { 'X-Request-Id': requestId }),
    ...task.headers,
  };
  const sent = { method: task.method, headers, signal, ...(body !== undefined && { body }) };
  return send(url, sent).catch((error: unknown) => {
    if (signal.aborted || !isConnectionError(error) || !isRepeatable(task)) throw error;
    return send(url, sent);
  });
}

/** What stands at a path, and the path of the page that follows it. */
interface Answered<T> {
  readonly value: T;
  readonly next: string | undefined;
}

/** Where a list goes on: under the path that was asked for, whatever stage or domain its link tells of. */
function pageAfter(path: string, headers: HttpResponse['headers']): string | undefined {
  const query = nextPage(headers);
  return query && `${path.split('?')[0]}?${query}`;
}

/** What a peer's answer means: the value asked for (none when it is missing), or a refusal of this caller. */
type Verdict<T> = Answered<T | undefined> | { readonly refusal: ProblemFactory };

const PROBLEM_TYPE = 'application/problem+json';

const Missing = z.object({ status: z.literal(404), code: z.string() });

/**
 * A 404 says that the thing is missing only in the words of our own services: one of a proxy's, or of a gateway that
 * does not know the route, says nothing about the thing.
 */
const saysMissing = ({ status, type, body }: HttpResponse): boolean =>
  status === 404 && type === PROBLEM_TYPE && Missing.parse(JSON.parse(body)).code !== problem.not_found.code;

/** Reads an answer. @throws Error when it is not one of the contract's: the peer then counts as unavailable */
function verdict<S extends z.ZodType>(path: string, response: HttpResponse, schema: S): Verdict<z.output<S>> {
  const { status, type, headers, body } = response;
  if (status === 200 && type === 'application/json')
    return { value: schema.parse(JSON.parse(body)), next: pageAfter(path, headers) };
  if (saysMissing(response)) return { value: undefined, next: undefined };
  // The caller's session ended after our own gateway had let them in. The gateway words this one itself.
  if (status === 401) return { refusal: problem.unauthenticated };
  if (status === 403 && type === PROBLEM_TYPE) return { refusal: problem.forbidden };
  throw new Error(`answered ${status} ${type}`);
}

/** What a peer answered, whether it did what it was asked or said why not. */
export interface Reply {
  readonly status: number;
  /** Undefined where there is none. */
  readonly body: unknown;
  readonly headers: HttpResponse['headers'];
}

/** Reads any answer that the contract has. @throws Error when it is none: the peer then counts as unavailable */
function replyOf({ status, type, headers, body }: HttpResponse): Reply {
  const isDone = status >= 200 && status < 300 && (body === '' || type === 'application/json');
  const isRefusal = status >= 400 && status < 500 && type === PROBLEM_TYPE;
  if (!isDone && !isRefusal && status !== 401) throw new Error(`answered ${status} ${type}`);
  return { status, headers, body: body === '' || status === 401 ? tolerantJson(body) : JSON.parse(body) };
}

/** The gateway's own 401 may say nothing, or not in JSON. */
function tolerantJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Another context, asked over HTTP at the API's own address (`API_URL`) with the caller's own token. */
export class Peer {
  readonly #breaker = new Breaker(BREAKER);
  readonly #limit: LimitFunction;
  readonly #patience: number;

  constructor({ patience = PATIENCE_MS, atOnce = AT_ONCE }: Manner = {}) {
    this.#patience = patience;
    this.#limit = pLimit(atOnce);
  }

  /**
   * What stands at a path, as `schema` gives it; undefined when the peer says that it is missing.
   * @param path of the API; encode its variable parts
   * @throws peer_unavailable when the peer is down, slow (2 s, one retry of a broken connection included), or answers
   *   anything that the contract does not know; unauthenticated or forbidden when the peer refuses this caller
   */
  async get<S extends z.ZodType>(path: string, schema: S, headers: Headers): Promise<z.output<S> | undefined> {
    return (await this.#page(path, schema, headers)).value;
  }

  /**
   * All that a list holds, page after page as its `Link` headers lead; undefined when the peer says that it is missing.
   * @param path of the API, with its query; encode its variable parts
   * @param item what the list is of: only where the peer bounds how many there are
   * @throws as {@link Peer.get} does, also where a list has no end
   */
  async list<S extends z.ZodType>(path: string, item: S, headers: Headers): Promise<z.output<S>[] | undefined> {
    const all: z.output<S>[] = [];
    let next: string | undefined = path;
    for (let pages = 0; next !== undefined; pages += 1) {
      if (pages === MOST_PAGES) throw problem.peer_unavailable();
      const page: Answered<z.output<S>[] | undefined> = await this.#page(next, z.array(item), headers);
      if (!page.value) return undefined;
      all.push(...page.value);
      next = page.next;
    }
    return all;
  }

  /**
   * Has a peer do something and gives what it answers, refusals too. A broken connection is tried once more where that
   * cannot do it twice.
   * @throws peer_unavailable when the peer is down, slow (2 s), answers 5xx or anything that the contract does not know
   */
  exchange(task: Task): Promise<Reply> {
    return this.#heard(async () => replyOf(await ask({ patience: this.#patience, ...task })));
  }

  async #page<S extends z.ZodType>(path: string, schema: S, { authorization }: Headers) {
    const headers = authorization ? { Authorization: authorization } : {};
    const task = { method: 'GET', path, headers, patience: this.#patience } as const;
    const answer = await this.#heard(async () => verdict(path, await ask(task), schema));
    if ('refusal' in answer) throw answer.refusal();
    return answer;
  }

  /** What a peer answers to a question, with patience, in turn, and not while it is known to be down. */
  #heard<T>(question: () => Promise<T>): Promise<T> {
    return this.#limit(async () => {
      if (!this.#breaker.admits()) throw problem.peer_unavailable({ retryAfter: this.#breaker.retryAfter });
      const before = performance.eventLoopUtilization();
      const answer = await question().catch((cause: unknown) => {
        // Silence while we were too busy to listen says nothing about the peer: it costs this caller, not all of them.
        const deaf = performance.eventLoopUtilization(before).utilization > OVERWORKED;
        if (!(deaf && isTimeout(cause))) this.#breaker.failed();
        throw problem.peer_unavailable({ cause, retryAfter: this.#breaker.retryAfter });
      });
      this.#breaker.succeeded();
      return answer;
    });
  }
}
