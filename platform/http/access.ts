import type { KeyPart } from '../base/key-part.ts';

/** What an account may be. */
export const ROLES = ['admin', 'teacher', 'student', 'guardian'] as const;
export type Role = (typeof ROLES)[number];

/**
 * What somebody may be to a record, whatever the role of their account: `owner` is the account whose username stands on
 * it, `guardian` one that an admin named on it. The role `guardian` by itself opens nobody's record.
 */
export type Relation = 'owner' | 'guardian';

/** Open to everybody, without a token. */
export interface PublicAccess {
  readonly public: true;
  readonly roles: readonly [];
  readonly relations: readonly [];
}

/** For these roles and, whatever their role, for those who stand in one of these relations to the record. */
export interface RestrictedAccess {
  readonly public: false;
  readonly roles: readonly Role[];
  readonly relations: readonly Relation[];
}

/** Who may call an operation. */
export type Access = PublicAccess | RestrictedAccess;

/** Everybody, without a token. */
export const anyone: PublicAccess = { public: true, roles: [], relations: [] };

/** Everybody who is signed in. */
export const signedIn: RestrictedAccess = { public: false, roles: ROLES, relations: [] };

const isRelation = (one: Role | Relation): one is Relation => one === 'owner' || one === 'guardian';

/**
 * These roles; with `owner` whoever owns the record, and with `guardian` whoever is named on it as such: the operation
 * then asks {@link Caller.mayReach}, or {@link reachable}. A parent is let in by what is open to `guardian`, never by
 * what is open to `owner` only.
 */
export const allow = (...who: (Exclude<Role, Relation> | Relation)[]): RestrictedAccess => ({
  public: false,
  roles: who.filter((one) => !isRelation(one)),
  relations: who.filter(isRelation),
});

/** What of a record says whose it is: the username of its owner, and those of whoever is named as a guardian. */
export interface Belonging {
  readonly username?: string | undefined;
  readonly guardians?: readonly string[] | undefined;
}

/** Whoever calls, as the authorizer vouched for them. */
export class Caller {
  readonly username: KeyPart;
  readonly role: Role;
  readonly sessionId: KeyPart;
  /** Whether the role alone opens this operation, to every record: what families may not see is for these callers. */
  readonly entitled: boolean;
  readonly #relations: readonly Relation[];
  #asked = false;

  constructor(identity: { username: KeyPart; role: Role; sessionId: KeyPart }, access: Access) {
    this.username = identity.username;
    this.role = identity.role;
    this.sessionId = identity.sessionId;
    this.entitled = access.roles.some((role) => role === identity.role);
    this.#relations = access.relations;
  }

  /** Whether the record is the caller's own. */
  owns(record: Belonging | undefined): boolean {
    return record?.username !== undefined && record.username === this.username;
  }

  /** Whether the caller is named on the record as a guardian. */
  guards(record: Belonging | undefined): boolean {
    return record?.guardians?.includes(this.username) ?? false;
  }

  /** Whether the caller's role, or else what they are to the record, opens it to this operation. */
  mayReach(record: Belonging | undefined): boolean {
    this.#asked = true;
    if (this.entitled) return true;
    const holds = { owner: () => this.owns(record), guardian: () => this.guards(record) };
    return this.#relations.some((relation) => holds[relation]());
  }

  /** @throws Error where nothing let this caller in: neither their role nor a question of whose the record is */
  mustHaveBeenChecked(): void {
    if (!this.entitled && !this.#asked) throw new Error('An operation did not ask whose the record is');
  }
}

/**
 * The record, if the caller may know of it; a stranger's record and a missing one answer alike.
 * @throws the given problem, a 404
 */
export function reachable<T extends Belonging>(record: T | undefined, caller: Caller, missing: () => Error): T {
  if (!caller.mayReach(record) || !record) throw missing();
  return record;
}
