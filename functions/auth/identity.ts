import { required } from '../../platform/base/env.ts';
import { readItem } from '../../platform/data/read-item.ts';
import type { Role } from '../../platform/http/access.ts';
import type { Account } from './account.ts';
import { accountKey } from './account-key.ts';
import { problem } from './problems.ts';
import { type SessionClaims, verifyAccessToken } from './tokens.ts';

/** Whom a valid token of an open session stands for. */
export interface Identity {
  readonly username: string;
  readonly role: Role;
  readonly sessionId: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** What an account says of its sessions. */
type AccountState = Pick<Account, 'role' | 'disabled' | 'generation' | 'ended_sessions'>;

/** The role that the bearer of a verified token has now. @throws invalid_token when the session ended, whatever ended it */
async function currentRole({ username, sessionId, generation }: SessionClaims): Promise<Role> {
  const account = await readItem<AccountState>(required('AUTH_TABLE'), accountKey(username), [
    ['role'],
    ['disabled'],
    ['generation'],
    ['ended_sessions', sessionId],
  ]);
  if (!account || account.disabled || account.generation !== generation) throw problem.invalid_token();
  if (account.ended_sessions?.[sessionId] !== undefined) throw problem.invalid_token();
  return account.role;
}

/**
 * Whom a token stands for: it must verify, and its session must still be open. One read unit, none for a forgery.
 * @throws invalid_token
 */
export async function identify(token: string): Promise<Identity> {
  const { expiresAt, ...claims } = await verifyAccessToken(token);
  const role = await currentRole(claims);
  return { username: claims.username, role, sessionId: claims.sessionId, expiresAt };
}
