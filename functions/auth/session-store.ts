import { epochSeconds } from '../../platform/base/clock.ts';
import type { KeyPart } from '../../platform/base/key-part.ts';
import { key } from '../../platform/data/key.ts';
import type { Key, Page, Paging } from '../../platform/data/table.ts';
import { alreadyDone, put, remove, update, type Write } from '../../platform/data/write.ts';
import type { Account } from './account.ts';
import { accountKey } from './account-key.ts';
import * as accounts from './account-store.ts';
import { ACCESS_SECONDS, CLOCK_TOLERANCE } from './lifetimes.ts';
import { problem } from './problems.ts';
import type { Session } from './session.ts';
import { table } from './table.ts';

/** Beyond this many sign-outs within the life of an access token, all sessions of the account end together. */
const MOST_ENDED = 1000;

/** An update expression may have 4 KB (and each name in it takes some 10 bytes), so a call forgets no more than this. */
const FORGOTTEN_AT_ONCE = 100;

/** A session and whose it is. */
export interface OwnedSession {
  readonly session: Session;
  readonly account: Account;
}

const sessionKey = (username: KeyPart, id: KeyPart): Key => ({ pk: key`USER#${username}`, sk: key`SESSION#${id}` });

/**
 * A session with its account; undefined when either is gone, or the session is of an earlier generation. Two reads at
 * once.
 */
export async function find(username: KeyPart, id: KeyPart): Promise<OwnedSession | undefined> {
  const [session, account] = await Promise.all([table.get<Session>(sessionKey(username, id)), accounts.find(username)]);
  if (!session || !account || account.disabled || account.generation !== session.generation) return undefined;
  return { session, account };
}

/** The same, of a session that has to stand. @throws session_not_found */
export async function require(username: KeyPart, id: KeyPart): Promise<OwnedSession> {
  const found = await find(username, id);
  if (!found) throw problem.session_not_found();
  return found;
}

/** A page of an account's open sessions, newest first. One query, unless some have ended. */
export const list = (
  { username, generation }: Pick<Account, 'username' | 'generation'>,
  { limit, after }: Paging,
): Promise<Page<Session>> =>
  table.page({
    partition: ['pk', key`USER#${username}`],
    sort: ['sk', 'begins_with', key`SESSION#`],
    matching: { generation },
    newestFirst: true,
    limit,
    after,
  });

/** Stores a new session: its id is its own, so that nothing can stand in the way. */
export const insert = (session: Session): Write[] => [put({ ...sessionKey(session.username, session.id), ...session })];

/**
 * Puts a new refresh token in place of the one that was read as the live one.
 * @throws refresh_in_progress when another call has just done so, invalid_refresh_token when the session is gone
 */
export const rotate = (before: Session, after: Session): Write[] => {
  const { username, id, refresh_hash, previous_hash, rotated_at, last_used_at, ttl } = after;
  return [
    update(
      sessionKey(username, id),
      { set: { refresh_hash, previous_hash, rotated_at, last_used_at, ttl } },
      {
        when: 'refresh_hash = :live',
        values: { ':live': before.refresh_hash },
        otherwise: (current) => (current ? problem.refresh_in_progress() : problem.invalid_refresh_token()),
      },
    ),
  ];
};

/** What ends one session: its id is on the account until its last access token has expired. */
function ending({ ended_sessions }: Account, id: string) {
  const now = epochSeconds();
  const over = Object.entries(ended_sessions).filter(([, until]) => until < now);
  if (Object.keys(ended_sessions).length - over.length >= MOST_ENDED)
    return { set: { generation: accounts.newGeneration(), ended_sessions: {} } };
  const forgotten = Object.fromEntries(over.slice(0, FORGOTTEN_AT_ONCE).map(([one]) => [one, undefined]));
  return { entries: { ended_sessions: { ...forgotten, [id]: now + ACCESS_SECONDS + 2 * CLOCK_TOLERANCE } } };
}

/**
 * Ends one session of an account as it was read: at once, and for its access tokens too. Nothing is left to do where
 * something has ended all of them meanwhile.
 */
export const end = (account: Account, id: KeyPart): Write[] => [
  update(accountKey(account.username), ending(account, id), {
    when: 'generation = :generation',
    values: { ':generation': account.generation },
    otherwise: alreadyDone,
  }),
  remove(sessionKey(account.username, id)),
];
