import { log } from '../../platform/log.ts';
import type { Account } from './account.ts';
import { findAccount, replaceHash } from './account-store.ts';
import { type Action, audit } from './audit.ts';
import { accountOf, countFailure, forgive, mustNotWait, passwordsFrom } from './guesses.ts';
import { hashPassword, isOutdated, passwordMatches, pretendToCompare } from './passwords.ts';
import type { Credentials } from './sign-in.ts';

async function strengthen(account: Account, password: string): Promise<void> {
  // Whoever changed the account meanwhile also made a fresh hash or will sign in again: losing this race loses nothing.
  await replaceHash(account, await hashPassword(password)).catch((error: unknown) =>
    log.warn('hash not renewed', { error }),
  );
}

/** Who tries, and for what. */
interface Attempt {
  readonly sourceIp: string;
  /** What a failure is recorded as. */
  readonly purpose: Action;
}

async function recordFailure(
  username: string,
  account: Account | undefined,
  { sourceIp, purpose }: Attempt,
): Promise<void> {
  const blocked = await countFailure(accountOf(username), passwordsFrom(sourceIp));
  const event = { actor: 'anonymous', subject: account?.username ?? 'unknown', source_ip: sourceIp };
  audit(purpose, { ...event, outcome: 'failure' });
  if (blocked) audit('password.guessing_blocked', event);
}

/**
 * The account that these credentials open; undefined, after the same time, when they open none.
 * @throws too_many_attempts, before the password is even looked at, where too many were wrong
 */
export async function authenticate(
  { username, password }: Credentials,
  attempt: Attempt,
): Promise<Account | undefined> {
  const [account, hadFailures] = await Promise.all([
    findAccount(username),
    mustNotWait(accountOf(username), passwordsFrom(attempt.sourceIp)),
  ]);
  const matches = account ? await passwordMatches(password, account.password_hash) : await pretendToCompare(password);
  if (!account || !matches || account.disabled) {
    await recordFailure(username, account, attempt);
    return undefined;
  }
  // Of many guesses at once all pass the first look; the right one must not be told when the others used up the tries.
  await mustNotWait(accountOf(username));
  if (hadFailures) await forgive(username);
  if (isOutdated(account.password_hash)) await strengthen(account, password);
  return account;
}
