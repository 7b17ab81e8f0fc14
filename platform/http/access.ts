/** What an account may be. */
export const ROLES = ['admin', 'teacher', 'student'] as const;
export type Role = (typeof ROLES)[number];

/** Who may call an operation. `owner`: the account whose username stands on the record. */
export interface Access {
  readonly public: boolean;
  readonly roles: readonly Role[];
  readonly owner: boolean;
}

/** Everybody, without a token. */
export const anyone: Access = { public: true, roles: [], owner: false };

/** Everybody who is signed in. */
export const signedIn: Access = { public: false, roles: ROLES, owner: false };

/** These roles, and with `owner` whoever owns the record: the operation then asks {@link Caller.mayReach}. */
export const allow = (...who: (Role | 'owner')[]): Access => ({
  public: false,
  roles: who.filter((one) => one !== 'owner'),
  owner: who.includes('owner'),
});

/** Whoever calls, as the authorizer vouched for them. */
export class Caller {
  readonly username: string;
  readonly role: Role;
  readonly sessionId: string;
  /** Whether the role alone opens this operation. */
  readonly #entitled: boolean;
  #asked = false;

  constructor(identity: { username: string; role: Role; sessionId: string }, access: Access) {
    this.username = identity.username;
    this.role = identity.role;
    this.sessionId = identity.sessionId;
    this.#entitled = access.roles.includes(identity.role);
  }

  /** Whether the caller's role, or else their ownership, opens a record of `owner`. */
  mayReach(owner: string | undefined): boolean {
    this.#asked = true;
    return this.#entitled || (owner !== undefined && owner === this.username);
  }

  /** Whether nothing let this caller in: neither their role nor a question of ownership. */
  get unchecked(): boolean {
    return !this.#entitled && !this.#asked;
  }
}

/**
 * The record, if the caller may know of it; a stranger's record and a missing one answer alike.
 * @throws the given problem, a 404
 */
export function reachable<T extends { username?: string | undefined }>(
  record: T | undefined,
  caller: Caller,
  missing: () => Error,
): T {
  if (!caller.mayReach(record?.username) || !record) throw missing();
  return record;
}
