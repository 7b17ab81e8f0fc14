import { problem as common } from '../../platform/base/problems.ts';
import type { Write } from '../../platform/data/write.ts';
import type { Caller } from '../../platform/http/access.ts';
import { type Account, type AccountChange, ADMIN_FIELDS } from './account.ts';
import * as accounts from './account-store.ts';
import type { Action } from './audit.ts';
import { hashPassword } from './passwords.ts';
import { problem } from './problems.ts';

/** An account once it is changed, and how. */
export interface ChangePlan {
  readonly after: Account;
  /** The attributes that change; undefined removes one. */
  readonly set: Partial<Account>;
  /** What the audit trail is told. */
  readonly actions: readonly Action[];
}

const isOwn = (account: Account, caller: Caller): boolean => account.username === caller.username;

const isEnabledAdmin = ({ role, disabled }: Account): boolean => role === 'admin' && !disabled;

/** Of the account as it stands, and not as it stood when the caller was let in. */
const isOwnAdmin = (account: Account, caller: Caller): boolean => account.role === 'admin' && isOwn(account, caller);

/**
 * What must hold when somebody else's account is changed or deleted: that whoever does it is an enabled admin still.
 * @throws forbidden
 */
export const standing = (account: Account, caller: Caller): Write[] =>
  isOwn(account, caller) ? [] : accounts.stillAdmin(caller.username);

/** @throws forbidden for what only an admin may change, own_admin_rights where an admin would shut themself out */
export function mustBeAllowed({ role, disabled, ...rest }: AccountChange, account: Account, caller: Caller): void {
  const asked = { role, disabled, ...rest };
  const now = { role: account.role, disabled: account.disabled, unlock: undefined };
  const mayAll = isOwn(account, caller) ? isEnabledAdmin(account) : caller.role === 'admin';
  // What is sent back as it was read asks for nothing.
  const asks = ADMIN_FIELDS.some((field) => asked[field] !== undefined && asked[field] !== now[field]);
  if (!mayAll && asks) throw common.forbidden();
  const demoted = role !== undefined && role !== 'admin';
  if ((demoted || disabled) && isOwnAdmin(account, caller)) throw problem.own_admin_rights();
}

/** @throws own_admin_rights where an admin would delete themself */
export function mustBeDeletable(account: Account, caller: Caller): void {
  if (isOwnAdmin(account, caller)) throw problem.own_admin_rights();
}

function actionsOf({ password, unlock, role, disabled }: AccountChange, account: Account): Action[] {
  const actions: Action[] = [];
  if (password !== undefined) actions.push('account.password_changed');
  if (role !== undefined && role !== account.role) actions.push('account.role_changed');
  if (disabled !== undefined && disabled !== account.disabled)
    actions.push(disabled ? 'account.disabled' : 'account.enabled');
  if (unlock) actions.push('account.unlocked');
  return actions;
}

/**
 * What a change comes to: what is absent stays, null erases. A new password, role or `disabled` ends every session of
 * the account: nobody goes on with what it was before.
 */
export async function plan(change: AccountChange, account: Account): Promise<ChangePlan> {
  const { password, old_password, unlock, ...fields } = change;
  const actions = actionsOf(change, account);
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const set = {
    ...Object.fromEntries(given.map(([name, value]) => [name, value ?? undefined])),
    ...(password !== undefined && { password_hash: await hashPassword(password) }),
    ...(actions.some((action) => action !== 'account.unlocked') && {
      generation: accounts.newGeneration(),
      ended_sessions: {},
    }),
  };
  const after = { ...account, ...set, version: account.version + 1 } as Account;
  return { after, set, actions: actions.length > 0 ? actions : ['account.changed'] };
}
