import { timestamp } from '../../platform/clock.ts';
import type { Key } from '../../platform/data/table.ts';
import { absent, put, update, versionIs, type Write } from '../../platform/data/write.ts';
import type { Account } from './account.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

export const accountKey = (username: string): Key => ({ pk: `USER#${username}`, sk: 'ACCOUNT' });

/** An account by its normalised username. */
export const findAccount = (username: string): Promise<Account | undefined> => table.get(accountKey(username));

/** What an account begins with. */
export type NewAccount = Pick<Account, 'username' | 'password_hash' | 'role'> &
  Partial<Pick<Account, 'first_name' | 'last_name' | 'email' | 'phone'>>;

/** The account as it will stand once {@link insertAccount} wrote it. */
export const draftAccount = (account: NewAccount): Account => ({
  ...account,
  disabled: false,
  created_at: timestamp(),
  version: 1,
});

/** Stores a new account, along with what must be written in the same breath. @throws username_taken */
export const insertAccount = (account: Account, along: readonly Write[] = []): Promise<void> =>
  table.write([
    put(
      { ...accountKey(account.username), ...account },
      absent(() => problem.username_taken()),
    ),
    ...along,
  ]);

/** Replaces a hash by a stronger one of the same password, unless the account changed meanwhile. */
export const replaceHash = ({ username, version }: Account, password_hash: string): Promise<void> =>
  table.write([
    update(
      accountKey(username),
      { set: { password_hash } },
      versionIs(version, () => problem.user_not_found()),
    ),
  ]);
