import { createHmac } from 'node:crypto';
import { epochSeconds } from '../clock.ts';
import type { Table } from '../data/table.ts';
import { put, type Write } from '../data/write.ts';
import { secret } from '../secrets.ts';
import type { Answer } from './answer.ts';
import type { Answers } from './operation.ts';
import { problem } from './problems.ts';
import { bodyOf } from './render.ts';

const KEPT_SECONDS = 24 * 3600;

interface Remembered {
  pk: string;
  sk: string;
  fingerprint: string;
  answer: Answer;
  ttl: number;
}

/** Another call with the same key committed first: its answer is the one to give. */
export class AlreadyAnswered extends Error {}

/**
 * The effect of an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header). The answer is written in the same
 * transaction as the change it answers, so no crash can separate them and no `in progress` state exists to get stuck.
 */
export class Idempotency {
  readonly #table: Table | undefined;
  readonly #key: string;
  readonly #fingerprint: string;
  readonly #answers: Answers;
  #written = false;

  private constructor(table: Table | undefined, key: string, fingerprint: string, answers: Answers) {
    this.#table = table;
    this.#key = key;
    this.#fingerprint = fingerprint;
    this.#answers = answers;
  }

  /** For a call that sent no key. */
  static readonly none = (): Idempotency => new Idempotency(undefined, '', '', {});

  /**
   * @param owner whose key it is: two callers' equal keys are different keys
   * @param request all that makes a request the same request
   * @param answers the operation's, so that only what may leave is remembered
   */
  static async of(
    table: Table,
    { owner, key, request, answers }: { owner: string; key: string; request: string; answers: Answers },
  ): Promise<Idempotency> {
    // Keyed, since the request may hold a password and this is stored for a day.
    const fingerprint = createHmac('sha256', await secret('signing-secret'))
      .update(request)
      .digest('base64url');
    return new Idempotency(table, `IDEMPOTENCY#${owner}#${key}`, fingerprint, answers);
  }

  /** The first answer, if this key was used before. @throws idempotency_key_reused */
  async earlierAnswer(): Promise<Answer | undefined> {
    const earlier = await this.#table?.get<Remembered>({ pk: this.#key, sk: this.#key });
    if (!earlier) return undefined;
    if (earlier.fingerprint !== this.#fingerprint) throw problem.idempotency_key_reused();
    return earlier.answer;
  }

  /** What to write along with the change: nothing when the caller sent no key. */
  record(answer: Answer): Write[] {
    if (!this.#table) return [];
    this.#written = true;
    const body = bodyOf(this.#answers, answer);
    return [
      put(
        {
          pk: this.#key,
          sk: this.#key,
          fingerprint: this.#fingerprint,
          answer: { ...answer, body },
          ttl: epochSeconds() + KEPT_SECONDS,
        },
        {
          when: 'attribute_not_exists(pk) OR #ttl <= :now',
          names: { '#ttl': 'ttl' },
          values: { ':now': epochSeconds() },
          otherwise: () => new AlreadyAnswered(),
        },
      ),
    ];
  }

  /** Remembers an answer whose operation changed nothing and so wrote no record of its own. */
  async settle(answer: Answer): Promise<void> {
    if (this.#table && !this.#written) await this.#table.write(this.record(answer));
  }
}
