import { randomBytes } from 'node:crypto';
import { timestamp } from '../../platform/base/clock.ts';
import { cutToKeyPart, type KeyPart } from '../../platform/base/key-part.ts';
import { problem as common } from '../../platform/base/problems.ts';
import { changesTo } from '../../platform/data/changes.ts';
import { key } from '../../platform/data/key.ts';
import { sharded } from '../../platform/data/sharded.ts';
import type { Key, Page, Paging } from '../../platform/data/table.ts';
import {
  absent,
  alreadyDone,
  type Condition,
  check,
  type Item,
  lostUpdate,
  put,
  unchanged,
  update,
  versionIs,
  type Write,
} from '../../platform/data/write.ts';
import { fold } from '../../platform/schema/fold.ts';
import type { Account, NewAccount, Profile } from './account.ts';
import { accountKey } from './account-key.ts';
import { skeletonOf } from './look-alikes.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

/** The index that lists accounts by their folded username. */
const BY_NAME = { name: 'directory', sort: 'folded_username' } as const;

/** What all of them are listed in. */
const DIRECTORY = sharded(key`ACCOUNTS`);

/** What stays of a deleted account. */
interface Erased {
  readonly erased_at: string;
}

/** An account by its normalised username. One read. */
export async function find(username: KeyPart): Promise<Account | undefined> {
  const item = await table.get<Account | Erased>(accountKey(username));
  return item && 'erased_at' in item ? undefined : item;
}

/** A page of the accounts whose username begins with `prefix`, accents and case ignored. The index may lag. */
export const list = (prefix: string, { limit, after }: Paging): Promise<Page<Profile>> =>
  table.page({
    index: BY_NAME,
    partition: ['directory', DIRECTORY],
    ...(prefix && { sort: [BY_NAME.sort, 'begins_with', key`${cutToKeyPart(prefix)}`] as const }),
    limit,
    after,
  });

/** A value that no earlier generation of sessions had, not even of a namesake. */
export const newGeneration = (): string => randomBytes(9).toString('base64url');

/** An account as it will stand once inserted. */
export const draft = (account: NewAccount): Account => ({
  ...account,
  disabled: false,
  created_at: timestamp(),
  version: 1,
  generation: newGeneration(),
  ended_sessions: {},
});

const looksKey = (username: string): Key => ({ pk: key`LOOKS#${cutToKeyPart(skeletonOf(username))}`, sk: key`STAFF` });

const isStaff = (role: Account['role']): boolean => role === 'admin' || role === 'teacher';

/**
 * Keeps what the name of a teacher or admin looks like from newcomers. For ever, as the name itself is: who left is
 * still trusted.
 */
const claimLooks = ({ username, role }: Pick<Account, 'username' | 'role'>): Write[] =>
  isStaff(role) ? [put({ ...looksKey(username) })] : [];

/** The name itself ends the order: two that are folded alike have a place each, between which a page may end. */
const placeOf = ({ username }: Pick<Account, 'username'>) => ({
  directory: DIRECTORY.of(username),
  [BY_NAME.sort]: key`${cutToKeyPart(fold(username))}\t${username}`,
});

/** Stores a new account, and lets nobody in who looks like staff and is none. @throws username_taken, reserved_username */
export const insert = (account: Account): Write[] => [
  put(
    {
      ...accountKey(account.username),
      ...account,
      ...placeOf(account),
    },
    absent(() => problem.username_taken()),
  ),
  ...(isStaff(account.role)
    ? claimLooks(account)
    : [
        check(
          looksKey(account.username),
          absent(() => problem.reserved_username()),
        ),
      ]),
];

/** Sets attributes of the account as it was read (undefined removes one). @throws user_not_found, LostUpdate */
export const change = ({ username, version }: Account, set: Partial<Account>): Write[] => [
  update(accountKey(username), { set, add: { version: 1 } }, unchanged(version, problem.user_not_found)),
  ...(set.role === undefined ? [] : claimLooks({ username, role: set.role })),
];

const anEnabledAdmin: Condition = {
  when: '#role = :admin AND disabled = :no',
  names: { '#role': 'role' },
  values: { ':admin': 'admin', ':no': false },
  otherwise: () => common.forbidden(),
};

/**
 * Lets a transaction through only while this account is an enabled admin's: of two admins who remove each other at
 * once one fails, so that one is always left. @throws forbidden
 */
export const stillAdmin = (username: KeyPart): Write[] => [check(accountKey(username), anEnabledAdmin)];

/**
 * Replaces a hash by a stronger one of the same password. Whoever changed the account meanwhile also made a fresh hash,
 * or will sign in again: nothing is left to do then.
 */
export const renewHash = ({ username, version }: Account, password_hash: string): Write[] => [
  update(accountKey(username), { set: { password_hash } }, versionIs(version, alreadyDone)),
];

/**
 * Erases all of an account but its name, which is never given out again: in other contexts records still carry it,
 * and a newcomer of the same name would own them. @throws user_not_found, LostUpdate
 */
export const erase = ({ username, version }: Account): Write[] => [
  put({ ...accountKey(username), erased_at: timestamp() }, unchanged(version, problem.user_not_found)),
];

/** What puts an item, as it was read, where its name belongs since names are folded otherwise. @throws LostUpdate */
export function migrated(item: Item): Write[] {
  if (item.sk !== 'ACCOUNT' || 'erased_at' in item) return [];
  const account = item as Item & Account;
  const place = changesTo(item, placeOf(account));
  return place ? [update(accountKey(account.username), { set: place }, versionIs(account.version, lostUpdate))] : [];
}
