import type { Key, Table } from '../data/table.ts';
import { type Change, commit } from '../events/commit.ts';
import type { Caller } from './access.ts';
import type { Answer } from './answer.ts';
import { forgetAnswers, type Idempotency } from './idempotency.ts';
import type { Judged, Preconditions } from './preconditions.ts';

/** A change together with what the caller is answered once it is made. */
export interface AnsweredChange<A> extends Change {
  readonly answer: A;
}

/** Where the answer of this change will be remembered: copies of what it shows, which must not outlive it. */
export interface Remembering {
  readonly copies: readonly Key[];
}

type Decided<A> = AnsweredChange<A> | Promise<AnsweredChange<A>>;

/** A record that `If-Match` can be held against, where the operation is versioned. */
type JudgedAs<Versioned> = Versioned extends true ? { readonly version: number } : unknown;

/**
 * The way in which an operation changes anything, see {@link commit}: what it decides is written in one transaction
 * together with the events that tell of it and with the answer under the caller's `Idempotency-Key`. Nothing is written
 * before somebody asked whether this caller may: an operation that is open to owners asks before it commits, or in `read`.
 */
export interface Commit<Versioned = unknown> {
  /** Makes something new. @returns the answer */
  <A extends Answer>(decide: (remembering: Remembering) => Decided<A>): Promise<A>;
  /**
   * Changes what `read` finds, provided that `If-Match` and `If-None-Match` hold of it. Both are asked again where
   * somebody else was faster.
   * @returns the answer
   * @throws stale_version, already_there; invalid_input where the body contradicts what nobody may change
   */
  <R extends JudgedAs<Versioned>, A extends Answer>(
    read: () => Promise<R>,
    decide: (record: R, remembering: Remembering) => Decided<A>,
  ): Promise<A>;
}

/** On whose behalf and under which conditions something is changed. */
interface Terms {
  readonly table: Table;
  readonly caller: Caller | undefined;
  readonly preconditions: Preconditions;
  /** Refuses a record of which the body says something that nobody may change. */
  readonly mustAgree: (record: unknown) => void;
  /** The path of what is erased, if anything is. */
  readonly erases: string | undefined;
  readonly idempotency: Idempotency;
}

type Read = () => Promise<Judged | undefined>;
type Decide = (...given: unknown[]) => Decided<Answer>;

/** The {@link Commit} of one request. */
export function committing({ table, caller, preconditions, mustAgree, erases, idempotency }: Terms): Commit {
  const remembered = ({ answer }: AnsweredChange<Answer>) => idempotency.record(answer);
  const judged = async (read: Read) => {
    const record = await read();
    caller?.mustHaveBeenChecked();
    preconditions.mustHoldFor(record);
    mustAgree(record);
    return record;
  };
  const decided = async (first: Read | Decide, decide?: Decide) => {
    const remembering: Remembering = { copies: idempotency.keys };
    if (decide) return decide(await judged(first as Read), remembering);
    caller?.mustHaveBeenChecked();
    return (first as Decide)(remembering);
  };
  const changed = async (first: Read | Decide, decide?: Decide) => {
    const change = await decided(first, decide);
    if (erases === undefined) return change;
    return { ...change, writes: [...(change.writes ?? []), ...(await forgetAnswers(table, erases))] };
  };
  return (async (first: Read | Decide, decide?: Decide) =>
    (await commit(table, () => changed(first, decide), remembered)).answer) as Commit;
}
