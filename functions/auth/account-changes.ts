import { mustMatch, optimistically } from '../../platform/data/optimistic.ts';
import type { Caller } from '../../platform/http/access.ts';
import { reachable } from '../../platform/http/access.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { type Account, type AccountChange, ADMIN_FIELDS } from './account.ts';
import { eraseAccount, findAccount, newGeneration, updateAccount } from './account-store.ts';
import { type Action, audit } from './audit.ts';
import { forgive } from './guesses.ts';
import { hashPassword } from './passwords.ts';
import { problem } from './problems.ts';

/** Who changes an account, and the version that they insist on. */
interface Circumstances {
  readonly caller: Caller;
  readonly ifMatch: number | undefined;
}

/** @throws forbidden for what only an admin may change, own_admin_rights where an admin would shut themself out */
function mustBeAllowed({ role, disabled, ...rest }: AccountChange, account: Account, caller: Caller): void {
  const asked = { role, disabled, ...rest };
  if (caller.role !== 'admin' && ADMIN_FIELDS.some((field) => asked[field] !== undefined)) throw common.forbidden();
  const demoted = role !== undefined && role !== 'admin';
  if (caller.role === 'admin' && account.username === caller.username && (demoted || disabled))
    throw problem.own_admin_rights();
}

/** What is to be written, and what to tell the audit trail. */
async function plan({ password, old_password, unlock, ...change }: AccountChange, account: Account) {
  const actions: Action[] = [];
  const set: Record<string, unknown> = Object.fromEntries(
    Object.entries(change)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value ?? undefined]),
  );
  if (password !== undefined) {
    set.password_hash = await hashPassword(password);
    actions.push('account.password_changed');
  }
  if (change.role !== undefined && change.role !== account.role) actions.push('account.role_changed');
  if (change.disabled !== undefined && change.disabled !== account.disabled)
    actions.push(change.disabled ? 'account.disabled' : 'account.enabled');
  if (unlock) actions.push('account.unlocked');
  // Each of these ends every session: nobody goes on with what the account was before.
  if (actions.some((action) => action !== 'account.unlocked'))
    Object.assign(set, { generation: newGeneration(), ended_sessions: {} });
  return { set, actions: actions.length > 0 ? actions : (['account.changed'] as const) };
}

/**
 * Changes an account: what is absent stays, null erases. A new password, role or `disabled` ends all of its sessions.
 * @returns the account as it stands
 * @throws user_not_found, forbidden, own_admin_rights, stale_version
 */
export async function changeAccount(
  username: string,
  change: AccountChange,
  { caller, ifMatch }: Circumstances,
): Promise<Account> {
  const { actions, after } = await optimistically(ifMatch, async () => {
    const account = reachable(await findAccount(username), caller, problem.user_not_found);
    mustMatch(ifMatch, account.version);
    mustBeAllowed(change, account, caller);
    const { set, actions } = await plan(change, account);
    await updateAccount(account, set);
    return { actions, after: { ...account, ...set, version: account.version + 1 } as Account };
  });
  // Whoever proved the old password, or an admin, vouches for the owner.
  if (change.unlock || change.password !== undefined) await forgive(username);
  for (const action of actions) audit(action, { actor: caller.username, subject: username, role: after.role });
  return after;
}

/** Deletes an account and ends its sessions. @throws user_not_found, own_admin_rights, stale_version */
export async function deleteAccount(username: string, { caller, ifMatch }: Circumstances): Promise<void> {
  await optimistically(ifMatch, async () => {
    const account = reachable(await findAccount(username), caller, problem.user_not_found);
    mustMatch(ifMatch, account.version);
    if (caller.role === 'admin' && account.username === caller.username) throw problem.own_admin_rights();
    await eraseAccount(account);
  });
  audit('account.deleted', { actor: caller.username, subject: username });
}
