import { clock } from '../../platform/base/clock.ts';
import { required } from '../../platform/base/env.ts';
import { type KeyPart, keyPart } from '../../platform/base/key-part.ts';
import { Lane } from '../../platform/base/lane.ts';
import { Problem } from '../../platform/base/problem.ts';
import { problem as common } from '../../platform/base/problems.ts';
import { optimistically } from '../../platform/data/optimistic.ts';
import * as tries from './guess-store.ts';
import { networkOf } from './network.ts';
import { problem } from './problems.ts';

/** How many tries a target bears before each further one has to wait. All times in seconds. */
interface Limit {
  readonly free: number;
  /** The first wait; each try doubles it. */
  readonly first: number;
  readonly longest: number;
  /** Without a try for this long, all are forgotten. */
  readonly kept: number;
}

/** What guesses are counted on. */
export interface Target {
  readonly name: KeyPart;
  readonly limit: Limit;
}

/** A password that may be compared: the try is counted already, and taken back where it succeeds. */
export interface Guess {
  readonly username: KeyPart;
  readonly source: Target;
  /** How many tries there are with it on the name, and on the source where it was counted there too. */
  readonly onName: number;
  readonly onSource: number | undefined;
}

/** One account: at the longest wait, four guesses an hour. Names that no account has are counted alike. */
export const accountOf = (username: KeyPart): Target => ({
  name: keyPart(`ACCOUNT#${username}`),
  limit: { free: 5, first: 5, longest: 15 * 60, kept: 3600 },
});

/** One address: a whole school may stand behind it, and its typing errors must not shut the school out. */
const SOURCE_LIMIT: Limit = { free: 300, first: 1, longest: 60, kept: 15 * 60 };

/** Where passwords are guessed from. */
export const passwordsFrom = (ip: string): Target => ({
  name: keyPart(`PASSWORDS#${networkOf(ip)}`),
  limit: SOURCE_LIMIT,
});

/** Where accounts are made: enough for the computer rooms of a school, then waits of 1 s to 60 s. */
export const signUpsFrom = (ip: string): Target => ({
  name: keyPart(`SIGN_UPS#${networkOf(ip)}`),
  limit: { free: Number(required('SIGN_UPS_PER_HOUR')), first: 1, longest: 60, kept: 3600 },
});

/** Where tokens are forged. */
export const tokensFrom = (ip: string): Target => ({ name: keyPart(`TOKENS#${networkOf(ip)}`), limit: SOURCE_LIMIT });

/** Milliseconds until the next try may be made. */
function waitOf({ free, first, longest }: Limit, { count, last_at }: tries.Tries): number {
  if (count < free) return 0;
  const pause = Math.min(first * 2 ** (count - free), longest);
  return last_at + pause * 1000 - clock.now();
}

/**
 * Counts a try on a target before it is made, atomically: of many at once only those get through that the limit leaves.
 * One write, and a read where the free tries are used up.
 * @returns how many there are with it
 * @throws too_many_attempts with the seconds to wait; such a try is not counted
 */
export const take = (target: Target): Promise<number> =>
  counted(target).catch((error: unknown) => {
    // So many come at once that this one does not get to the count.
    const crowded = error instanceof Problem && error.code === common.busy.code;
    throw crowded ? problem.too_many_attempts({ retryAfter: 1, cause: error }) : error;
  });

const counted = ({ name, limit }: Target): Promise<number> =>
  optimistically(async () => {
    const added = await tries.addBelow(name, limit.free, limit.kept);
    if (added !== undefined) return added;
    const before = await tries.find(name);
    const wait = before ? waitOf(limit, before) : 0;
    if (wait > 0) throw problem.too_many_attempts({ retryAfter: Math.ceil(wait / 1000) });
    return tries.addTo(name, before, limit.kept);
  });

/** The same, of a try that was made in any case: where the target has to wait, it stays as it is. */
const takeIfLeft = (target: Target): Promise<number> =>
  take(target).catch((error: unknown) => {
    if (error instanceof Problem && error.code === problem.too_many_attempts.code) return target.limit.free;
    throw error;
  });

/**
 * Lets a password be compared, or not: to be asked before anybody looks at it, so that a right one is refused like a
 * wrong one. The source counts only for a name on which something was tried before: nobody whose account has no
 * failures is refused because of others behind the same address.
 * @throws too_many_attempts with the seconds to wait
 */
export async function begin(username: KeyPart, sourceIp: string): Promise<Guess> {
  const [account, source] = [accountOf(username), passwordsFrom(sourceIp)];
  const onName = await take(account);
  if (onName === 1) return { username, source, onName, onSource: undefined };
  const onSource = await take(source).catch(async (refusal: unknown) => {
    await tries.takeBack(account.name);
    throw refusal;
  });
  return { username, source, onName, onSource };
}

/** The password was wrong: the try stands, on its source too. @returns whether the next one has to wait */
export async function fail({ username, source, onName, onSource }: Guess): Promise<boolean> {
  const counted = onSource ?? (await takeIfLeft(source));
  return onName >= accountOf(username).limit.free || counted >= source.limit.free;
}

/** The password was right: it was no guess, and those before were its owner's errors. */
export async function succeed({ username, source, onSource }: Guess): Promise<void> {
  await Promise.all([forget(username), onSource !== undefined && tries.takeBack(source.name)]);
}

/** The password was not compared after all: it was no try. */
export async function giveBack({ username, source, onSource }: Guess): Promise<void> {
  const counts = [accountOf(username), ...(onSource === undefined ? [] : [source])];
  await Promise.all(counts.map(({ name }) => tries.takeBack(name)));
}

/** Forgets the tries on an account: its owner has shown to know the password, or an admin vouches for them. */
export const forget = (username: KeyPart): Promise<void> => tries.forget(accountOf(username).name);

/** How many may wait, where one process serves them all, behind those whose password is being compared. */
const WAITING = 25;

const lines = new Map<string, Lane>();

/**
 * Has the tries on one name stand in line, so that many at once with the right password do not fill what the name bears
 * against each other: each that succeeds makes room.
 * @throws too_many_attempts where the line is full; such a try is not counted
 */
export async function inLine<T>(username: KeyPart, attempt: () => Promise<T>): Promise<T> {
  const full = () => problem.too_many_attempts({ retryAfter: 1 });
  const line = lines.get(username) ?? new Lane({ atOnce: accountOf(username).limit.free, waiting: WAITING, full });
  lines.set(username, line);
  try {
    return await line.run(attempt);
  } finally {
    if (line.taken === 0) lines.delete(username);
  }
}
