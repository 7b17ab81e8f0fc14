import { performance } from 'node:perf_hooks';
import type * as z from 'zod';
import { required } from '../env.ts';
import { problem } from '../http/problems.ts';
import { currentScope } from '../scope.ts';
import { Breaker } from './breaker.ts';
import { get, isConnectionError, isTimeout, type Reply } from './exchange.ts';
import { Turnstile } from './turnstile.ts';
import { verdict } from './verdict.ts';

/** The longest that a peer may keep us waiting, retry included, in milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * How many questions may be under way at once. A Lambda has one request at a time; where one process serves them all, a
 * crowd must not take its own queue for a slow peer.
 */
const AT_ONCE = 16;

/** Above this share of time at work, our own event loop may be why a peer was not heard. */
const OVERWORKED = 0.9;

/** On whose behalf a peer is asked: the headers of the request at hand, of which only `authorization` goes along. */
type Headers = Readonly<Record<string, string>>;

async function exchange(path: string, authorization: string | undefined): Promise<Reply> {
  const url = new URL(required('API_URL') + path);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const requestId = currentScope()?.requestId;
  const headers = {
    Accept: 'application/json',
    ...(authorization && { Authorization: authorization }),
    ...(requestId && { 'X-Request-Id': requestId }),
  };
  return get(url, headers, signal).catch((error: unknown) => {
    if (signal.aborted || !isConnectionError(error)) throw error;
    return get(url, headers, signal);
  });
}

/** Another context, asked over HTTP at the API's own address (`API_URL`) with the caller's own token. */
export class Peer {
  readonly #breaker = new Breaker();
  readonly #turnstile = new Turnstile(AT_ONCE);

  /**
   * What stands at a path, as `schema` gives it; undefined when the peer says that it is missing.
   * @param path of the API; encode its variable parts
   * @throws peer_unavailable when the peer is down, slow (2 s, one retry of a broken connection included), or answers
   *   anything that the contract does not know; unauthenticated or forbidden when the peer refuses this caller
   */
  get<S extends z.ZodType>(path: string, schema: S, { authorization }: Headers): Promise<z.output<S> | undefined> {
    return this.#turnstile.through(() => this.#ask(path, schema, authorization));
  }

  async #ask<S extends z.ZodType>(
    path: string,
    schema: S,
    authorization: string | undefined,
  ): Promise<z.output<S> | undefined> {
    if (!this.#breaker.admits()) throw problem.peer_unavailable({ retryAfter: this.#breaker.retryAfter });
    const before = performance.eventLoopUtilization();
    const answer = await exchange(path, authorization)
      .then((reply) => verdict(reply, schema))
      .catch((cause: unknown) => {
        // Silence while we were too busy to listen says nothing about the peer: it costs this caller, not all of them.
        const deaf = performance.eventLoopUtilization(before).utilization > OVERWORKED;
        if (!(deaf && isTimeout(cause))) this.#breaker.failed();
        throw problem.peer_unavailable({ cause, retryAfter: this.#breaker.retryAfter });
      });
    this.#breaker.succeeded();
    if ('refusal' in answer) throw answer.refusal();
    return answer.value;
  }
}
