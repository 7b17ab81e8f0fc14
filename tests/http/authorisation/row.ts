import type { Role } from '../../../platform/http/access.ts';

/** Somebody who is signed in. */
export interface Actor {
  readonly username: string;
  readonly password: string;
  readonly role: Role;
  readonly token: string;
}

/** The statuses for one's own object, for somebody else's, and for one that does not exist. */
export type Whose = readonly [own: number, others: number, missing: number];

/** What is in the place of the path's variable. */
export interface Target {
  /** Makes an object that belongs to `owner`, or finds the one they have. @returns what stands for it in the path */
  readonly of: (owner: Actor) => Promise<string>;
  /** The same of an object of nobody who calls, on which `guardian` is named as one: where that is possible. */
  readonly ward?: (guardian: Actor) => Promise<string>;
  /** What stands for none. */
  readonly missing: () => string;
}

/**
 * One operation of the API: who may call it. A role that may not at all answers 403 whosever it is; a role that may as
 * the owner only answers 404 for somebody else's as for a missing one.
 */
export interface Row {
  readonly route: string;
  /** For everybody: the status without a token. */
  readonly public?: number;
  /**
   * For who is signed in, by role: one status, or one for each object where the path names one. To the role `guardian` by
   * itself, everything is as to a student, unless it says otherwise.
   */
  readonly roles?: Readonly<Record<Exclude<Role, 'guardian'>, number | Whose>> & { readonly guardian?: number | Whose };
  /** For whoever is named on the object as a guardian, whatever their role; without it they are strangers to it. */
  readonly guardians?: number;
  readonly target?: Target;
  /** What the call asks for beside its path. */
  readonly query?: () => Promise<string>;
  readonly body?: (caller: Actor | undefined) => unknown;
  /** A call that is answered uses its caller or their object up: each gets new ones. */
  readonly spends?: true;
  /** Callers of a name of their own, where what is theirs does not go with what other rows give the usual ones. */
  readonly cast?: string;
}

export const everyone = (status: number | Whose) => ({ admin: status, teacher: status, student: status });
