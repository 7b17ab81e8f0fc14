import { isSigned, sign } from '../aws/signing.ts';
import { epochSeconds } from '../base/clock.ts';
import { cutToKeyPart, type KeyPart } from '../base/key-part.ts';
import { problem } from '../base/problems.ts';
import { type KeyText, key } from '../data/key.ts';
import type { Key, Table } from '../data/table.ts';
import { type Condition, put, remove, type Write } from '../data/write.ts';
import { type Answer, type Answers, bodyOf } from './answer.ts';

const KEPT_SECONDS = 24 * 3600;

interface Remembered {
  fingerprint: string;
  /** Gone where what it showed was erased: the key stays used. */
  answer?: Answer;
}

/** That an answer which shows what stands at a path is remembered under the name `sk`. */
interface Shown extends Key {
  readonly fingerprint: string;
  readonly ttl: number;
}

/** One answer shows what a request made, under its one key; more than these are left to expire. */
const MOST_FORGOTTEN = 40;

const shownAt = (path: string): KeyText => key`SHOWN#${cutToKeyPart(path)}`;

/**
 * The writes by which remembered answers forget what stood at a path, as it is erased there: a remembered answer is a
 * copy of what it shows. Their keys stay used, so that no late retry makes anew what was erased. One query.
 */
export async function forgetAnswers(table: Table, path: string): Promise<Write[]> {
  const { items } = await table.query<Shown>({ partition: ['pk', shownAt(path)], limit: MOST_FORGOTTEN });
  return items.flatMap(({ pk, sk, fingerprint, ttl }) => [put({ pk: sk, sk, fingerprint, ttl }), remove({ pk, sk })]);
}

/** Another call with the same key committed first: its answer is the one to give. */
export class AlreadyAnswered extends Error {
  override readonly name = 'AlreadyAnswered';
  readonly code = 'already_answered';
}

/** A key as a caller sent it. */
export interface SentKey {
  readonly table: Table;
  /** Whose key it is: two callers' equal keys are different keys. */
  readonly owner: KeyPart;
  readonly key: KeyPart;
  /** All that makes a request the same request. */
  readonly request: string;
  /** The operation's, so that only what may leave is remembered. */
  readonly answers: Answers;
  /** Whether what the answer shows may be erased, and has then to be forgotten here. */
  readonly erasable: boolean;
}

/**
 * The effect of an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header). The answer is written in the same
 * transaction as the change it answers, so no crash can separate them and no `in progress` state exists to get stuck.
 */
export class Idempotency {
  readonly #sent: SentKey | undefined;
  readonly #fingerprint: string;

  private constructor(sent: SentKey | undefined, fingerprint: string) {
    this.#sent = sent;
    this.#fingerprint = fingerprint;
  }

  /** Of a call; without any effect where it sent no key. */
  static async of(sent: SentKey | undefined): Promise<Idempotency> {
    if (!sent) return new Idempotency(undefined, '');
    // Keyed, since the request may hold a password and this is stored for a day.
    return new Idempotency(sent, (await sign([sent.request])).toString('base64url'));
  }

  /** Where the answer is kept: nowhere when the caller sent no key. */
  get keys(): Key[] {
    if (!this.#sent) return [];
    const name = key`IDEMPOTENCY#${this.#sent.owner}#${this.#sent.key}`;
    return [{ pk: name, sk: name }];
  }

  /** The first answer, if this key was used before. @throws idempotency_key_reused, also where it was erased since */
  async earlierAnswer(): Promise<Answer | undefined> {
    const [kept] = this.keys;
    const earlier = kept && (await this.#sent?.table.get<Remembered>(kept));
    if (!earlier) return undefined;
    if (!earlier.answer || !(await this.#isOfSameRequest(earlier))) throw problem.idempotency_key_reused();
    return earlier.answer;
  }

  /** The name of a record says nothing of our keys, so that it is found after a rotation; its fingerprint may be an older key's. */
  async #isOfSameRequest({ fingerprint }: Remembered): Promise<boolean> {
    if (!this.#sent) return false;
    return fingerprint === this.#fingerprint || isSigned(Buffer.from(fingerprint, 'base64url'), [this.#sent.request]);
  }

  /** What is written along with the change that is answered so: nothing when the caller sent no key. */
  record(answer: Answer): Write[] {
    return this.keys.flatMap((kept) => {
      const remembered = this.#remembered(answer);
      return [put({ ...kept, ...remembered }, unlessRemembered()), ...this.#shown(kept, answer, remembered)];
    });
  }

  #shown(
    { pk: sk }: Key,
    { headers, shows = headers?.Location }: Answer,
    { fingerprint, ttl }: Omit<Shown, keyof Key>,
  ) {
    return shows === undefined || !this.#sent?.erasable ? [] : [put({ pk: shownAt(shows), sk, fingerprint, ttl })];
  }

  #remembered(answer: Answer): Remembered & { readonly ttl: number } {
    const body = bodyOf(this.#sent?.answers ?? {}, answer);
    return { fingerprint: this.#fingerprint, answer: { ...answer, body }, ttl: epochSeconds() + KEPT_SECONDS };
  }
}

const unlessRemembered = (): Condition => ({
  when: 'attribute_not_exists(pk) OR #ttl <= :now',
  names: { '#ttl': 'ttl' },
  values: { ':now': epochSeconds() },
  otherwise: () => new AlreadyAnswered(),
});
