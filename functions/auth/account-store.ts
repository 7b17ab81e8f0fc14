import { randomBytes } from 'node:crypto';
import { timestamp } from '../../platform/clock.ts';
import { unchanged } from '../../platform/data/optimistic.ts';
import type { Page } from '../../platform/data/table.ts';
import { absent, put, update, versionIs, type Write } from '../../platform/data/write.ts';
import type { Paging } from '../../platform/http/operation.ts';
import { fold } from '../../platform/text.ts';
import type { Account, Profile } from './account.ts';
import { accountKey } from './account-key.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

/** The one partition of the directory, the index that lists accounts by their folded username. */
const DIRECTORY = 'ACCOUNTS';

/** A value that no earlier generation of sessions had, not even of a namesake. */
export const newGeneration = (): string => randomBytes(9).toString('base64url');

/** An account by its normalised username. */
export async function findAccount(username: string): Promise<Account | undefined> {
  const item = await table.get<Account | Erased>(accountKey(username));
  return item && 'erased_at' in item ? undefined : item;
}

/** What an account begins with. */
export type NewAccount = Pick<Account, 'username' | 'password_hash' | 'role'> &
  Partial<Pick<Account, 'first_name' | 'last_name' | 'email' | 'phone'>>;

/** The account as it will stand once {@link insertAccount} wrote it. */
export const draftAccount = (account: NewAccount): Account => ({
  ...account,
  disabled: false,
  created_at: timestamp(),
  version: 1,
  generation: newGeneration(),
  ended_sessions: {},
});

/** Stores a new account, along with what must be written in the same breath. @throws username_taken */
export const insertAccount = (account: Account, along: readonly Write[] = []): Promise<void> =>
  table.write([
    put(
      { ...accountKey(account.username), ...account, directory: DIRECTORY, folded_username: fold(account.username) },
      absent(() => problem.username_taken()),
    ),
    ...along,
  ]);

/** A page of the accounts whose username begins with `prefix`, accents and case ignored. The index may lag. */
export const listAccounts = (prefix: string, { limit, after }: Paging): Promise<Page<Profile>> =>
  table.query({
    index: 'directory',
    partition: ['directory', DIRECTORY],
    ...(prefix && { sort: ['folded_username', 'begins_with', prefix] as const }),
    limit,
    after,
  });

/** Sets attributes of the account as it was read (undefined removes one). @throws LostUpdate when it changed since */
export const updateAccount = ({ username, version }: Account, set: Readonly<Record<string, unknown>>): Promise<void> =>
  table.write([update(accountKey(username), { set, add: { version: 1 } }, unchanged(version, problem.user_not_found))]);

/** Replaces a hash by a stronger one of the same password, unless the account changed meanwhile. */
export const replaceHash = ({ username, version }: Account, password_hash: string): Promise<void> =>
  table.write([
    update(
      accountKey(username),
      { set: { password_hash } },
      versionIs(version, () => problem.user_not_found()),
    ),
  ]);

/** What stays of a deleted account. */
interface Erased {
  readonly erased_at: string;
}

/**
 * Erases all of an account but its name, which is never given out again: in other contexts records still carry it,
 * and a newcomer of the same name would own them. @throws LostUpdate when it changed since it was read
 */
export const eraseAccount = ({ username, version }: Account): Promise<void> =>
  table.write([put({ ...accountKey(username), erased_at: timestamp() }, unchanged(version, problem.user_not_found))]);
