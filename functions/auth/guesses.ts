import { clock } from '../../platform/clock.ts';
import { addFailure, type Failures, findFailures, forgetFailures } from './guess-store.ts';
import { networkOf } from './network.ts';
import { problem } from './problems.ts';

/** How many failures a target bears before each further one has to wait. All times in seconds. */
interface Limit {
  readonly free: number;
  /** The first wait; each failure doubles it. */
  readonly first: number;
  readonly longest: number;
  /** Without a failure for this long, all are forgotten. */
  readonly kept: number;
}

/** What guesses are counted on. */
export interface Target {
  readonly name: string;
  readonly limit: Limit;
}

/** One account: at the longest wait, four guesses an hour. Names that no account has are counted alike. */
export const accountOf = (username: string): Target => ({
  name: `ACCOUNT#${username}`,
  limit: { free: 5, first: 5, longest: 15 * 60, kept: 3600 },
});

/** One address: a whole school may stand behind it, and its typing errors must not shut the school out. */
const SOURCE_LIMIT: Limit = { free: 300, first: 1, longest: 60, kept: 15 * 60 };

/** Where passwords are guessed from. */
export const passwordsFrom = (ip: string): Target => ({ name: `PASSWORDS#${networkOf(ip)}`, limit: SOURCE_LIMIT });

/** Where tokens are forged. */
export const tokensFrom = (ip: string): Target => ({ name: `TOKENS#${networkOf(ip)}`, limit: SOURCE_LIMIT });

/** Milliseconds until the next try may be made. */
function waitOf({ free, first, longest }: Limit, failures: Failures | undefined): number {
  if (!failures || failures.count < free) return 0;
  const pause = Math.min(first * 2 ** (failures.count - free), longest);
  return failures.last_at + pause * 1000 - clock.now();
}

/**
 * Lets nobody try who has to wait first. One read for each target.
 * @returns whether there were failures on the first target, so that a success knows what to forget
 * @throws too_many_attempts with the seconds to wait
 */
export async function mustNotWait(...targets: readonly [Target, ...Target[]]): Promise<boolean> {
  const failures = await Promise.all(targets.map(({ name }) => findFailures(name)));
  const wait = Math.max(...targets.map(({ limit }, i) => waitOf(limit, failures[i])));
  if (wait > 0) throw problem.too_many_attempts({ retryAfter: Math.ceil(wait / 1000) });
  return failures[0] !== undefined;
}

/** Counts a failure on each target. @returns whether the next try has to wait */
export async function countFailure(...targets: readonly Target[]): Promise<boolean> {
  const counts = await Promise.all(targets.map(({ name, limit }) => addFailure(name, limit.kept)));
  return targets.some(({ limit }, i) => (counts[i] ?? 0) >= limit.free);
}

/** Forgets the failures on an account: its owner has shown to know the password, or an admin vouches for them. */
export const forgive = (username: string): Promise<void> => forgetFailures(accountOf(username).name);
