import { problem as common } from '../../platform/base/problems.ts';
import { lostUpdate } from '../../platform/data/write.ts';
import { allow, reachable } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { readOnlyIn } from '../../platform/http/read-only.ts';
import { type Account, AccountChange, AccountPath, Profile } from './account.ts';
import { mustBeAllowed, plan, standing } from './account-changes.ts';
import * as accounts from './account-store.ts';
import { audit } from './audit.ts';
import { confirmPassword } from './confirm-password.ts';
import { forget } from './guesses.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

/** Whether a change of one's own account could lock its owner out of it. An e-mail that is sent back as it was does not. */
const takesOver = ({ password, email }: AccountChange, account: Account | undefined): boolean =>
  password !== undefined || (email !== undefined && email !== account?.email);

export const changeProfile = operation({
  route: 'PUT /users/{username}',
  summary: 'Change an account',
  description:
    'What is absent stays as it is, `null` erases. To change your own password or e-mail also send `old_password`. ' +
    '`role`, `disabled` and `unlock` (forget the wrong passwords that block signing in) are for admins, who may also ' +
    'set somebody else’s password. A new password, role or `disabled` ends every session of the account, this one too.',
  access: allow('admin', 'owner'),
  path: AccountPath,
  body: AccountChange,
  readOnly: readOnlyIn(Profile, AccountChange),
  answers: { 200: Profile },
  problems: [
    problem.user_not_found,
    common.forbidden,
    common.stale_version,
    problem.own_admin_rights,
    problem.too_many_attempts,
  ],
  changes: table,
  versioned: true,
  async handle({ path: { username }, body, caller, sourceIp, commit }) {
    const own = username === caller.username;
    const present = own && body.email !== undefined ? await accounts.find(username) : undefined;
    const confirmed = own && takesOver(body, present);
    if (confirmed)
      await confirmPassword({ username, password: body.old_password, pointer: '#/old_password', sourceIp });
    const { actions, ...answer } = await commit(
      async () => reachable(await accounts.find(username), caller, problem.user_not_found),
      async (account) => {
        // The address has changed since it was looked at: what needed no password may need it now.
        if (own && !confirmed && takesOver(body, account)) throw lostUpdate();
        mustBeAllowed(body, account, caller);
        const { after, set, actions } = await plan(body, account);
        return {
          writes: [...accounts.change(account, set), ...standing(account, caller)],
          answer: { ...ok(after, { etag: after.version }), actions },
        };
      },
    );
    // Whoever proved the old password, or an admin, vouches for the owner.
    if (body.unlock || body.password !== undefined) await forget(username);
    for (const action of actions) audit(action, { actor: caller.username, subject: username, role: answer.body.role });
    return answer;
  },
});
