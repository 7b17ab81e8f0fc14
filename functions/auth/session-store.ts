import { createHash, randomBytes } from 'node:crypto';
import { epochSeconds, timestamp } from '../../platform/clock.ts';
import type { Key } from '../../platform/data/table.ts';
import { put } from '../../platform/data/write.ts';
import type { Role } from '../../platform/http/access.ts';
import { newId } from '../../platform/ids.ts';
import type { Account } from './account.ts';
import { table } from './table.ts';

/** A session ends after this long without use, in seconds. */
const IDLE_SECONDS = 3600;

/** Somebody's sign-in on one device. */
export interface Session {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  readonly created_at: string;
  readonly refresh_hash: string;
  readonly ttl: number;
}

const sessionKey = (username: string, id: string): Key => ({ pk: `USER#${username}`, sk: `SESSION#${id}` });

// A refresh token is 256 random bits: a plain digest is enough to make a stolen table useless.
const digest = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Opens a session. @returns it, and the only copy of its refresh token */
export async function openSession({ username, role }: Account): Promise<{ session: Session; refreshToken: string }> {
  const id = newId();
  const refreshToken = Buffer.from(`${username}\0${id}\0${randomBytes(32).toString('base64url')}`).toString(
    'base64url',
  );
  const session: Session = {
    id,
    username,
    role,
    created_at: timestamp(),
    refresh_hash: digest(refreshToken),
    ttl: epochSeconds() + IDLE_SECONDS,
  };
  await table.write([put({ ...sessionKey(username, id), ...session })]);
  return { session, refreshToken };
}

/** A session that is still open. One read. */
export const findSession = (username: string, id: string): Promise<Session | undefined> =>
  table.get(sessionKey(username, id));
