import * as z from 'zod';
import { Peer } from '../../../platform/peer/peer.ts';
import { problem } from '../problems.ts';

const accounts = new Peer();

const Account = z.object({ username: z.string(), disabled: z.boolean() });

/**
 * Asks the accounts service, with the caller's own token, that they may buy.
 * @throws user_not_found, account_disabled; peer_unavailable when the service does not answer
 */
export async function requireBuyer(username: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const account = await accounts.get(`/users/${encodeURIComponent(username)}`, Account, headers);
  if (!account) throw problem.user_not_found();
  if (account.disabled) throw problem.account_disabled();
}
