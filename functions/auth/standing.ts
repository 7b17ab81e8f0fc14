import { readItem } from '../../platform/data/read-item.ts';
import { required } from '../../platform/env.ts';
import type { Role } from '../../platform/http/access.ts';
import type { Account } from './account.ts';
import { accountKey } from './account-key.ts';
import { problem } from './problems.ts';

type Standing = Pick<Account, 'role' | 'disabled' | 'generation' | 'ended_sessions'>;

/** What an access token must agree with. */
export interface Claimed {
  readonly username: string;
  readonly sessionId: string;
  readonly generation: string;
}

/**
 * The role that the bearer of a verified token has now, provided that its session is open. One read unit.
 * @throws invalid_token when the session ended, whatever ended it
 */
export async function currentRole({ username, sessionId, generation }: Claimed): Promise<Role> {
  const account = await readItem<Standing>(required('AUTH_TABLE'), accountKey(username), [
    ['role'],
    ['disabled'],
    ['generation'],
    ['ended_sessions', sessionId],
  ]);
  if (!account || account.disabled || account.generation !== generation) throw problem.invalid_token();
  if (account.ended_sessions?.[sessionId] !== undefined) throw problem.invalid_token();
  return account.role;
}
