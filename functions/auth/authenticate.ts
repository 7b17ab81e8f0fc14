import { log } from '../../platform/base/log.ts';
import { commit } from '../../platform/events/commit.ts';
import type { Account } from './account.ts';
import * as accounts from './account-store.ts';
import { type Action, audit } from './audit.ts';
import type { Credentials } from './credentials.ts';
import * as guesses from './guesses.ts';
import { hashPassword, isOutdated, passwordMatches, pretendToCompare } from './passwords.ts';
import { table } from './table.ts';

/** Stores today's hash of a password. Its failure is nobody's who signs in: the next sign-in tries again. */
async function strengthen(account: Account, password: string): Promise<void> {
  const renew = async () => ({ writes: accounts.renewHash(account, await hashPassword(password)) });
  await commit(table, renew).catch((error: unknown) => log.warn('hash not renewed', { error }));
}

/** Who tries, and for what. */
interface Attempt {
  readonly sourceIp: string;
  /** What a failure is recorded as. */
  readonly purpose: Action;
}

async function recordFailure(
  guess: guesses.Guess,
  account: Account | undefined,
  { sourceIp, purpose }: Attempt,
): Promise<void> {
  const blocked = await guesses.fail(guess);
  const event = { actor: 'anonymous', subject: account?.username ?? 'unknown', source_ip: sourceIp };
  audit(purpose, { ...event, outcome: 'failure' });
  if (blocked) audit('password.guessing_blocked', event);
}

/** Compares a password as its try allows. One that could not be compared is no try. @throws busy */
const compared = (password: string, account: Account | undefined, guess: guesses.Guess): Promise<boolean> =>
  (account ? passwordMatches(password, account.password_hash) : pretendToCompare(password)).catch(
    async (error: unknown) => {
      await guesses.giveBack(guess);
      throw error;
    },
  );

async function judge({ username, password }: Credentials, attempt: Attempt): Promise<Account | undefined> {
  const [guess, account] = await Promise.all([guesses.begin(username, attempt.sourceIp), accounts.find(username)]);
  const matches = await compared(password, account, guess);
  if (!account || !matches || account.disabled) {
    await recordFailure(guess, account, attempt);
    return undefined;
  }
  await guesses.succeed(guess);
  if (isOutdated(account.password_hash)) await strengthen(account, password);
  return account;
}

/**
 * The account that these credentials open; undefined, after the same time, when they open none.
 * @throws too_many_attempts, before the password is even looked at, where too many were tried, or are at once; busy
 */
export const authenticate = (credentials: Credentials, attempt: Attempt): Promise<Account | undefined> =>
  guesses.inLine(credentials.username, () => judge(credentials, attempt));
