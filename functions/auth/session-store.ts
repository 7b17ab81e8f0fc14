import { clock, epochSeconds, timestamp } from '../../platform/clock.ts';
import type { Key, Page } from '../../platform/data/table.ts';
import { put, remove, update } from '../../platform/data/write.ts';
import type { Paging } from '../../platform/http/operation.ts';
import { newId } from '../../platform/ids.ts';
import type { Account } from './account.ts';
import { accountKey } from './account-key.ts';
import { findAccount, newGeneration } from './account-store.ts';
import { ACCESS_SECONDS, CLOCK_TOLERANCE, endOf } from './lifetimes.ts';
import { problem } from './problems.ts';
import { digest, type RefreshToken, randomPart, writeToken } from './refresh-token.ts';
import type { Session } from './session.ts';
import { table } from './table.ts';

const sessionKey = (username: string, id: string): Key => ({ pk: `USER#${username}`, sk: `SESSION#${id}` });

/** Where somebody signs in from. */
export interface Device {
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

/** A session with the only copy of its refresh token. */
export interface OpenedSession {
  readonly session: Session;
  readonly refreshToken: string;
}

/**
 * Opens a session of the account as it was read: should the account have changed since so that its sessions end, this
 * one is of the old generation and was never open.
 */
export async function openSession({ username, generation }: Account, device: Device): Promise<OpenedSession> {
  const token: RefreshToken = { username, sessionId: newId(), family: randomPart(), secret: randomPart() };
  const session: Session = {
    id: token.sessionId,
    username,
    generation,
    created_at: timestamp(),
    last_used_at: timestamp(),
    source_ip: device.sourceIp,
    user_agent: device.userAgent,
    family_hash: digest(token.family),
    refresh_hash: digest(token.secret),
    ttl: endOf(epochSeconds(), epochSeconds()),
  };
  await table.write([put({ ...sessionKey(username, session.id), ...session })]);
  return { session, refreshToken: writeToken(token) };
}

/** A session with its account; undefined when either is gone, or the session is of an earlier generation. */
export async function findSession(
  username: string,
  id: string,
): Promise<{ session: Session; account: Account } | undefined> {
  const [session, account] = await Promise.all([table.get<Session>(sessionKey(username, id)), findAccount(username)]);
  if (!session || !account || account.disabled || account.generation !== session.generation) return undefined;
  return { session, account };
}

/** A page of an account's open sessions, newest first. */
export const listSessions = (
  { username, generation }: Pick<Account, 'username' | 'generation'>,
  { limit, after }: Paging,
): Promise<Page<Session>> =>
  table.query({
    partition: ['pk', `USER#${username}`],
    sort: ['sk', 'begins_with', 'SESSION#'],
    matching: { generation },
    newestFirst: true,
    limit,
    after,
  });

/** Exchanges the live refresh token for a new one. @throws refresh_in_progress when another call has just done so */
export async function rotateToken(session: Session, { family }: RefreshToken): Promise<OpenedSession> {
  const { id: sessionId, username, refresh_hash } = session;
  const secret = randomPart();
  const change = {
    refresh_hash: digest(secret),
    previous_hash: refresh_hash,
    rotated_at: clock.now(),
    last_used_at: timestamp(),
    ttl: endOf(epochSeconds(), Math.floor(Date.parse(session.created_at) / 1000)),
  };
  await table.write([
    update(
      sessionKey(username, sessionId),
      { set: change },
      {
        when: 'refresh_hash = :live',
        values: { ':live': refresh_hash },
        otherwise: (current) => (current ? problem.refresh_in_progress() : problem.invalid_refresh_token()),
      },
    ),
  ]);
  return { session: { ...session, ...change }, refreshToken: writeToken({ username, sessionId, family, secret }) };
}

/** Beyond this many sign-outs within the life of an access token, all sessions of the account end together. */
const MOST_ENDED = 1000;

/** What ends one session: its id is on the account until its last access token has expired. */
function ending({ ended_sessions }: Account, id: string) {
  const now = epochSeconds();
  const over = Object.entries(ended_sessions).filter(([, until]) => until < now);
  if (Object.keys(ended_sessions).length - over.length >= MOST_ENDED)
    return { set: { generation: newGeneration(), ended_sessions: {} } };
  const forgotten = Object.fromEntries(over.map(([one]) => [one, undefined]));
  return { entries: { ended_sessions: { ...forgotten, [id]: now + ACCESS_SECONDS + 2 * CLOCK_TOLERANCE } } };
}

const OVER = new Error('The session has ended already');

/** Ends one session of an account as it was read: at once, and for its access tokens too. Again: nothing happens. */
export const endSession = (account: Account, id: string): Promise<void> =>
  table
    .write([
      update(accountKey(account.username), ending(account, id), {
        when: 'generation = :generation',
        values: { ':generation': account.generation },
        otherwise: () => OVER,
      }),
      remove(sessionKey(account.username, id)),
    ])
    .catch((error: unknown) => {
      if (error !== OVER) throw error;
    });
