import { log } from '../../platform/log.ts';
import type { Account, Credentials } from './account.ts';
import { findAccount, replaceHash } from './account-store.ts';
import { hashPassword, isOutdated, passwordMatches, pretendToCompare } from './passwords.ts';

async function strengthen(account: Account, password: string): Promise<void> {
  // Whoever changed the account meanwhile also made a fresh hash or will sign in again: losing this race loses nothing.
  await replaceHash(account, await hashPassword(password)).catch((error: unknown) =>
    log.warn('hash not renewed', { error }),
  );
}

/** The account that these credentials open; undefined, after the same time, when they open none. */
export async function authenticate({ username, password }: Credentials): Promise<Account | undefined> {
  const account = await findAccount(username);
  const matches = account ? await passwordMatches(password, account.password_hash) : await pretendToCompare(password);
  if (!account || !matches || account.disabled) return undefined;
  if (isOutdated(account.password_hash)) await strengthen(account, password);
  return account;
}
